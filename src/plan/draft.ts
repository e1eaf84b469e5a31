import { strictestPath, type UpdatePath } from "../kong/update-paths.js";
import { assumedPath, type Trust } from "../classify/trust.js";
import type { ClassifiedChange } from "../classify/classified-change.js";
import type { Proof } from "../prove/proof.js";
import { type Finding, type PluginSchema, showPath } from "../schema/model.js";
import { type Acceptance, acceptChanges } from "./accept.js";
import type { PluginFiles } from "./commands/entity-api.js";
import type { Deployment } from "./deployment.js";
import { schemaFindings } from "./findings.js";
import { hostingKits } from "./hostings/hostings.js";
import { instanceEdits } from "./instance-edits.js";
import type {
  InstanceEditRule,
  MigrationPlan,
  PlannedInstance,
  Situation,
  Strategy,
  StrategyComparison,
  VersionAdvice,
} from "./plan.js";
import type { StepContext } from "./steps/context.js";
import type { Way } from "./ways/way.js";

/** A plan before its way has judged the changes and put the steps in order. */
export interface Draft {
  readonly deployment: Deployment;
  readonly situation: Situation;
  readonly strategy: Strategy;
  readonly oldName: string | null;
  readonly newName: string;
  readonly oldSchema: PluginSchema | undefined;
  readonly newSchema: PluginSchema | undefined;
  readonly files: PluginFiles;
  /** As they are for a plugin that is installed on Konnect. */
  readonly changes: readonly ClassifiedChange[];
  /** What Kong's engine says to all changes together. */
  readonly proof: Proof | null;
  readonly trust: Trust | undefined;
  /** Edits that follow from the plan, and from no change of the schema. */
  readonly furtherEdits: readonly InstanceEditRule[];
  readonly accept: readonly Acceptance[];
  readonly instances: readonly PlannedInstance[] | undefined;
  readonly version: VersionAdvice;
  readonly comparison: StrategyComparison | null;
  readonly findings: readonly Finding[];
}

export function completePlan(draft: Draft, way: Way): MigrationPlan {
  const { deployment, situation, strategy, oldName, newName, oldSchema, newSchema, version, comparison } = draft;
  const judged = acceptChanges(way.judge(draft.changes), draft.accept, [oldName, newName]);
  const { changes } = judged;
  const least = leastPath(draft.furtherEdits);
  const proof = isForTheTable(draft) ? draft.proof : null;
  const path = strictestPath([least, pathOf(changes, proof, draft.trust)]);
  const context: StepContext = {
    distribution: deployment.distribution,
    kit: hostingKits[deployment.hosting],
    oldName: oldName ?? newName,
    newName,
    files: draft.files,
    path,
    changes,
    instanceEdits: [...draft.furtherEdits, ...(newSchema === undefined ? [] : editsOf(changes, newSchema, way))],
    versions: { from: version.from, to: version.to },
  };
  return {
    situation,
    ...deployment,
    strategy,
    oldName,
    newName,
    oldSchema,
    newSchema,
    instances: draft.instances?.filter(({ name }) => name === oldName) ?? null,
    changes,
    path,
    officialPath: isForTheTable(draft) ? officialPathOf(changes) : null,
    provenPath: proof?.path ?? null,
    proof,
    unacceptedPath: strictestPath([least, unacceptedPathOf(changes, path)]),
    reason: [way.reason(context), ...(proof?.reason === undefined ? [] : [proof.reason])].join(" "),
    steps: way.steps(context),
    comparison,
    version,
    findings: [
      ...schemaFindings(oldSchema, newSchema),
      ...draft.findings,
      ...way.findings(context),
      ...judged.findings,
    ],
  };
}

/** Changes can take from one another what each asks for alone, and add to it: Kong's engine judges them together. */
function pathOf(changes: readonly ClassifiedChange[], proof: Proof | null, trust: Trust | undefined): UpdatePath {
  if (proof === null || trust === "official" || trust === "table")
    return strictestPath(changes.map(({ path }) => path));
  if (trust === "proven") return assumedPath(proof.path);
  const ofTable = changes.flatMap(({ row, path, officialPath }) => officialPath ?? (row === null ? [] : path));
  return strictestPath([...ofTable, assumedPath(proof.path)]);
}

/** An accepted change takes its own path with it. */
function unacceptedPathOf(changes: readonly ClassifiedChange[], path: UpdatePath): UpdatePath {
  const left = changes.filter(({ accepted }) => accepted === undefined);
  return left.length === changes.length ? path : strictestPath(left.map((classified) => classified.path));
}

/** Kong's table is about plugins that are installed on Konnect's data planes and keep their name. */
function isForTheTable({ deployment: { distribution, hosting }, strategy }: Draft): boolean {
  return distribution === "installed" && hosting === "konnect" && strategy === "in-place";
}

/** What the move to another plugin asks for by itself: a name only, or a configuration too. */
function leastPath(furtherEdits: readonly InstanceEditRule[]): UpdatePath {
  if (furtherEdits.length === 0) return "none";
  return furtherEdits.every(({ path }) => showPath(path) === "name") ? "short" : "long";
}

/** The new name is an edit of the plan's own. */
function editsOf(
  changes: readonly ClassifiedChange[],
  newSchema: PluginSchema,
  { dropsWhatIsGone }: Way,
): readonly InstanceEditRule[] {
  const others = changes.filter(({ change }) => change.kind !== "plugin-renamed");
  const isDropped = ({ row, change }: ClassifiedChange) => row === "removed" && change.subject !== "field-move";
  return instanceEdits(dropsWhatIsGone === true ? others.filter((one) => !isDropped(one)) : others, newSchema);
}

/** Null where there are changes and the table knows none of them. */
function officialPathOf(changes: readonly ClassifiedChange[]): UpdatePath | null {
  const known = changes.flatMap(({ officialPath }) => officialPath ?? []);
  return known.length === 0 && changes.length > 0 ? null : strictestPath(known);
}

/** Where the new version is a plugin of its own, every instance gets its name. */
export function nameEdit(newName: string): InstanceEditRule {
  return {
    path: ["name"],
    action: "set",
    need: "required",
    value: newName,
    sentence: `Set name to ${JSON.stringify(newName)}.`,
  };
}

import { classifyChanges, proofsFor } from "../classify/classify-changes.js";
import type { ClassifiedChange } from "../classify/classified-change.js";
import { diffSchemas } from "../diff/diff-schemas.js";
import type { InstalledHosting } from "../kong/hostings.js";
import { strictestPath } from "../kong/update-paths.js";
import type { Proof } from "../prove/proof.js";
import type { PluginSchema } from "../schema/model.js";
import { checkAcceptances } from "./accept.js";
import { compareStrategies } from "./comparison.js";
import { deploymentFindings, deploymentOf } from "./deployment.js";
import { completePlan, nameEdit } from "./draft.js";
import { PlanError } from "./errors.js";
import { renameFindings, unaskedFindings } from "./findings.js";
import { proposeName } from "./name-proposal.js";
import { chooseName, nameFindings } from "./names.js";
import type { ClonePlanOptions, PlanOptions } from "./options.js";
import { planClone } from "./plan-clone.js";
import type { MigrationPlan, Situation, Strategy, StrategyComparison } from "./plan.js";
import { adviseVersion, noVersionAdvice, parseVersion } from "./version.js";
import { firstUpload } from "./ways/first-upload.js";
import { handlerOnly } from "./ways/handler-only.js";
import { installedWays } from "./ways/installed.js";
import { sideBySide } from "./ways/side-by-side.js";
import { streamedFirst, streamedUpdate } from "./ways/streamed.js";
import type { InstalledWay, Way } from "./ways/way.js";

/**
 * The way from the old version of a plugin to the new one. Without an old one it is a first upload; with another name it
 * is, to Kong, another plugin. For clones the schemas are those of the source plugins, and may be left out. Throws a
 * `PlanError` for what Kong does not take, with the page that says so, and for an acceptance of a kind that there is not.
 */
export function planMigration(
  oldSchema: PluginSchema | undefined,
  newSchema: PluginSchema,
  options?: PlanOptions,
): MigrationPlan;
export function planMigration(
  oldSchema: PluginSchema | undefined,
  newSchema: PluginSchema | undefined,
  options: ClonePlanOptions,
): MigrationPlan;
export function planMigration(
  oldSchema: PluginSchema | undefined,
  newSchema: PluginSchema | undefined,
  options: PlanOptions | ClonePlanOptions = {},
): MigrationPlan {
  // Before the engine is asked, which may take its time.
  checkAcceptances(options.accept ?? []);
  const { changes, proof } = judgeChanges(oldSchema, newSchema, options);
  if (options.distribution === "cloned") return planClone(oldSchema, newSchema, changes, options);
  if (newSchema === undefined) {
    throw new PlanError("definition-missing", "there is no new schema to plan for", "Give the new version's schema.");
  }
  return planVersion(oldSchema, newSchema, { changes, proof }, options);
}

/** The changes with their verdicts, and what Kong's engine says to all of them together. */
interface JudgedChanges {
  readonly changes: readonly ClassifiedChange[];
  readonly proof: Proof | null;
}

function judgeChanges(
  oldSchema: PluginSchema | undefined,
  newSchema: PluginSchema | undefined,
  { trust, renames = [] }: Pick<PlanOptions, "trust" | "renames">,
): JudgedChanges {
  if (oldSchema === undefined || newSchema === undefined) return { changes: [], proof: null };
  const found = diffSchemas(oldSchema, newSchema, { renames });
  const proofs = proofsFor(oldSchema, newSchema, found, trust);
  return { changes: classifyChanges(oldSchema, newSchema, found, { trust, proofs }), proof: proofs.together };
}

function planVersion(
  oldSchema: PluginSchema | undefined,
  newSchema: PluginSchema,
  { changes, proof }: JudgedChanges,
  options: PlanOptions,
): MigrationPlan {
  const { distribution = "installed", hosting = "konnect", gatewayVersion, takenNames = [], accept = [] } = options;
  const deployment = deploymentOf(distribution, hosting, gatewayVersion);
  const versions = {
    from: parseVersion("fromVersion", options.fromVersion),
    to: parseVersion("toVersion", options.toVersion),
  };
  const { newName, strategy } = chooseName({
    distribution,
    strategy: options.strategy,
    oldName: oldSchema?.name,
    ownName: newSchema.name,
    newName: options.newName,
    takenNames,
    ...versions,
  });
  const situation = situationOf(oldSchema, strategy, changes);
  const isNewPluginAsked =
    distribution === "streamed" || options.strategy === "side-by-side" || options.newName !== undefined;
  const proposed = () =>
    proposeName({ ...versions, oldName: newSchema.name, isRuled: false, isTaken: (name) => takenNames.includes(name) });
  return completePlan(
    {
      deployment,
      situation,
      strategy,
      oldName: oldSchema?.name ?? null,
      newName,
      oldSchema,
      newSchema,
      files: {
        schema: options.schemaFile ?? newSchema.options.filename ?? "schema.lua",
        handler: options.handlerFile ?? "handler.lua",
      },
      changes,
      proof,
      trust: options.trust,
      furtherEdits: situation === "new-name" ? [nameEdit(newName)] : [],
      accept,
      instances: options.instances,
      version: proof === null ? noVersionAdvice : adviseVersion(changes, proof, options),
      comparison:
        deployment.distribution === "installed" && oldSchema?.name === newSchema.name
          ? comparisonFor(deployment.hosting, changes, () => (strategy === "side-by-side" ? newName : proposed()))
          : null,
      findings: [
        ...deploymentFindings(deployment, gatewayVersion),
        ...nameFindings(newName, distribution),
        ...renameFindings(oldSchema, newSchema, changes),
        ...unaskedFindings(proof),
      ],
    },
    deployment.distribution === "installed"
      ? installedWay(installedWays[deployment.hosting], situation, isNewPluginAsked)
      : streamedWay(situation),
  );
}

function situationOf(
  oldSchema: PluginSchema | undefined,
  strategy: Strategy,
  changes: readonly ClassifiedChange[],
): Exclude<Situation, "removal"> {
  if (oldSchema === undefined) return "first-upload";
  if (strategy === "side-by-side") return "new-name";
  return changes.length === 0 ? "handler-only" : "update";
}

function installedWay(way: InstalledWay, situation: Exclude<Situation, "removal">, isNewPluginAsked: boolean): Way {
  switch (situation) {
    case "first-upload":
      return firstUpload(way);
    case "handler-only":
      return handlerOnly(way);
    case "update":
      return way.update;
    case "new-name":
      return sideBySide(way, isNewPluginAsked);
  }
}

function streamedWay(situation: Exclude<Situation, "removal">): Way {
  return situation === "first-upload" ? streamedFirst : streamedUpdate;
}

/** Wherever the versions cannot be there at once under one name, the other strategy is worth a look. */
function comparisonFor(
  hosting: InstalledHosting,
  changes: readonly ClassifiedChange[],
  newName: () => string,
): StrategyComparison | null {
  const inPlace = strictestPath(installedWays[hosting].update.judge(changes).map(({ path }) => path));
  return inPlace === "cp-dp-sync" ? compareStrategies(hosting, newName()) : null;
}

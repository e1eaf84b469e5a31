import type { Json } from "../changes/json.js";
import type { InstanceOptions } from "../instances/check-instances.js";
import { checkInstances } from "../instances/check-instances.js";
import { adaptInstances } from "../instances/adapt-instances.js";
import type { InstanceEdit } from "../instances/edit.js";
import { describeAddress, type PluginInstance } from "../instances/instance.js";
import { tellOperation } from "../instances/sentences.js";
import { showValuePath } from "../instances/values.js";
import type { InstancePath, InstanceVerdict } from "../instances/verdict.js";
import { type UpdatePath, strictestPath, updatePathNames, isStricterPath } from "../kong/update-paths.js";
import type { MigrationPlan } from "../plan/plan.js";
import { showPath } from "../schema/model.js";
import { type Rollout, type SimulateOptions, simulateRollout } from "./simulate-rollout.js";

/** What a plan means for the instances that there are, as plain JSON data. */
export interface InstanceReport {
  /** The strictest path of all instances; gates act on it only where they are told to trust it. */
  readonly instancePath: InstancePath;
  readonly sentence: string;
  readonly instances: readonly JudgedInstance[];
  readonly rollout: SimulatedRollout | null;
}

export type SimulatedRollout = Omit<Rollout, "instances" | "edits">;

export interface JudgedInstance {
  readonly address: string;
  readonly file?: string;
  readonly line: number;
  readonly verdict: InstanceVerdict["verdict"];
  readonly path: InstancePath;
  readonly freeze: InstanceVerdict["freeze"];
  readonly sentence: string;
  readonly need: InstanceEdit["need"];
  readonly operations: readonly string[];
  /** The instance's configuration after the edit. */
  readonly config: Json;
  /** The same with explicit nulls, for the time until every data plane has the new schema. */
  readonly bridge?: Json;
  readonly decisions: readonly {
    readonly answer: string;
    readonly wanted: string | null;
    readonly error: string;
    readonly renames: readonly { readonly from: string; readonly to: string }[];
  }[];
}

export type InstanceReportOptions = InstanceOptions & Omit<SimulateOptions, "edits">;

/** Judges and edits the instances, and runs the plan with them. Undefined for a plan without two schemas. */
export function reportInstances(
  plan: MigrationPlan,
  instances: readonly PluginInstance[],
  options: InstanceReportOptions = {},
): InstanceReport | undefined {
  const { oldSchema, newSchema } = plan;
  if (oldSchema === undefined || newSchema === undefined) return undefined;
  const verdicts = checkInstances(oldSchema, newSchema, instances, options);
  const edits = adaptInstances(oldSchema, newSchema, instances, options);
  const rollout = simulateRollout(plan, instances, { ...options, edits });
  const instancePath = pathOf(verdicts);
  return {
    instancePath,
    sentence: tellPath(plan, instancePath, verdicts),
    instances: verdicts.flatMap((verdict, index) => {
      const edit = edits[index];
      return edit === undefined ? [] : [judged(verdict, edit)];
    }),
    rollout: rollout === undefined ? null : withoutInstances(rollout),
  };
}

function pathOf(verdicts: readonly InstanceVerdict[]): InstancePath {
  const paths = verdicts.map(({ path }) => path);
  return paths.includes("unknown") ? "unknown" : strictestPath(paths.filter((path) => path !== "unknown"));
}

/** `Long by the table, Short for these 14 instances, until someone sets config.ttl.` */
function tellPath(plan: MigrationPlan, path: InstancePath, verdicts: readonly InstanceVerdict[]): string {
  const these = verdicts.length === 1 ? "this one instance" : `these ${verdicts.length} instances`;
  const planned = `${updatePathNames[plan.path]} ${plan.officialPath === plan.path ? "by the table" : "as planned"}`;
  if (path === "unknown") return `${planned}; for ${these} it hangs on what is not known here.`;
  if (!isStricterPath(plan.path, path)) return `${planned}, and for ${these} too.`;
  const stricter = plan.changes
    .filter((classified) => isStricterPath(classified.path, path))
    .map(({ change }) => (change.path.length === 0 ? "the plugin" : showPath(change.path)));
  const until = stricter.length === 0 ? "" : `, until someone sets ${listed([...new Set(stricter)])}`;
  return `${planned}, ${nameOf(path)} for ${these}${until}.`;
}

function nameOf(path: UpdatePath): string {
  return path === "none" ? "nothing to do" : updatePathNames[path];
}

function listed(names: readonly string[]): string {
  return names.length <= 3 ? names.join(" or ") : `${names.slice(0, 3).join(", ")} or ${names.length - 3} others`;
}

function judged(verdict: InstanceVerdict, edit: InstanceEdit): JudgedInstance {
  const { address } = verdict.instance;
  const { file, line } = address.position;
  return {
    address: describeAddress(address),
    ...(file === undefined ? {} : { file }),
    line,
    verdict: verdict.verdict,
    path: verdict.path,
    freeze: verdict.freeze,
    sentence: verdict.sentence,
    need: edit.need,
    operations: edit.operations.map(tellOperation),
    config: edit.config,
    ...(edit.bridge === undefined ? {} : { bridge: edit.bridge }),
    decisions: edit.decisions.map(({ answer, path, wanted, error, renames }) => ({
      answer: answer === "" ? showValuePath(path) : answer,
      wanted,
      error,
      renames,
    })),
  };
}

function withoutInstances(rollout: Rollout): SimulatedRollout {
  const { controlPlane, steps, exploration, waysBack, pointOfNoReturn } = rollout;
  return { controlPlane, steps, exploration, waysBack, pointOfNoReturn };
}

import type { Json } from "../changes/json.js";
import type { InstanceOptions } from "../instances/check-instances.js";
import type { VerdictWithEdit } from "../instances/check-instances.js";
import type { InstanceEdit } from "../instances/edit.js";
import { answerNames } from "../instances/fields.js";
import { hideSecrets } from "../instances/hide-secrets.js";
import { describeAddress, type PluginInstance } from "../instances/instance.js";
import { tellOperation } from "../instances/sentences.js";
import { showValuePath } from "../instances/values.js";
import type { InstancePath, InstanceVerdict } from "../instances/verdict.js";
import { type UpdatePath, strictestPath, updatePathNames, isStricterPath } from "../kong/update-paths.js";
import type { MigrationPlan } from "../plan/plan.js";
import { showPath } from "../schema/model.js";
import { controlPlaneOf } from "./control-plane.js";
import { judgePlanned } from "./planned-edits.js";
import { judgedVersions, type Versions } from "./versions.js";
import { type Rollout, type SimulateOptions, simulateRollout, whyNotSimulated } from "./simulate-rollout.js";

/**
 * What a plan means for the instances that there are, as plain JSON data. The value of a parameter that is `encrypted` in either schema, or
 * `referenceable` and no vault reference, is `"***"`, wherever it would be shown.
 */
export interface InstanceReport {
  /** The strictest path of all instances; gates act on it only where they are told to trust it. */
  readonly instancePath: InstancePath;
  readonly sentence: string;
  /** In the order of the texts. */
  readonly instances: readonly JudgedInstance[];
  /** Null where it was not asked for, or cannot be simulated. */
  readonly rollout: SimulatedRollout | null;
  /** Why it cannot, as a sentence. */
  readonly notSimulated?: string;
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
  /** The parameters that the edit, or a decision that is missing, is about, in the shown form of the schema. */
  readonly touches: readonly string[];
  /** The instance's configuration after the edit; not to be given to Kong, for secrets in it are hidden. */
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

export interface InstanceReportOptions extends InstanceOptions, Omit<SimulateOptions, "edits"> {
  /** Whether the plan is run with the instances; true by default. */
  readonly isSimulated?: boolean;
}

/**
 * Judges and edits the instances, and runs the plan with them. A first upload and a removal have nothing to judge: undefined, unless they
 * are run.
 */
export function reportInstances(
  plan: MigrationPlan,
  instances: readonly PluginInstance[],
  options: InstanceReportOptions = {},
): InstanceReport | undefined {
  const { isSimulated = true } = options;
  const whyNot = isSimulated ? whyNotSimulated(plan, options) : undefined;
  const versions = judgedVersions(plan);
  if (versions === undefined && !isSimulated) return undefined;
  const judged = judgePlanned(plan, instances, options);
  const verdicts = judged.map(({ verdict }) => verdict);
  const edits = versions === undefined ? undefined : judged.map(({ edit }) => edit);
  const rollout = isSimulated
    ? simulateRollout(plan, instances, edits === undefined ? options : { ...options, edits })
    : undefined;
  const instancePath = versions === undefined ? plan.path : pathOf(verdicts);
  return {
    instancePath,
    sentence: versions === undefined ? plan.reason : tellPath(plan, instancePath, verdicts),
    instances: versions === undefined ? [] : judged.map((one) => reportInstance(one, versions)),
    rollout: rollout === undefined ? null : withoutInstances(rollout),
    ...(whyNot === undefined ? {} : { notSimulated: whyNot }),
  };
}

/** What is not known may be the strictest, and cannot be stricter. */
function pathOf(verdicts: readonly InstanceVerdict[]): InstancePath {
  const paths = verdicts.map(({ path }) => path);
  const known = strictestPath(paths.filter((path) => path !== "unknown"));
  return known !== "cp-dp-sync" && paths.includes("unknown") ? "unknown" : known;
}

/** `Long by the table, Short for these 14 instances, until someone sets config.ttl.` */
function tellPath(plan: MigrationPlan, path: InstancePath, verdicts: readonly InstanceVerdict[]): string {
  const these = verdicts.length === 1 ? "this one instance" : `these ${verdicts.length} instances`;
  const planned = `${nameOf(plan.path)} ${plan.officialPath === plan.path ? "by the table" : "by Kong's engine"}`;
  if (verdicts.length === 0) return `${planned}; there is no instance of ${plan.oldName ?? "the plugin"}.`;
  if (path === "unknown") {
    if (controlPlaneOf(plan.hosting) === undefined && plan.situation !== "new-name") {
      return `${planned}; the path of ${these} is not judged, for no control plane sends them to these nodes.`;
    }
    const unknown = verdicts.filter((verdict) => verdict.path === "unknown").length;
    const some = unknown === verdicts.length ? these : `${unknown} of ${these}`;
    return `${planned}; for ${some} it hangs on what is not known here.`;
  }
  if (isStricterPath(path, plan.path)) return `${planned}, and yet ${nameOf(path)} for ${these}.`;
  if (path === plan.path) return `${planned}, and for ${these} too.`;
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

/** A verdict with its edit as plain JSON data, without the values of secret parameters. */
export function reportInstance(judged: VerdictWithEdit, versions: Versions): JudgedInstance {
  const { verdict, edit } = hideSecrets(judged);
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
    touches: touchedBy(edit, versions),
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

/** What goes is known to the old schema, what comes to the new one. */
function touchedBy({ operations, decisions }: InstanceEdit, versions: Versions): readonly string[] {
  const ofOperations = operations.flatMap((operation) => {
    switch (operation.action) {
      case "drop":
        return answerNames(versions.old, operation.path).slice(0, 1);
      case "move":
        return [answerNames(versions.old, operation.from)[0], answerNames(versions.new, operation.path)[0]];
      case "convert":
      case "set":
        return answerNames(versions.new, operation.path).slice(0, 1);
    }
  });
  return [...new Set([...ofOperations, ...decisions.map(({ answer }) => answer)])];
}

function withoutInstances(rollout: Rollout): SimulatedRollout {
  const { controlPlane, steps, exploration, waysBack, notModelled, pointOfNoReturn } = rollout;
  return { controlPlane, steps, exploration, waysBack, notModelled, pointOfNoReturn };
}

import { judgeInstances, type InstanceOptions, type VerdictWithEdit } from "../instances/check-instances.js";
import type { InstanceEdit } from "../instances/edit.js";
import type { NodeModel } from "../instances/adapt/draft.js";
import type { PluginInstance } from "../instances/instance.js";
import { instanceNameOf } from "../instances/nodes.js";
import type { MigrationPlan } from "../plan/plan.js";
import { controlPlaneOf } from "./control-plane.js";
import { plainestInstance } from "./plainest-instance.js";
import { judgedVersions, namedVersions } from "./versions.js";

/** What becomes of each instance of the plan's plugin. */
export function plannedEdits(plan: MigrationPlan, instances: readonly PluginInstance[]): readonly InstanceEdit[] {
  if (judgedVersions(plan) !== undefined) return judgePlanned(plan, instances, {}).map(({ edit }) => edit);
  const { old, new: now } = namedVersions(plan);
  const schema = old ?? now;
  if (schema === undefined) return [];
  const own = instances.filter(({ name }) => name === instanceNameOf(schema));
  // Before a first upload there need not be any yet: then the plainest one shows what nodes do.
  return (plan.situation === "first-upload" && own.length === 0 ? [plainestInstance(schema)] : own).map(asItIs);
}

/** Judges and edits the instances; where the new version is another plugin, every instance that can move gets its name. */
export function judgePlanned(
  plan: MigrationPlan,
  instances: readonly PluginInstance[],
  options: InstanceOptions,
): readonly VerdictWithEdit[] {
  const versions = judgedVersions(plan);
  if (versions === undefined) return [];
  const judged = judgeInstances(versions.old, versions.new, instances, {
    ...options,
    model: modelOf(plan),
  });
  const { new: now } = namedVersions(plan);
  return plan.situation === "new-name" && now !== undefined
    ? judged.map((one) => ({ ...one, edit: moved(one.edit, instanceNameOf(now)) }))
    : judged;
}

function modelOf({ situation, hosting }: MigrationPlan): NodeModel {
  if (situation === "new-name") return "another-plugin";
  return controlPlaneOf(hosting) ?? "no-control-plane";
}

function moved(edit: InstanceEdit, name: string): InstanceEdit {
  if (edit.need === "decide" || edit.need === "unknown") return edit;
  const reason = "To Kong it is another plugin.";
  const operation = { action: "set", path: ["name"], old: edit.name, new: name, reason } as const;
  return { ...edit, need: "edit", name, operations: [...edit.operations, operation] };
}

function asItIs(instance: PluginInstance): InstanceEdit {
  const { name, config, fields } = instance;
  return {
    ...{ instance, need: "edit", operations: [], name, config, fields },
    ...{ newControlPlane: "unknown", newDataPlanes: "unknown", oldDataPlanes: "unknown" },
    ...{ bridge: undefined, decisions: [], errors: undefined, missing: [] },
  };
}

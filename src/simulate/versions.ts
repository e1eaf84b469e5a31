import type { MigrationPlan } from "../plan/plan.js";
import type { PluginSchema } from "../schema/model.js";
import { instanceNameOf } from "../instances/nodes.js";

export interface Versions {
  readonly old: PluginSchema;
  readonly new: PluginSchema;
}

/** The versions as nodes will have them: where the new one is another plugin it has the plan's name, whatever the given schema says. */
export function namedVersions({ oldSchema, newSchema, oldName, newName, distribution, strategy }: MigrationPlan): {
  readonly old: PluginSchema | undefined;
  readonly new: PluginSchema | undefined;
} {
  // The schemas of clones are those of the plugins that they are made from.
  const old = distribution === "cloned" && oldName !== null ? named(oldSchema, oldName) : oldSchema;
  return { old, new: strategy === "side-by-side" && newName !== null ? named(newSchema, newName) : newSchema };
}

/**
 * The two versions by which instances are judged. Another plugin never judges an instance of the old one, so what counts is what its
 * schema says of the same configuration: it is asked under the old name. Undefined for a plan without two schemas.
 */
export function judgedVersions(plan: MigrationPlan): Versions | undefined {
  const { old, new: now } = namedVersions(plan);
  if (old === undefined || now === undefined) return undefined;
  return { old, new: plan.situation === "new-name" ? (named(now, instanceNameOf(old)) ?? now) : now };
}

function named(schema: PluginSchema | undefined, name: string): PluginSchema | undefined {
  return schema && { ...schema, name, options: { ...schema.options, pluginName: name } };
}

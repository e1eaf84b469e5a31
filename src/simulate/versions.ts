import type { MigrationPlan } from "../plan/plan.js";
import type { PluginSchema } from "../schema/model.js";

export interface Versions {
  readonly old: PluginSchema;
  readonly new: PluginSchema;
}

/**
 * The two versions as nodes will have them: side by side the new one has the plan's name, which the given schema need not say yet.
 * Undefined for a plan without two schemas.
 */
export function versionsOf({ oldSchema, newSchema, newName, strategy }: MigrationPlan): Versions | undefined {
  if (oldSchema === undefined || newSchema === undefined) return undefined;
  if (strategy === "in-place" || newName === null) return { old: oldSchema, new: newSchema };
  return {
    old: oldSchema,
    new: { ...newSchema, name: newName, options: { ...newSchema.options, pluginName: newName } },
  };
}

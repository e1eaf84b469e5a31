import type { PluginSchema } from "../schema/model.js";
import { type InstanceOptions, judgeInstances } from "./check-instances.js";
import type { InstanceEdit } from "./edit.js";
import type { PluginInstance } from "./instance.js";

/**
 * The smallest edit of each instance of the plugin that the new schema accepts, and, where that is possible, data planes with the
 * old schema too. Every edit is judged by Kong's engine as it is given here, and holds the values of secret parameters: whoever shows
 * it takes `reportInstances`, which hides them.
 */
export function adaptInstances(
  oldSchema: PluginSchema,
  newSchema: PluginSchema,
  instances: readonly PluginInstance[],
  options: InstanceOptions = {},
): readonly InstanceEdit[] {
  return judgeInstances(oldSchema, newSchema, instances, options).map(({ edit }) => edit);
}

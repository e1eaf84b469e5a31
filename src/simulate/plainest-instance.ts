import type { JsonObject } from "../changes/json.js";
import type { PluginInstance } from "../instances/instance.js";
import { instanceNameOf } from "../instances/nodes.js";
import { configOf } from "../prove/groups.js";
import { Typical } from "../prove/typical.js";
import type { PluginSchema } from "../schema/model.js";

/** The configuration that says no more than it must. */
export function plainestConfig(schema: PluginSchema): JsonObject {
  const record = configOf(schema);
  return record === undefined ? {} : new Typical(schema).record(record);
}

/** An instance of a plugin that nobody has configured yet. */
export function plainestInstance(schema: PluginSchema): PluginInstance {
  return {
    name: instanceNameOf(schema),
    address: { position: { file: "a first instance", line: 1, column: 1 }, scope: {}, keys: [] },
    form: "given",
    config: plainestConfig(schema),
    fields: {},
    placeholders: [],
  };
}

import { receiveInstance, storeInstance } from "./nodes.js";
import type { InstanceData, Refused, Unknown } from "./nodes.js";
import type { PluginSchema, Role, Value, ValueMap } from "./model.js";

/** `config` is what the node makes of the configuration; `instance` the other fields, where they were given. */
export interface Accepted {
  readonly verdict: "accepted";
  readonly ok: true;
  readonly config: Value;
  readonly instance?: ValueMap;
}

export type ValidationResult = Accepted | Refused | Unknown;

export interface ValidateConfigOptions {
  /**
   * `control_plane`: the Admin API is given the configuration to store. `data_plane`: a payload brings it, where a null under an unknown
   * name is let pass.
   */
  readonly role: Role;
  /** The instance's other fields, such as `protocols`, `consumer` or `route`. */
  readonly instance?: InstanceData["fields"];
}

/**
 * Judges a plugin's configuration as a Kong node does: it is filled in first, and then validated. `errors` is Kong's tree, which starts at the
 * instance: `{ config: { ttl: "required field missing" } }`. The verdict is unknown where it hangs on something that is not here.
 */
export function validateConfig(
  schema: PluginSchema,
  config: unknown,
  { role, instance }: ValidateConfigOptions,
): ValidationResult {
  const kept = keep(schema, { config, fields: instance }, role);
  if (!kept.ok) return kept;
  const { config: result, fields } = kept.kept;
  return { verdict: "accepted", ok: true, config: result, ...(instance === undefined ? {} : { instance: fields }) };
}

function keep(schema: PluginSchema, instance: InstanceData, role: Role) {
  switch (role) {
    case "control_plane": {
      const answer = storeInstance(schema, instance);
      return answer.ok ? { ...answer, kept: answer.stored } : answer;
    }
    case "data_plane": {
      const answer = receiveInstance(schema, instance);
      return answer.ok ? { ...answer, kept: answer.effective } : answer;
    }
  }
}

import { ConfigError } from "../errors.js";
import { formatErrors } from "./format-errors.js";
import type { FillContext } from "./engine/fill.js";
import type { PluginSchema, Role, Value } from "./model.js";
import { fillInstance } from "./nodes.js";
import type { InstanceData } from "./nodes.js";

export interface FillConfigOptions {
  readonly role: Role;
  /**
   * `insert`: what a control plane stores of a new or replaced configuration. `update`: what it makes of a partial one, before that is merged
   * with the stored one. `select`: what a self-managed control plane reads of a stored one under the schema that it has now, or, with the role
   * `data_plane`, what the plugin's handler gets.
   */
  readonly context: FillContext;
  /** The instance's other fields, such as `protocols`. */
  readonly instance?: InstanceData["fields"];
}

/**
 * Fills a configuration in as Kong does, without judging it: defaults, explicit nulls, expanded records, sets without duplicates, shorthand
 * fields turned into the real ones. Throws `ConfigError` where a shorthand field has a bad value (`config-refused`), or hangs on something that
 * is not here (`config-unknown`).
 */
export function fillConfig(
  schema: PluginSchema,
  config: unknown,
  { role, context, instance }: FillConfigOptions,
): Value {
  const answer = fillInstance(schema, { config, fields: instance }, role, context);
  switch (answer.verdict) {
    case "accepted":
      return answer.filled.config;
    case "refused":
      throw new ConfigError("config-refused", formatErrors(answer.errors, "admin-api"), { errors: answer.errors });
    case "unknown":
      throw new ConfigError(
        "config-unknown",
        `the configuration cannot be filled in without ${answer.missing.join(", ")}`,
        {
          missing: answer.missing,
        },
      );
  }
}

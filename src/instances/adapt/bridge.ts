import type { KeptInstance, Refused } from "../../schema/nodes.js";
import { type JsonObject, valueJson } from "../../changes/json.js";
import type { InstanceState } from "../nodes.js";
import { valueAt } from "../values.js";
import { entityOf, type InstanceContext, stateWith } from "./draft.js";
import { placedErrors } from "./placed-errors.js";

/**
 * Old data planes let a null pass under a name that they do not know. So where they refuse an edited instance only for new
 * parameters that its owner has not set and that may be null, the same instance with explicit nulls there is taken by all.
 */
export function bridgeFor(
  state: InstanceState,
  stored: KeptInstance,
  refusal: Refused,
  { oldSchema, newSchema, nodes }: InstanceContext,
): JsonObject | undefined {
  const errors = placedErrors(refusal.errors, { config: valueJson(stored.config) });
  const isOwners = errors.some(({ path }) => path[0] !== "config" || (valueAt(entityOf(state), path) ?? null) !== null);
  if (isOwners) return undefined;
  const bridge = errors.reduce((current, { path }) => stateWith(current, path, null), state);
  const saved = nodes.store(newSchema, bridge);
  if (!saved.ok) return undefined;
  const answers = [oldSchema, newSchema].map((schema) => nodes.receive(schema, saved.stored));
  return answers.every(({ ok }) => ok) ? bridge.config : undefined;
}

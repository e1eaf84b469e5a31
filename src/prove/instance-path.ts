import type { Freeze } from "../changes/kind.js";
import { sameSchema } from "../diff/same.js";
import type { PluginSchema } from "../schema/model.js";
import { receiveInstance, storeInstance, type Answer, type InstanceData } from "../schema/nodes.js";
import type { ProvenPath } from "./proof.js";

export interface InstancePath {
  /** Null where one of the two control planes takes no such instance: there is nothing to send. */
  readonly path: ProvenPath | null;
  readonly freeze: Freeze;
}

/**
 * The path of one instance that a user gave to the control plane with the old schema, and gives to the one with the new
 * schema as `resave`: whether what was stored passes on a data plane with the new schema, and what is stored then on one
 * with the old schema.
 */
export function instancePath(
  oldSchema: PluginSchema,
  newSchema: PluginSchema,
  given: InstanceData,
  resave: InstanceData = given,
): InstancePath {
  if (sameSchema(oldSchema, newSchema)) return { path: "none", freeze: "none" };
  const before = storeInstance(oldSchema, given);
  const after = storeInstance(newSchema, resave);
  if (before.verdict === "refused" || after.verdict === "refused") return { path: null, freeze: "none" };
  const stays = before.ok ? receiveInstance(newSchema, before.stored).verdict : "unknown";
  const isEditable = after.ok ? receiveInstance(oldSchema, after.stored).verdict : "unknown";
  return pathFor(stays, isEditable);
}

type Verdict = Answer<object>["verdict"];

/** The four cases of the two questions. */
function pathFor(stays: Verdict, isEditable: Verdict): InstancePath {
  if (stays === "unknown" || (stays === "refused" && isEditable === "unknown"))
    return { path: "unknown", freeze: "none" };
  if (stays === "refused") return { path: isEditable === "accepted" ? "long" : "cp-dp-sync", freeze: "none" };
  return { path: "short", freeze: isEditable === "refused" ? "any-edit" : "none" };
}

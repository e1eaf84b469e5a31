import { classifyChanges } from "../../src/classify/classify-changes.js";
import type { ClassifiedChange } from "../../src/classify/classified-change.js";
import { diffSchemas, type PluginSchema } from "../../src/index.js";
import type { Proof } from "../../src/prove/proof.js";

const unproven: Proof = { path: "short", freeze: "none" };

/** The changes with their paths in Kong's table, and nothing proven. */
export function byTheTable(oldSchema: PluginSchema, newSchema: PluginSchema): readonly ClassifiedChange[] {
  const proofs = { ofChange: () => unproven, together: unproven };
  return classifyChanges(oldSchema, newSchema, diffSchemas(oldSchema, newSchema), { proofs });
}

import { SchemaError } from "../errors.js";
import type { Evaluation } from "../lua/evaluate.js";
import type { LuaFunctions } from "../lua/value.js";
import { evaluateFor } from "./read.js";
import type { PluginSchema, Role } from "./model.js";

/** A state that has used this many bytes is left, for what a function keeps in globals counts on. */
const freshStateAfter = 8 * 1024 * 1024;

/** How a schema that no source gives comes by its functions. */
export type Lender = (role: Role) => LuaFunctions;

const lenders = new WeakMap<PluginSchema, Lender>();

/** Gives a schema that was put together from parts of others the functions of those. */
export function lendFunctions(schema: PluginSchema, lender: Lender): void {
  lenders.set(schema, lender);
}

const evaluations = new WeakMap<PluginSchema, Map<Role, Evaluation>>();

/**
 * The functions of a schema, as a node of this role has them. The source is run again when the first of them is called,
 * in a sandbox of its own with the limits that the schema was read with. Calls throw `SchemaError` when a bound is hit.
 */
export function functionsOf(schema: PluginSchema, role: Role): LuaFunctions {
  const lender = lenders.get(schema);
  if (lender !== undefined) return lender(role);
  return {
    call(id, args) {
      const evaluation = evaluationOf(schema, role);
      try {
        const result = evaluation.functions.call(id, args);
        if (result.outcome === "unknown" || evaluation.functions.usage.memoryBytes > freshStateAfter)
          forget(schema, role);
        return result;
      } catch (error) {
        // a bound was hit: the state is in the middle of something
        if (error instanceof SchemaError) forget(schema, role);
        throw error;
      }
    },
  };
}

function evaluationOf(schema: PluginSchema, role: Role): Evaluation {
  const byRole = evaluations.get(schema) ?? new Map<Role, Evaluation>();
  evaluations.set(schema, byRole);
  const known = byRole.get(role);
  if (known !== undefined) return known;
  const evaluation = evaluateFor(schema.source, schema.options, role);
  byRole.set(role, evaluation);
  return evaluation;
}

function forget(schema: PluginSchema, role: Role): void {
  evaluations.get(schema)?.delete(role);
}

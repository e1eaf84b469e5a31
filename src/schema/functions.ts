import { SchemaError } from "../errors.js";
import type { Evaluation, Usage } from "../lua/evaluate.js";
import { defaultLimits } from "../lua/limits.js";
import { CallBudget } from "../lua/meter.js";
import type { LuaFunctions } from "../lua/value.js";
import { evaluateFor } from "./read.js";
import type { PluginSchema, Role } from "./model.js";

/** A state that has grown by this many bytes is left, for what a function keeps in globals counts on. */
const freshStateAfter = 8 * 1024 * 1024;

/** How a schema that no source gives comes by its functions. */
export type Lender = (role: Role) => LuaFunctions;

const lenders = new WeakMap<PluginSchema, Lender>();

/** Gives a schema that was put together from parts of others the functions of those. */
export function lendFunctions(schema: PluginSchema, lender: Lender): void {
  lenders.set(schema, lender);
}

/** An evaluated source, and what its state had used when it was new. */
interface State {
  readonly evaluation: Evaluation;
  readonly usedAtFirst: Usage;
}

const states = new WeakMap<PluginSchema, Map<Role, State>>();

/**
 * The functions of a schema, as a node of this role has them. The source is run again when the first of them is called,
 * in a sandbox of its own with the limits that the schema was read with. Calls throw `SchemaError` when a bound is hit; ask
 * for the functions anew for each judgement, for all calls of these share one budget.
 */
export function functionsOf(schema: PluginSchema, role: Role): LuaFunctions {
  const lender = lenders.get(schema);
  if (lender !== undefined) return lender(role);
  const budget = new CallBudget({ ...defaultLimits, ...schema.options.limits });
  return {
    call(id, args) {
      const { evaluation, usedAtFirst } = stateOf(schema, role, budget);
      try {
        const result = evaluation.functionsWithin(budget).call(id, args);
        const grownBy = evaluation.usage().memoryBytes - usedAtFirst.memoryBytes;
        if (result.outcome === "unknown" || grownBy > freshStateAfter) forget(schema, role);
        return result;
      } catch (error) {
        // a bound was hit: the state is in the middle of something
        if (error instanceof SchemaError) forget(schema, role);
        throw error;
      }
    },
  };
}

function stateOf(schema: PluginSchema, role: Role, budget: CallBudget): State {
  const byRole = states.get(schema) ?? new Map<Role, State>();
  states.set(schema, byRole);
  const known = byRole.get(role);
  if (known !== undefined) return known;
  const evaluation = evaluateFor(schema.source, schema.options, role);
  const state = { evaluation, usedAtFirst: evaluation.usage() };
  // only where a function spoils its state do many evaluations go into one judgement
  budget.take(state.usedAtFirst.instructions);
  byRole.set(role, state);
  return state;
}

function forget(schema: PluginSchema, role: Role): void {
  states.get(schema)?.delete(role);
}

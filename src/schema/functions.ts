import { SchemaError } from "../errors.js";
import type { Evaluation, Usage } from "../lua/evaluate.js";
import { defaultLimits } from "../lua/limits.js";
import { CallBudget } from "../lua/meter.js";
import type { LuaFunctions } from "../lua/value.js";
import { evaluateSchema } from "./evaluate-schema.js";
import type { PluginSchema, Role } from "./model.js";

/** A state that has grown by this many bytes is left, for what a function keeps in globals counts on. */
const freshStateAfter = 8 * 1024 * 1024;

/** How a schema that no source gives comes by its functions. */
export type Lender = (role: Role) => LuaFunctions;

/** An evaluated source, and what its state had used when it was new. */
interface State {
  readonly evaluation: Evaluation;
  readonly usedAtFirst: Usage;
}

/** The states of a schema. As long as nothing in them has read the `kong` global, one serves both roles. */
type States = Partial<Record<Role, State>>;

/** What calls the functions of one schema. */
class Holder {
  readonly lender: Lender | undefined;
  states: States = {};
  constructor(lender?: Lender) {
    this.lender = lender;
  }
}

/**
 * Under this name a schema that was read or put together has its holder. The name is not enumerable: no copy, no text and no comparison of the
 * schema has it. What is in a WeakMap V8 gives up only when it collects all of its memory, and states are most of what reading leaves.
 */
const held = Symbol("functions");

/** The holders of copies. */
const others = new WeakMap<PluginSchema, Holder>();

function hold(schema: PluginSchema, holder: Holder): void {
  Object.defineProperty(schema, held, { value: holder });
}

function holderOf(schema: PluginSchema): Holder {
  const own: unknown = Reflect.get(schema, held);
  if (own instanceof Holder) return own;
  const known = others.get(schema) ?? new Holder();
  others.set(schema, known);
  return known;
}

/** Gives a new schema that was put together from parts of others the functions of those. */
export function lendFunctions(schema: PluginSchema, lender: Lender): void {
  hold(schema, new Holder(lender));
}

/**
 * The functions of a schema, as a node of this role has them. The source is run again when the first of them is called,
 * in a sandbox of its own with the limits that the schema was read with. Calls throw `SchemaError` when a bound is hit; ask
 * for the functions anew for each judgement, for all calls of these share one budget.
 */
export function functionsOf(schema: PluginSchema, role: Role): LuaFunctions {
  const { lender } = holderOf(schema);
  if (lender !== undefined) return lender(role);
  const budget = new CallBudget({ ...defaultLimits, ...schema.options.limits });
  return {
    call(id, args) {
      const state = stateOf(schema, role, budget);
      const isLent = holderOf(schema).states[role] !== state;
      const result = callIn(state, schema, budget, id, args);
      if (!isLent || !state.evaluation.readsKong()) return result;
      // That was the answer of the other role.
      return callIn(newState(schema, role, budget), schema, budget, id, args);
    },
  };
}

function callIn(state: State, schema: PluginSchema, budget: CallBudget, ...call: Parameters<LuaFunctions["call"]>) {
  const { evaluation, usedAtFirst } = state;
  try {
    const result = evaluation.functionsWithin(budget).call(...call);
    const grownBy = evaluation.usage().memoryBytes - usedAtFirst.memoryBytes;
    if (result.outcome === "unknown" || grownBy > freshStateAfter) forget(schema, state);
    return result;
  } catch (error) {
    // a bound was hit: the state is in the middle of something
    if (error instanceof SchemaError) forget(schema, state);
    throw error;
  }
}

/** Keeps the states in which a schema was read, before it is frozen: Kong too goes on with the state in which it checked the defaults. */
export function keepStates(schema: PluginSchema, controlPlane: Evaluation, dataPlane: Evaluation | undefined): void {
  const holder = new Holder();
  if (controlPlane.isCallable()) holder.states.control_plane = stateFrom(controlPlane);
  if (dataPlane?.isCallable() === true) holder.states.data_plane = stateFrom(dataPlane);
  hold(schema, holder);
}

function stateFrom(evaluation: Evaluation): State {
  return { evaluation, usedAtFirst: evaluation.usage() };
}

function stateOf(schema: PluginSchema, role: Role, budget: CallBudget): State {
  const { states } = holderOf(schema);
  const own = states[role];
  if (own !== undefined) return own;
  const other = states[otherRole[role]];
  return other?.evaluation.readsKong() === false ? other : newState(schema, role, budget);
}

const otherRole = { control_plane: "data_plane", data_plane: "control_plane" } as const satisfies Record<Role, Role>;

function newState(schema: PluginSchema, role: Role, budget: CallBudget): State {
  const state = stateFrom(evaluateSchema(schema.source, schema.options, role));
  // only where a function spoils its state do many evaluations go into one judgement
  budget.take(state.usedAtFirst.instructions);
  const holder = holderOf(schema);
  holder.states = { ...holder.states, [role]: state };
  return state;
}

function forget(schema: PluginSchema, state: State): void {
  const holder = holderOf(schema);
  holder.states = Object.fromEntries(Object.entries(holder.states).filter(([, known]) => known !== state));
}

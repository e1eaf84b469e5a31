import { SchemaError } from "../../errors.js";
import { nativeFunctions, type NativeValue } from "../../kong/typedefs/index.js";
import { PatternError, matchPattern } from "../../lua/patterns.js";
import { LuaFunctionValue, LuaOpaque, LuaTable } from "../../lua/value.js";
import type { LuaArgument, LuaFunctions, LuaValue } from "../../lua/value.js";
import type { Role } from "../model.js";
import { NotExpressible, Table, fromJson, tableFromLua, toArgument } from "./data.js";
import type { Data } from "./data.js";
import type { Rules } from "./rules.js";
import { LuaRaise, Undecidable, bytesOf, luaType } from "./lua.js";
import { Work } from "./work.js";

/** How many steps one Lua pattern may take on one value before the answer is "unknown". */
const patternSteps = 5_000_000;

/** The node that the engine runs on: its role, its release's rules, the schema's functions, and what was found to be missing. */
export class Host {
  readonly role: Role;
  readonly rules: Rules;
  /** What would have to be known to decide; the verdict is unknown where it is not empty and nothing was refused. */
  readonly missing = new Set<string>();
  /** How many parts could not be judged so far. */
  undecided = 0;
  /** Whether a function of the schema was called: it may have put one table in two places. */
  hasRunCode = false;
  /** Names of opaque values that are taken to fit the fields in which they stand. */
  readonly assumed: ReadonlySet<string>;
  readonly work = new Work();
  readonly #functions: LuaFunctions;

  constructor(role: Role, rules: Rules, functions: LuaFunctions, assumed: ReadonlySet<string> = new Set()) {
    this.role = role;
    this.rules = rules;
    this.assumed = assumed;
    this.#functions = functions;
  }

  /** Calls a function of the schema; it may change the tables it is given. Throws `LuaRaise` and `Undecidable`. */
  call(callee: Data | undefined, args: readonly (Data | undefined)[]): readonly (Data | undefined)[] {
    if (!(callee instanceof LuaFunctionValue)) throw new LuaRaise(`attempt to call a ${luaType(callee)} value`);
    const native = callee.id.startsWith("native:") ? nativeFunctions[callee.id.slice("native:".length)] : undefined;
    if (native !== undefined) return callNative(native, args.map(argument).map(nativeArgument));
    this.hasRunCode = true;
    const result = this.#run(callee.id, args.map(argument));
    // A table that goes in and comes out again is the same table.
    const made = new Map<LuaTable, Table>();
    for (const [at, arg] of args.entries()) update(arg, result.argumentsAfter[at], made);
    switch (result.outcome) {
      case "returned":
        return result.values.map((value) => dataOf(value, made));
      case "raised":
        throw new LuaRaise(dataOf(result.error, made));
      case "unknown":
        throw new Undecidable(result.missing);
    }
  }

  #run(id: string, args: readonly LuaArgument[]): ReturnType<LuaFunctions["call"]> {
    try {
      return this.#functions.call(id, args);
    } catch (error) {
      if (error instanceof SchemaError) throw new Undecidable([`a function of the schema: ${error.message}`]);
      throw error;
    }
  }

  /** Whether a Lua pattern matches somewhere in a string. */
  matches(subject: Data, pattern: Data): boolean {
    let left = patternSteps;
    const { work } = this;
    const budget = {
      spend(steps: number): void {
        work.spend(steps);
        left -= steps;
        if (left < 0) throw new Undecidable(["the result of a Lua pattern that takes very long on this value"]);
      },
    };
    try {
      return matchPattern(bytesOf(pattern), bytesOf(subject), 0, budget) !== undefined;
    } catch (error) {
      if (error instanceof PatternError) throw new LuaRaise(error.message);
      throw error;
    }
  }

  /** Runs a part of a judgement whose answer may be unknown; undefined where it is, and then noted as missing. */
  attempt<Result>(part: () => Result): Result | undefined {
    try {
      return part();
    } catch (error) {
      if (!(error instanceof Undecidable)) throw error;
      this.undecided++;
      for (const missing of error.missing) this.missing.add(missing);
      return undefined;
    }
  }
}

function callNative(
  native: (typeof nativeFunctions)[string],
  args: readonly NativeValue[],
): readonly (Data | undefined)[] {
  const result = native(args);
  if (result.outcome === "unknown") throw new Undecidable(result.missing);
  return result.values.map((value) => (value === undefined ? undefined : fromJson(value)));
}

/** Our own functions look at all that they are given. */
function nativeArgument(value: LuaArgument): NativeValue {
  if (value instanceof LuaOpaque) throw new Undecidable([value.path]);
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map(nativeArgument);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, nativeArgument(item)]));
}

function isList(value: LuaArgument): value is readonly LuaArgument[] {
  return Array.isArray(value);
}

function argument(value: Data | undefined): LuaArgument {
  try {
    return toArgument(value);
  } catch (error) {
    if (error instanceof NotExpressible) throw new Undecidable(["a call with a value that is not JSON"]);
    throw error;
  }
}

function dataOf(value: LuaValue | undefined, made: Map<LuaTable, Table>): Data | undefined {
  return value instanceof LuaTable ? tableFromLua(value, made) : value;
}

/** Makes a table what a function has left of it, keeping the tables within that are still there. */
function update(value: Data | undefined, after: LuaValue | undefined, made: Map<LuaTable, Table>): void {
  if (!(value instanceof Table) || !(after instanceof LuaTable)) return;
  made.set(after, value);
  value.filledBy = undefined;
  const entries = after.entries.map((entry) => [dataOf(entry.key, made) ?? null, entry.value] as const);
  const left = new Set(entries.map(([key]) => key));
  for (const [key] of value.entries().reverse()) if (!left.has(key)) value.set(key, undefined);
  for (const [key, item] of entries) {
    const known = value.get(key);
    if (item instanceof LuaTable && known instanceof Table && !made.has(item)) update(known, item, made);
    else value.set(key, dataOf(item, made));
  }
}

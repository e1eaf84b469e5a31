import { constant_types as types } from "fengari/src/defs.js";
import { TValue } from "fengari/src/lobject.js";
import type { LuaState } from "fengari/src/lstate.js";
import type { LuaCFunction } from "fengari/src/lua.js";
import { luaH_setfrom } from "fengari/src/ltable.js";
import { stringSlot, tableAt } from "./interop.js";
import type { Library } from "./library/library.js";
import { functionNames } from "./library/names.js";
import { luaName } from "./strings.js";

/** A state of which the libraries are made when one of their functions is first called. */
export interface LibraryHost {
  /** The functions by name; always the same object for the same library. */
  library(name: string): Library;
}

/**
 * Making all functions of all libraries takes a new state longer than a small schema takes to run, and most are never
 * called. So there is one function for each that all states share: it looks for the one of its state.
 */
interface PreparedEntry {
  readonly key: TValue;
  readonly value: TValue;
}

const prepared = new Map<string, readonly PreparedEntry[]>();
const sharedNames = new Map<unknown, string>();

/** To be called before any library is set in a state. */
export function rememberHost(L: LuaState, host: LibraryHost): void {
  // Not a function: V8 puts one that is assigned to a property among its old objects, and the state would live as long.
  L.l_G.host = host;
}

/** The name by which a shared function is told apart from all others: `string.rep`. */
export function sharedName(fn: unknown): string | undefined {
  return sharedNames.get(fn);
}

/** Sets the functions of a library in the table at the top of the stack. */
export function setPrepared(L: LuaState, name: string): void {
  const table = tableAt(L, -1);
  if (table === undefined) return;
  for (const { key, value } of entriesOf(name)) luaH_setfrom(L, table, key, value);
}

function entriesOf(name: string): readonly PreparedEntry[] {
  const known = prepared.get(name);
  if (known !== undefined) return known;
  const entries = (functionNames[name] ?? []).map((member) => ({
    key: stringSlot(luaName(member)),
    value: new TValue(types.LUA_TLCF, sharedFunction(name, member)),
  }));
  prepared.set(name, entries);
  return entries;
}

function sharedFunction(library: string, member: string): LuaCFunction {
  const shared: LuaCFunction = (L) => {
    const own = libraryOf(L, library)[member];
    if (own === undefined) throw new Error(`${library} has no ${member}`);
    return own(L);
  };
  sharedNames.set(shared, library === "" || library === member ? member : `${library}.${member}`);
  return shared;
}

function libraryOf(L: LuaState, name: string): Library {
  const { host } = L.l_G;
  if (host === undefined) throw new Error("a state without libraries");
  return host.library(name);
}

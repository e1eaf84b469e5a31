import * as lua from "fengari/src/lua.js";
import type { Table } from "fengari/src/ltable.js";
import type { LuaState } from "fengari/src/lstate.js";
import { setEntry, setFunction, slotAt, slotBytes, tableAt } from "./interop.js";
import { showBytes } from "./strings.js";
import type { Library } from "./library/library.js";
import type { LuaOpaque } from "./value.js";

/** A key of an entry whose value is not known. */
export type UnknownKey = string | number;

export interface UnknownHost {
  /** The tables that have unknown values, with these by their keys. */
  readonly unknownEntries: WeakMap<Table, ReadonlyMap<UnknownKey, LuaOpaque>>;
  /** Ends the call: its result hangs on what is not known. */
  missing(names: readonly string[]): never;
}

/**
 * Makes the table at the top of the stack one of which some values are not known. They are not in it, since Lua would find an opaque value
 * unequal to everything without asking anybody; whoever looks for one of them, or goes over the whole table, ends the call.
 */
export function hideUnknown(L: LuaState, host: UnknownHost, unknown: ReadonlyMap<UnknownKey, LuaOpaque>): void {
  const table = tableAt(L, -1);
  if (table === undefined) return;
  host.unknownEntries.set(table, unknown);
  const all = [...unknown.values()].map(({ path }) => path);
  lua.lua_newtable(L);
  setFunction(L, "__index", (L) => {
    const value = unknown.get(keyAt(L, 2) ?? "");
    if (value !== undefined) host.missing([value.path]);
    lua.lua_pushnil(L);
    return 1;
  });
  setFunction(L, "__newindex", (L) => {
    const value = unknown.get(keyAt(L, 2) ?? "");
    if (value !== undefined) host.missing([value.path]);
    const [key, set] = [slotAt(L, 2), slotAt(L, 3)];
    if (key !== undefined && set !== undefined) setEntry(L, table, key, set);
    return 0;
  });
  setFunction(L, "__len", () => host.missing(all));
  lua.lua_setmetatable(L, -2);
}

/** Functions that look into tables without asking the table. */
export function refusingUnknown(library: Library, host: UnknownHost): Library {
  return Object.fromEntries(
    Object.entries(library).map(([name, fn]) => [
      name,
      (L: LuaState) => {
        const count = lua.lua_gettop(L);
        for (let index = 1; index <= count; index++) {
          const table = tableAt(L, index);
          const unknown = table === undefined ? undefined : host.unknownEntries.get(table);
          if (unknown !== undefined) host.missing([...unknown.values()].map(({ path }) => path));
        }
        return fn(L);
      },
    ]),
  );
}

function keyAt(L: LuaState, index: number): UnknownKey | undefined {
  const type = lua.lua_type(L, index);
  if (type === lua.LUA_TNUMBER) return lua.lua_tonumber(L, index);
  return type === lua.LUA_TSTRING ? showBytes(slotBytes(slotAt(L, index)) ?? new Uint8Array()) : undefined;
}

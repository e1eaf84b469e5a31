import * as lua from "fengari/src/lua.js";
import type { TValue } from "fengari/src/lobject.js";
import type { LuaState } from "fengari/src/lstate.js";
import { nativeFunctions, type NativeFunction, type NativeValue, type TypedefValue } from "../kong/typedefs/index.js";
import { pushText, setEntry, setFunction, setNamed, slotAt, slotBytes, tableAt } from "./interop.js";
import type { Meter } from "./meter.js";
import { showBytes } from "./strings.js";
import { raise } from "./library/raise.js";

export interface TypedefHost {
  readonly meter: Meter;
  readonly typedefs: Readonly<Record<string, TypedefValue>>;
  readonly pushNull: (L: LuaState) => void;
  /** Reads data; used for what a native function is given. */
  readonly readValue: (slot: TValue | undefined) => NativeValue;
  /** Gives the function of the state for a native one: always the same for the same name. */
  readonly nativeFunction: (name: string, make: () => lua.LuaCFunction) => lua.LuaCFunction;
  /** Called where a native function would need something that is not here. Does not return. */
  readonly missing: (names: readonly string[]) => never;
  /** Notes that a typedef with overrides stands where the overrides do. */
  readonly sameOrigin: (made: number, overrides: number) => void;
}

/**
 * Pushes our `kong.db.schema.typedefs`: a table whose entries are made when they are asked for, and refuse unknown names
 * as Kong does. An entry can be called with a table of overrides (kong/db/schema/typedefs.lua, 3.9.1).
 */
export function pushTypedefs(L: LuaState, host: TypedefHost): void {
  lua.lua_newtable(L);
  lua.lua_newtable(L);
  setFunction(L, "__index", (L) => {
    const name = showBytes(slotBytes(slotAt(L, 2)) ?? new Uint8Array());
    const typedef = Object.hasOwn(host.typedefs, name) ? host.typedefs[name] : undefined;
    if (typedef === undefined) return raise(L, `schema typedef error: definition ${name} does not exist`);
    pushTypedef(L, typedef, host);
    // the next look-up finds the same table, as it does in Kong
    const all = tableAt(L, 1);
    const [key, made] = [slotAt(L, 2), L.stack[L.top - 1]];
    if (all !== undefined && key !== undefined && made !== undefined) setEntry(L, all, key, made);
    return 1;
  });
  lua.lua_setmetatable(L, -2);
}

function pushTypedef(L: LuaState, typedef: TypedefValue, host: TypedefHost): void {
  pushData(L, typedef, host);
  if (lua.lua_type(L, -1) !== lua.LUA_TTABLE) return;
  lua.lua_newtable(L);
  setFunction(L, "__call", (L) => {
    pushData(L, typedef, host);
    const made = tableAt(L, -1);
    const overrides = tableAt(L, 2);
    if (made !== undefined && overrides !== undefined) host.sameOrigin(made.id, overrides.id);
    if (made === undefined || overrides === undefined) return 1;
    host.meter.entries(overrides.strong.size);
    for (let entry = overrides.f; entry !== undefined; entry = entry.n) setEntry(L, made, entry.key, entry.value);
    return 1;
  });
  lua.lua_setmetatable(L, -2);
}

/** A part of a typedef, or what one of its functions gives. */
type Data =
  undefined | null | boolean | number | string | NativeFunction | readonly Data[] | { readonly [key: string]: Data };

function pushData(L: LuaState, value: Data, host: TypedefHost): void {
  host.meter.spend(1);
  lua.lua_checkstack(L, 4);
  if (value === undefined) lua.lua_pushnil(L);
  else if (value === null) host.pushNull(L);
  else if (typeof value === "boolean") lua.lua_pushboolean(L, value);
  else if (typeof value === "number") lua.lua_pushnumber(L, value);
  else if (typeof value === "string") pushText(L, value);
  else if (isNativeFunction(value)) {
    const { native } = value;
    lua.lua_pushcfunction(
      L,
      host.nativeFunction(native, () => callNative(native, host)),
    );
  } else if (isList(value)) {
    host.meter.table();
    host.meter.entries(value.length);
    lua.lua_newtable(L);
    for (const [index, item] of value.entries()) {
      pushData(L, item, host);
      lua.lua_rawseti(L, -2, index + 1);
    }
  } else {
    const entries = Object.entries(value);
    host.meter.table();
    host.meter.entries(entries.length);
    lua.lua_newtable(L);
    for (const [key, item] of entries) {
      pushData(L, item, host);
      setNamed(L, key);
    }
  }
}

function callNative(name: string, host: TypedefHost): lua.LuaCFunction {
  const native = nativeFunctions[name];
  if (native === undefined) throw new Error(`no native function ${name}`);
  return (L) => {
    const slots = L.stack.slice(L.ci.funcOff + 1, L.top);
    for (const slot of slots) host.meter.spend(slotBytes(slot)?.length ?? 0);
    const result = native(slots.map((slot) => host.readValue(slot)));
    if (result.outcome === "unknown") return host.missing(result.missing);
    for (const value of result.values) pushData(L, value, host);
    return result.values.length;
  };
}

function isList(value: Data): value is readonly Data[] {
  return Array.isArray(value);
}

function isNativeFunction(value: object): value is NativeFunction {
  return "native" in value && typeof value.native === "string";
}

import * as lua from "fengari/src/lua.js";
import { luaL_argerror } from "fengari/src/lauxlib.js";
import type { LuaState } from "fengari/src/lstate.js";
import type { Table } from "fengari/src/ltable.js";
import { slotAt, slotBytes, tableAt } from "../interop.js";
import { formatNumber } from "../numbers.js";
import { numberIn, showBytes, toBytes } from "../strings.js";

/** Reads a library function's arguments as LuaJIT does, with its messages. */

export function argumentError(L: LuaState, index: number, message: string): never {
  return luaL_argerror(L, index, toBytes(message));
}

function typeError(L: LuaState, index: number, expected: string): never {
  return argumentError(L, index, `${expected} expected, got ${typeNameAt(L, index)}`);
}

export function typeNameAt(L: LuaState, index: number): string {
  const type = lua.lua_type(L, index);
  return type === lua.LUA_TNONE ? "no value" : showBytes(lua.lua_typename(L, type));
}

export function isNothing(L: LuaState, index: number): boolean {
  return lua.lua_isnoneornil(L, index);
}

/** A string, or a number as LuaJIT writes it. */
export function bytesAt(L: LuaState, index: number): Uint8Array {
  return optionalBytesAt(L, index) ?? typeError(L, index, "string");
}

export function optionalBytesAt(L: LuaState, index: number): Uint8Array | undefined {
  switch (lua.lua_type(L, index)) {
    case lua.LUA_TSTRING:
      return slotBytes(slotAt(L, index));
    case lua.LUA_TNUMBER:
      return toBytes(formatNumber(lua.lua_tonumber(L, index)));
    default:
      return isNothing(L, index) ? undefined : typeError(L, index, "string");
  }
}

export function numberAt(L: LuaState, index: number): number {
  return optionalNumberAt(L, index) ?? typeError(L, index, "number");
}

export function optionalNumberAt(L: LuaState, index: number): number | undefined {
  switch (lua.lua_type(L, index)) {
    case lua.LUA_TNUMBER:
      return lua.lua_tonumber(L, index);
    case lua.LUA_TSTRING:
      return numberIn(bytesAt(L, index)) ?? typeError(L, index, "number");
    default:
      return isNothing(L, index) ? undefined : typeError(L, index, "number");
  }
}

/**
 * LuaJIT cuts a fraction off where an integer is wanted (Lua 5.3 refuses it), and takes what does not fit into 32 bits for
 * the least one that does, as processors of the x86 family convert it.
 */
export function integerAt(L: LuaState, index: number, absent?: number): number {
  if (absent !== undefined && isNothing(L, index)) return absent;
  const value = Math.trunc(numberAt(L, index));
  return value >= leastInteger && value < -leastInteger ? value : leastInteger;
}

const leastInteger = -(2 ** 31);

export function checkedTable(L: LuaState, index: number): Table {
  return tableAt(L, index) ?? typeError(L, index, "table");
}

export function checkFunction(L: LuaState, index: number): void {
  if (lua.lua_type(L, index) !== lua.LUA_TFUNCTION) typeError(L, index, "function");
}

export function checkAny(L: LuaState, index: number): void {
  if (lua.lua_type(L, index) === lua.LUA_TNONE) argumentError(L, index, "value expected");
}

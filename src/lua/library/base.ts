import * as lua from "fengari/src/lua.js";
import { luaL_callmeta, luaL_getmetafield, luaL_where } from "fengari/src/lauxlib.js";
import type { LClosure } from "fengari/src/lobject.js";
import { CClosure, TValue } from "fengari/src/lobject.js";
import type { LuaState } from "fengari/src/lstate.js";
import { fromBytes, pushSlot, pushText, showBytes, slotBytes, slotClosure, tableAt, toBytes } from "../interop.js";
import type { Meter } from "../meter.js";
import { formatNumber, parseNumber } from "../numbers.js";
import { opaqueIn } from "../opaque.js";
import { isEnvironment, lengthCost } from "../trips.js";
import { argumentError, bytesAt, checkAny, checkedTable, checkFunction, integerAt, typeNameAt } from "./arguments.js";
import type { Library } from "./library.js";
import { raise } from "./raise.js";

export interface BaseHost {
  readonly meter: Meter;
  /** Whether a protected call went well; throws what a `pcall` in the schema must not swallow. */
  succeeded(status: number): boolean;
  /** Compiles a text and pushes the function, or pushes nil and the message. Gives the number of values pushed. */
  loadText(L: LuaState, text: Uint8Array, chunkName: string): number;
}

/** LuaJIT's basic functions, less those that reach outside (`dofile`, `loadfile`) or say nothing here (`print`). */
export function baseLibrary(host: BaseHost): Library {
  const { meter } = host;
  const protectedCall = (L: LuaState, args: number, handler: number): boolean =>
    host.succeeded(lua.lua_pcall(L, args, lua.LUA_MULTRET, handler));
  const next = (L: LuaState): number => {
    const table = checkedTable(L, 1);
    lua.lua_settop(L, 2);
    meter.spend(table.dead_strong.size);
    if (lua.lua_next(L, 1) !== 0) return 2;
    lua.lua_pushnil(L);
    return 1;
  };

  return {
    assert(L) {
      checkAny(L, 1);
      if (lua.lua_toboolean(L, 1)) return lua.lua_gettop(L);
      if (lua.lua_gettop(L) < 2) pushText(L, "assertion failed!");
      else lua.lua_pushvalue(L, 2);
      return lua.lua_error(L);
    },
    collectgarbage(L) {
      lua.lua_pushnumber(L, 0);
      return 1;
    },
    error(L) {
      const level = integerAt(L, 2, 1);
      lua.lua_settop(L, 1);
      const message = lua.lua_type(L, 1) === lua.LUA_TSTRING ? lua.lua_tolstring(L, 1) : null;
      if (message !== null && level > 0) {
        luaL_where(L, level);
        const where = lua.lua_tolstring(L, -1) ?? new Uint8Array();
        meter.string(where.length + message.length);
        lua.lua_pushstring(L, Buffer.concat([where, message]));
      }
      return lua.lua_error(L);
    },
    getmetatable(L) {
      checkAny(L, 1);
      if (!lua.lua_getmetatable(L, 1)) lua.lua_pushnil(L);
      else luaL_getmetafield(L, 1, toBytes("__metatable"));
      return 1;
    },
    setmetatable(L) {
      checkedTable(L, 1);
      const type = lua.lua_type(L, 2);
      if (type !== lua.LUA_TNIL && type !== lua.LUA_TTABLE) argumentError(L, 2, "nil or table expected");
      if (luaL_getmetafield(L, 1, toBytes("__metatable")) !== lua.LUA_TNIL)
        raise(L, "cannot change a protected metatable");
      meter.metatable();
      lua.lua_settop(L, 2);
      lua.lua_setmetatable(L, 1);
      return 1;
    },
    getfenv(L) {
      const environment = environmentOf(functionAt(L, 1));
      if (environment === undefined) lua.lua_pushglobaltable(L);
      else pushSlot(L, environment);
      return 1;
    },
    setfenv(L) {
      checkedTable(L, 2);
      const slot = L.stack[L.ci.funcOff + 2];
      const closure = functionAt(L, 1);
      const index = closure === undefined ? -1 : environmentIndex(closure);
      // a slot of its own: functions of one chunk share the slot of their environment
      if (closure !== undefined && index >= 0 && slot !== undefined)
        closure.upvals[index] = new TValue(slot.type, slot.value);
      lua.lua_settop(L, 1);
      return 1;
    },
    ipairs(L) {
      checkAny(L, 1);
      lua.lua_pushcfunction(L, nextItem);
      lua.lua_pushvalue(L, 1);
      lua.lua_pushnumber(L, 0);
      return 3;
    },
    load(L) {
      if (lua.lua_type(L, 1) === lua.LUA_TFUNCTION) raise(L, "load with a function is not available in a schema");
      const text = bytesAt(L, 1);
      const count = host.loadText(L, text, chunkNameAt(L, text));
      if (count === 1 && lua.lua_type(L, 4) === lua.LUA_TTABLE) {
        const closure = slotClosure(L.stack[L.top - 1]);
        const environment = L.stack[L.ci.funcOff + 4];
        if (closure !== undefined && environment !== undefined) {
          closure.upvals[0] = new TValue(environment.type, environment.value);
        }
      }
      return count;
    },
    loadstring(L) {
      const text = bytesAt(L, 1);
      return host.loadText(L, text, chunkNameAt(L, text));
    },
    next,
    pairs(L) {
      checkAny(L, 1);
      if (luaL_getmetafield(L, 1, toBytes("__pairs")) !== lua.LUA_TNIL) {
        lua.lua_pushvalue(L, 1);
        lua.lua_call(L, 1, 3);
        return 3;
      }
      lua.lua_pushcfunction(L, next);
      if (opaqueIn(L.stack[L.ci.funcOff + 1]) === undefined) {
        checkedTable(L, 1);
        lua.lua_pushvalue(L, 1);
      } else lua.lua_newtable(L);
      lua.lua_pushnil(L);
      return 3;
    },
    pcall(L) {
      checkAny(L, 1);
      const ok = protectedCall(L, lua.lua_gettop(L) - 1, 0);
      lua.lua_pushboolean(L, ok);
      lua.lua_insert(L, 1);
      return lua.lua_gettop(L);
    },
    xpcall(L) {
      checkFunction(L, 2);
      lua.lua_pushvalue(L, 1);
      lua.lua_pushvalue(L, 2);
      lua.lua_replace(L, 1);
      lua.lua_replace(L, 2);
      // the handler is at 1, the function at 2, its arguments above
      const ok = protectedCall(L, lua.lua_gettop(L) - 2, 1);
      lua.lua_pushboolean(L, ok);
      lua.lua_replace(L, 1);
      return lua.lua_gettop(L);
    },
    print: () => 0,
    rawequal(L) {
      checkAny(L, 2);
      lua.lua_pushboolean(L, lua.lua_rawequal(L, 1, 2));
      return 1;
    },
    rawget(L) {
      checkedTable(L, 1);
      checkAny(L, 2);
      meter.spend((slotBytes(L.stack[L.ci.funcOff + 2])?.length ?? 0) >> 3);
      lua.lua_settop(L, 2);
      lua.lua_rawget(L, 1);
      return 1;
    },
    rawlen(L) {
      const table = tableAt(L, 1);
      if (table !== undefined) meter.spend(lengthCost(table));
      lua.lua_pushnumber(L, lua.lua_rawlen(L, 1));
      return 1;
    },
    rawset(L) {
      checkedTable(L, 1);
      checkAny(L, 3);
      meter.spend((slotBytes(L.stack[L.ci.funcOff + 2])?.length ?? 0) >> 3);
      lua.lua_settop(L, 3);
      lua.lua_rawset(L, 1);
      return 1;
    },
    select(L) {
      const count = lua.lua_gettop(L);
      meter.spend(count);
      if (lua.lua_type(L, 1) === lua.LUA_TSTRING && showBytes(bytesAt(L, 1)) === "#") {
        lua.lua_pushnumber(L, count - 1);
        return 1;
      }
      const index = integerAt(L, 1);
      if (index < 0) {
        if (count + index < 1) argumentError(L, 1, "index out of range");
        return -index;
      }
      if (index === 0) argumentError(L, 1, "index out of range");
      return Math.max(0, count - index);
    },
    tonumber(L) {
      checkAny(L, 1);
      const value = toNumber(L, integerAt(L, 2, 10));
      if (value === undefined) lua.lua_pushnil(L);
      else lua.lua_pushnumber(L, value);
      return 1;
    },
    tostring(L) {
      checkAny(L, 1);
      pushToString(L, 1, meter);
      return 1;
    },
    type(L) {
      checkAny(L, 1);
      // most of what a module gives is a table
      pushText(L, opaqueIn(L.stack[L.ci.funcOff + 1]) === undefined ? typeNameAt(L, 1) : "table");
      return 1;
    },
    unpack: (L) => unpack(L, meter),
  };
}

function nextItem(L: LuaState): number {
  const index = integerAt(L, 2) + 1;
  lua.lua_pushnumber(L, index);
  lua.lua_geti(L, 1, index);
  return lua.lua_type(L, -1) === lua.LUA_TNIL ? 1 : 2;
}

/** `unpack(list, first, last)`, also `table.unpack`. */
export function unpack(L: LuaState, meter: Meter): number {
  const first = integerAt(L, 2, 1);
  const table = tableAt(L, 1);
  if (table !== undefined) meter.spend(lengthCost(table));
  const last = lua.lua_isnoneornil(L, 3) ? lua.lua_rawlen(L, 1) : integerAt(L, 3);
  const count = last - first + 1;
  if (count <= 0) return 0;
  meter.stack(L.top + count);
  meter.spend(count);
  if (!lua.lua_checkstack(L, count)) raise(L, "too many results to unpack");
  for (let index = first; index <= last; index++) lua.lua_geti(L, 1, index);
  return count;
}

/** Pushes what `tostring` gives for the value at `index`. */
export function pushToString(L: LuaState, index: number, meter: Meter): void {
  if (luaL_callmeta(L, index, toBytes("__tostring"))) return;
  switch (lua.lua_type(L, index)) {
    case lua.LUA_TSTRING:
      lua.lua_pushvalue(L, index);
      break;
    case lua.LUA_TNUMBER:
      pushText(L, formatNumber(lua.lua_tonumber(L, index)));
      break;
    case lua.LUA_TBOOLEAN:
      pushText(L, lua.lua_toboolean(L, index) ? "true" : "false");
      break;
    case lua.LUA_TNIL:
    case lua.LUA_TNONE:
      pushText(L, "nil");
      break;
    case lua.LUA_TLIGHTUSERDATA:
      pushText(L, "userdata: NULL"); // the only one is ngx.null
      break;
    default:
      meter.string(32);
      pushText(L, `${typeNameAt(L, index)}: 0x${identity(L, index).toString(16).padStart(8, "0")}`);
  }
}

/** A number that tells this table or function from all others of the state; the same in every run. */
function identity(L: LuaState, index: number): number {
  const pointer = lua.lua_topointer(L, index);
  return typeof pointer === "object" && pointer !== null && "id" in pointer && typeof pointer.id === "number"
    ? pointer.id
    : 0;
}

function toNumber(L: LuaState, base: number): number | undefined {
  const type = lua.lua_type(L, 1);
  if (base === 10) {
    if (type === lua.LUA_TNUMBER) return lua.lua_tonumber(L, 1);
    const text = type === lua.LUA_TSTRING ? fromBytes(bytesAt(L, 1)) : undefined;
    return text === undefined ? undefined : parseNumber(text);
  }
  if (base < 2 || base > 36) argumentError(L, 2, "base out of range");
  const text = showBytes(bytesAt(L, 1))
    .trim()
    .toLowerCase()
    .replace(base === 16 ? /^(-?)0x/ : /^$/, "$1");
  const digits = /^(-?)([0-9a-z]+)$/.exec(text);
  if (digits === null) return undefined;
  let value = 0;
  for (const digit of digits[2] ?? "") {
    const worth = parseInt(digit, 36);
    if (worth >= base) return undefined;
    value = value * base + worth;
  }
  return digits[1] === "-" ? -value : value;
}

function chunkNameAt(L: LuaState, text: Uint8Array): string {
  const named = lua.lua_type(L, 2) === lua.LUA_TSTRING ? showBytes(bytesAt(L, 2)).replace(/^[@=]/, "") : undefined;
  return named ?? `[string "${showBytes(text.subarray(0, 40)).split(/[\r\n]/, 1)[0] ?? ""}"]`;
}

/** A function, or the function that runs at a level of the stack; undefined for functions of the library. */
function functionAt(L: LuaState, index: number): LClosure | undefined {
  const slot = L.stack[L.ci.funcOff + index];
  if (lua.lua_type(L, index) === lua.LUA_TFUNCTION)
    return slot?.value instanceof CClosure ? undefined : slotClosure(slot);
  let frame: typeof L.ci | null = L.ci;
  for (let level = integerAt(L, index, 1); level > 0 && frame !== null; level--) frame = frame.previous;
  return slotClosure(frame?.func);
}

function environmentOf(closure: LClosure | undefined): TValue | undefined {
  return closure?.upvals[environmentIndex(closure)];
}

function environmentIndex(closure: LClosure): number {
  return closure.p.upvalues.findIndex(isEnvironment);
}

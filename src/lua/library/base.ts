import * as lua from "fengari/src/lua.js";
import { luaL_where } from "fengari/src/lauxlib.js";
import type { LClosure } from "fengari/src/lobject.js";
import { TValue } from "fengari/src/lobject.js";
import type { LuaState } from "fengari/src/lstate.js";
import { TString } from "fengari/src/lstring.js";
import type { Table } from "fengari/src/ltable.js";
import {
  entryNamed,
  entryNumbered,
  entryOf,
  isNull,
  metafield,
  metatableOf,
  pushBytes,
  pushKey,
  pushSlot,
  pushText,
  setEntry,
  slotAt,
  slotBytes,
  slotClosure,
  tableAt,
} from "../interop.js";
import type { Meter } from "../meter.js";
import { formatNumber } from "../numbers.js";
import { opaqueEntryOf, opaqueIn, type OpaqueRef, type PushOpaque } from "../opaque.js";
import { prepareKey, tableLength } from "../operations.js";
import { latin1, numberIn, showBytes } from "../strings.js";
import { firstEntry, nextEntry } from "../tables.js";
import { isEnvironment } from "../trips.js";
import {
  argumentError,
  bytesAt,
  checkAny,
  checkedTable,
  checkFunction,
  integerAt,
  isNothing,
  typeNameAt,
} from "./arguments.js";
import type { Library } from "./library.js";
import { raise } from "./raise.js";

export interface BaseHost {
  readonly meter: Meter;
  /** Whether a protected call went well; throws what a `pcall` in the schema must not swallow. */
  succeeded(L: LuaState, status: number): boolean;
  /** Called where it hangs on an opaque value which way the source goes. May throw. */
  opaqueDecides(opaque: OpaqueRef, asks?: "whether it is there"): void;
  /** Called where a loop over an opaque value stands for any number of rounds. May throw. */
  opaqueGuessed(path: string): void;
  pushOpaque: PushOpaque;
  /** Compiles a text and pushes the function, or pushes nil and the message. Gives the number of values pushed. */
  loadText(L: LuaState, text: Uint8Array, chunkName: string): number;
}

/** LuaJIT's basic functions, less those that reach outside (`dofile`, `loadfile`) or say nothing here (`print`). */
export function baseLibrary(host: BaseHost): Library {
  const { meter } = host;
  const protectedCall = (L: LuaState, args: number, handler: number): boolean => {
    const ok = host.succeeded(L, lua.lua_pcall(L, args, lua.LUA_MULTRET, handler));
    lua.lua_checkstack(L, 1);
    return ok;
  };
  /** A key of a raw access, with the work of looking it up counted. */
  const keyAt = (L: LuaState, index: number): TValue | undefined => {
    const key = slotAt(L, index);
    if (key?.value instanceof TString) prepareKey(key.value, meter);
    return key;
  };
  /** Goes on in an opaque value: to one entry that stands for all, and then to none. */
  const nextOfOpaque = (L: LuaState, opaque: OpaqueRef): number => {
    host.opaqueGuessed(opaque.path);
    if (!isNothing(L, 2)) {
      lua.lua_pushnil(L);
      return 1;
    }
    const { key, value } = opaqueEntryOf(opaque);
    host.pushOpaque(L, key);
    host.pushOpaque(L, value);
    return 2;
  };
  const nextItem = (L: LuaState): number => {
    const index = integerAt(L, 2) + 1;
    const opaque = opaqueIn(slotAt(L, 1));
    if (opaque !== undefined) {
      host.opaqueGuessed(opaque.path);
      if (index > 1) return 0;
      lua.lua_pushnumber(L, index);
      host.pushOpaque(L, opaqueEntryOf(opaque).value);
      return 2;
    }
    const found = entryNumbered(checkedTable(L, 1), index);
    if (found === undefined) return 0;
    lua.lua_pushnumber(L, index);
    pushSlot(L, found);
    return 2;
  };
  const next = (L: LuaState): number => {
    const opaque = opaqueIn(slotAt(L, 1));
    if (opaque !== undefined) return nextOfOpaque(L, opaque);
    const table = checkedTable(L, 1);
    lua.lua_settop(L, 2);
    const key = keyAt(L, 2);
    const entry = key === undefined ? firstEntry(table, meter) : nextEntry(table, key, meter);
    if (entry === null) return raise(L, "invalid key to 'next'");
    if (entry === undefined) {
      lua.lua_pushnil(L);
      return 1;
    }
    pushKey(L, entry.key);
    pushSlot(L, entry.value);
    return 2;
  };
  /** What a metamethod gives for the argument, such as `__pairs`; false where there is none. */
  const calledMeta = (L: LuaState, name: string, results: number): boolean => {
    const method = metafield(L, 1, name);
    if (method === undefined) return false;
    pushSlot(L, method);
    lua.lua_pushvalue(L, 1);
    lua.lua_call(L, 1, results);
    return true;
  };

  return {
    assert(L) {
      checkAny(L, 1);
      const opaque = opaqueIn(slotAt(L, 1));
      if (opaque !== undefined) host.opaqueDecides(opaque, "whether it is there");
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
      const message = slotBytes(slotAt(L, 1));
      if (message !== undefined && level > 0) {
        luaL_where(L, level);
        const where = slotBytes(slotAt(L, 2)) ?? new Uint8Array();
        meter.string(where.length + message.length);
        pushBytes(L, Buffer.concat([where, message]));
      }
      return lua.lua_error(L);
    },
    getmetatable(L) {
      checkAny(L, 1);
      const slot = slotAt(L, 1);
      const metatable = slot === undefined ? null : metatableOf(L, slot);
      const shown = metatable === null ? undefined : entryNamed(metatable, "__metatable");
      if (shown !== undefined) pushSlot(L, shown);
      else if (!lua.lua_getmetatable(L, 1)) lua.lua_pushnil(L);
      return 1;
    },
    setmetatable(L) {
      const table = checkedTable(L, 1);
      const type = lua.lua_type(L, 2);
      if (type !== lua.LUA_TNIL && type !== lua.LUA_TTABLE) argumentError(L, 2, "nil or table expected");
      if (table.metatable !== null && entryNamed(table.metatable, "__metatable") !== undefined)
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
      const slot = slotAt(L, 2);
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
      if (calledMeta(L, "__ipairs", 3)) return 3;
      lua.lua_pushcfunction(L, nextItem);
      if (opaqueIn(slotAt(L, 1)) === undefined) checkedTable(L, 1);
      lua.lua_pushvalue(L, 1);
      lua.lua_pushnumber(L, 0);
      return 3;
    },
    load(L) {
      if (lua.lua_type(L, 1) === lua.LUA_TFUNCTION) raise(L, "load with a function is not available in a schema");
      const text = bytesAt(L, 1);
      const count = host.loadText(L, text, chunkNameAt(L, text));
      const environment = slotAt(L, 4);
      const closure = slotClosure(L.stack[L.top - 1]);
      if (count === 1 && closure !== undefined && environment !== undefined && lua.lua_type(L, 4) === lua.LUA_TTABLE)
        closure.upvals[0] = new TValue(environment.type, environment.value);
      return count;
    },
    loadstring(L) {
      const text = bytesAt(L, 1);
      return host.loadText(L, text, chunkNameAt(L, text));
    },
    next,
    pairs(L) {
      checkAny(L, 1);
      if (calledMeta(L, "__pairs", 3)) return 3;
      lua.lua_pushcfunction(L, next);
      if (opaqueIn(slotAt(L, 1)) === undefined) checkedTable(L, 1);
      lua.lua_pushvalue(L, 1);
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
      const table = checkedTable(L, 1);
      checkAny(L, 2);
      pushEntry(L, table, keyAt(L, 2));
      return 1;
    },
    rawlen(L) {
      const table = tableAt(L, 1);
      if (table === undefined && lua.lua_type(L, 1) !== lua.LUA_TSTRING)
        argumentError(L, 1, "table or string expected");
      lua.lua_pushnumber(L, table === undefined ? bytesAt(L, 1).length : tableLength(table, meter));
      return 1;
    },
    rawset(L) {
      const table = checkedTable(L, 1);
      checkAny(L, 3);
      const key = keyAt(L, 2);
      const value = slotAt(L, 3);
      meter.entries(1);
      if (key !== undefined && value !== undefined) setEntry(L, table, key, value);
      lua.lua_settop(L, 1);
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
      const value = toNumber(L, integerAt(L, 2, 10), meter);
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
      const opaque = opaqueIn(slotAt(L, 1));
      if (opaque !== undefined) host.opaqueDecides(opaque);
      // most of what a module gives is a table
      pushText(L, opaque === undefined ? typeNameAt(L, 1) : "table");
      return 1;
    },
    unpack: (L) => unpack(L, meter),
  };
}

function pushEntry(L: LuaState, table: Table, key: TValue | undefined): void {
  const found = key === undefined ? undefined : entryOf(table, key);
  if (found === undefined) lua.lua_pushnil(L);
  else pushSlot(L, found);
}

/** Pushes an item of a list without metamethods, as most of LuaJIT's library reads it. */
export function pushItem(L: LuaState, table: Table, index: number): void {
  const found = entryNumbered(table, index);
  if (found === undefined) lua.lua_pushnil(L);
  else pushSlot(L, found);
}

/** `unpack(list, first, last)`, also `table.unpack`. */
export function unpack(L: LuaState, meter: Meter): number {
  const table = checkedTable(L, 1);
  const first = integerAt(L, 2, 1);
  const last = isNothing(L, 3) ? tableLength(table, meter) : integerAt(L, 3);
  const count = last - first + 1;
  if (count <= 0) return 0;
  meter.stack(L.top + count);
  meter.spend(count);
  lua.lua_checkstack(L, count);
  for (let index = first; index <= last; index++) pushItem(L, table, index);
  return count;
}

/** Pushes what `tostring` gives for the value at `index`. */
export function pushToString(L: LuaState, index: number, meter: Meter): void {
  const method = metafield(L, index, "__tostring");
  if (method !== undefined) {
    lua.lua_pushvalue(L, index);
    pushSlot(L, method);
    lua.lua_insert(L, -2);
    lua.lua_call(L, 1, 1);
    return;
  }
  switch (lua.lua_type(L, index)) {
    case lua.LUA_TSTRING:
      lua.lua_pushvalue(L, index);
      break;
    case lua.LUA_TNUMBER:
      meter.string(16);
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
      pushText(L, isNull(slotAt(L, index)) ? "userdata: NULL" : "userdata"); // the only one is ngx.null
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

function toNumber(L: LuaState, base: number, meter: Meter): number | undefined {
  const type = lua.lua_type(L, 1);
  if (base === 10) {
    if (type === lua.LUA_TNUMBER) return lua.lua_tonumber(L, 1);
    if (type !== lua.LUA_TSTRING) return undefined;
    const bytes = bytesAt(L, 1);
    meter.spend(bytes.length >> 3);
    return numberIn(bytes);
  }
  if (base < 2 || base > 36) argumentError(L, 2, "base out of range");
  const bytes = bytesAt(L, 1);
  meter.spend(bytes.length >> 1);
  const digits = /^[ \t-\r]*(-?)([0-9a-zA-Z]+)[ \t-\r]*$/.exec(latin1(bytes));
  if (digits === null) return undefined;
  const text = digits[2] ?? "";
  let value = 0;
  for (const digit of base === 16 ? text.replace(/^0x(?=.)/i, "") : text) {
    const worth = parseInt(digit, 36);
    if (worth >= base) return undefined;
    value = value * base + worth;
  }
  return digits[1] === "-" ? -value : value;
}

function chunkNameAt(L: LuaState, text: Uint8Array): string {
  const name = lua.lua_type(L, 2) === lua.LUA_TSTRING ? bytesAt(L, 2) : undefined;
  if (name !== undefined) return showBytes(name.subarray(0, 100)).replace(/^[@=]/, "");
  return `[string "${showBytes(text.subarray(0, 40)).split(/[\r\n]/, 1)[0] ?? ""}"]`;
}

/** A function, or the function that runs at a level of the stack; undefined for functions of the library. */
function functionAt(L: LuaState, index: number): LClosure | undefined {
  if (lua.lua_type(L, index) === lua.LUA_TFUNCTION) return slotClosure(slotAt(L, index));
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

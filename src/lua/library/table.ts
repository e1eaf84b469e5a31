import * as lua from "fengari/src/lua.js";
import { luaL_len } from "fengari/src/lauxlib.js";
import { TValue } from "fengari/src/lobject.js";
import type { LuaState } from "fengari/src/lstate.js";
import { ByteBuilder } from "../byte-builder.js";
import { pushSlot } from "../interop.js";
import type { Meter } from "../meter.js";
import { lengthCost } from "../trips.js";
import {
  argumentError,
  bytesAt,
  checkedTable,
  checkFunction,
  integerAt,
  optionalBytesAt,
  typeNameAt,
} from "./arguments.js";
import { unpack } from "./base.js";
import type { Library } from "./library.js";
import { raise } from "./raise.js";

/** LuaJIT's `table`, with `getn`, `foreach` and OpenResty's additions; work over many entries is counted. */
export function tableLibrary(meter: Meter): Library {
  const lengthAt = (L: LuaState, index: number): number => {
    meter.spend(lengthCost(checkedTable(L, index)));
    return luaL_len(L, index);
  };
  /** Adds an entry that was not there. */
  const addEntry = (): void => meter.allocate(200);

  return {
    concat(L) {
      const last = lua.lua_isnoneornil(L, 4) ? lengthAt(L, 1) : integerAt(L, 4);
      checkedTable(L, 1);
      const separator = optionalBytesAt(L, 2) ?? new Uint8Array();
      const first = integerAt(L, 3, 1);
      const result = new ByteBuilder(meter);
      for (let index = first; index <= last; index++) {
        meter.spend(2);
        lua.lua_geti(L, 1, index);
        const type = lua.lua_type(L, -1);
        if (type !== lua.LUA_TSTRING && type !== lua.LUA_TNUMBER) {
          raise(L, `invalid value (${typeNameAt(L, -1)}) at index ${index} in table for 'concat'`);
        }
        result.append(bytesAt(L, lua.lua_gettop(L)));
        if (index < last) result.append(separator);
        lua.lua_pop(L, 1);
      }
      lua.lua_pushstring(L, result.take());
      return 1;
    },
    foreach(L) {
      const table = checkedTable(L, 1);
      checkFunction(L, 2);
      lua.lua_pushnil(L);
      for (;;) {
        meter.spend(2 + table.dead_strong.size);
        if (lua.lua_next(L, 1) === 0) return 0;
        lua.lua_pushvalue(L, 2);
        lua.lua_pushvalue(L, -3);
        lua.lua_pushvalue(L, -3);
        lua.lua_call(L, 2, 1);
        if (lua.lua_type(L, -1) !== lua.LUA_TNIL) return 1;
        lua.lua_pop(L, 2);
      }
    },
    foreachi(L) {
      const last = lengthAt(L, 1);
      checkFunction(L, 2);
      for (let index = 1; index <= last; index++) {
        meter.spend(2);
        lua.lua_pushvalue(L, 2);
        lua.lua_pushnumber(L, index);
        lua.lua_rawgeti(L, 1, index);
        lua.lua_call(L, 2, 1);
        if (lua.lua_type(L, -1) !== lua.LUA_TNIL) return 1;
        lua.lua_pop(L, 1);
      }
      return 0;
    },
    getn(L) {
      lua.lua_pushnumber(L, lengthAt(L, 1));
      return 1;
    },
    insert(L) {
      const end = lengthAt(L, 1) + 1;
      const count = lua.lua_gettop(L);
      if (count < 2 || count > 3) raise(L, "wrong number of arguments to 'insert'");
      const position = count === 3 ? integerAt(L, 2) : end;
      meter.spend(Math.max(0, end - position));
      addEntry();
      for (let index = end; index > position; index--) {
        lua.lua_geti(L, 1, index - 1);
        lua.lua_seti(L, 1, index);
      }
      lua.lua_seti(L, 1, position);
      return 0;
    },
    maxn(L) {
      const table = checkedTable(L, 1);
      meter.spend(table.strong.size);
      let most = 0;
      for (let entry = table.f; entry !== undefined; entry = entry.n) {
        if (typeof entry.key.value === "number") most = Math.max(most, entry.key.value);
      }
      lua.lua_pushnumber(L, most);
      return 1;
    },
    move(L) {
      checkedTable(L, 1);
      const from = integerAt(L, 2);
      const last = integerAt(L, 3);
      const to = integerAt(L, 4);
      const target = lua.lua_isnoneornil(L, 5) ? 1 : 5;
      checkedTable(L, target);
      const count = Math.max(0, last - from + 1);
      meter.spend(2 * count);
      meter.allocate(200 * count);
      const forward = to > last || to <= from || target !== 1;
      for (let done = 0; done < count; done++) {
        const offset = forward ? done : count - 1 - done;
        lua.lua_geti(L, 1, from + offset);
        lua.lua_seti(L, target, to + offset);
      }
      lua.lua_pushvalue(L, target);
      return 1;
    },
    pack(L) {
      const count = lua.lua_gettop(L);
      meter.table();
      meter.spend(count);
      meter.allocate(200 * count);
      lua.lua_newtable(L);
      lua.lua_insert(L, 1);
      for (let index = count; index >= 1; index--) lua.lua_seti(L, 1, index);
      lua.lua_pushnumber(L, count);
      lua.lua_setfield(L, 1, nameOfCount);
      return 1;
    },
    remove(L) {
      const last = lengthAt(L, 1);
      if (lua.lua_gettop(L) > 1 && last === 0) return 0;
      const position = lua.lua_gettop(L) > 1 ? integerAt(L, 2) : last;
      if (position < 1 || position > last) return 0;
      meter.spend(last - position);
      lua.lua_geti(L, 1, position);
      for (let index = position; index < last; index++) {
        lua.lua_geti(L, 1, index + 1);
        lua.lua_seti(L, 1, index);
      }
      lua.lua_pushnil(L);
      lua.lua_seti(L, 1, last);
      return 1;
    },
    sort(L) {
      const last = lengthAt(L, 1);
      const table = checkedTable(L, 1);
      const hasOrder = !lua.lua_isnoneornil(L, 2);
      if (hasOrder) checkFunction(L, 2);
      if (last > table.strong.size) argumentError(L, 1, "too many entries to sort");
      meter.spend(last * Math.ceil(Math.log2(last + 2)));
      const slots: TValue[] = [];
      for (let index = 1; index <= last; index++) {
        lua.lua_geti(L, 1, index);
        const slot = L.stack[L.top - 1];
        if (slot !== undefined) slots.push(new TValue(slot.type, slot.value));
        lua.lua_pop(L, 1);
      }
      const isBefore = (a: TValue, b: TValue): boolean => {
        if (hasOrder) lua.lua_pushvalue(L, 2);
        pushSlot(L, a);
        pushSlot(L, b);
        if (hasOrder) lua.lua_call(L, 2, 1);
        const before = hasOrder ? lua.lua_toboolean(L, -1) : lua.lua_compare(L, -2, -1, lua.LUA_OPLT);
        lua.lua_pop(L, hasOrder ? 1 : 2);
        return before;
      };
      slots.sort((a, b) => (isBefore(a, b) ? -1 : isBefore(b, a) ? 1 : 0));
      for (const [index, slot] of slots.entries()) {
        pushSlot(L, slot);
        lua.lua_seti(L, 1, index + 1);
      }
      return 0;
    },
    unpack: (L) => unpack(L, meter),
    ...openRestyTables(meter),
  };
}

/** What OpenResty's LuaJIT gives as `require "table.new"` and so on. */
export function openRestyTables(meter: Meter): Library {
  return {
    new(L) {
      meter.table();
      lua.lua_newtable(L);
      return 1;
    },
    clear(L) {
      const table = checkedTable(L, 1);
      meter.spend(2 * table.strong.size);
      lua.lua_pushnil(L);
      while (lua.lua_next(L, 1) !== 0) {
        lua.lua_pop(L, 1);
        lua.lua_pushvalue(L, -1);
        lua.lua_pushnil(L);
        lua.lua_rawset(L, 1);
      }
      return 0;
    },
    clone(L) {
      const table = checkedTable(L, 1);
      meter.table();
      meter.spend(2 * table.strong.size);
      meter.allocate(200 * table.strong.size);
      lua.lua_newtable(L);
      for (let entry = table.f; entry !== undefined; entry = entry.n) {
        pushSlot(L, entry.key);
        pushSlot(L, entry.value);
        lua.lua_rawset(L, -3);
      }
      return 1;
    },
    isempty(L) {
      lua.lua_pushboolean(L, checkedTable(L, 1).strong.size === 0);
      return 1;
    },
    isarray(L) {
      const table = checkedTable(L, 1);
      meter.spend(table.strong.size);
      let isArray = true;
      for (let entry = table.f; entry !== undefined; entry = entry.n) {
        if (typeof entry.key.value !== "number") isArray = false;
      }
      lua.lua_pushboolean(L, isArray);
      return 1;
    },
    nkeys(L) {
      lua.lua_pushnumber(L, checkedTable(L, 1).strong.size);
      return 1;
    },
  };
}

const nameOfCount = Uint8Array.of(0x6e); // "n"

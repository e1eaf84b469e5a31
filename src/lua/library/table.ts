import * as lua from "fengari/src/lua.js";
import { TValue } from "fengari/src/lobject.js";
import type { LuaState } from "fengari/src/lstate.js";
import { TString } from "fengari/src/lstring.js";
import type { Table } from "fengari/src/ltable.js";
import { ByteBuilder } from "../byte-builder.js";
import { entryNumbered, pushBytes, pushKey, pushSlot, setEntry, setNamed, slotAt } from "../interop.js";
import type { Meter } from "../meter.js";
import { followChain, prepareKey, tableLength } from "../operations.js";
import { nextEntry } from "../tables.js";
import {
  bytesAt,
  checkedTable,
  checkFunction,
  integerAt,
  isNothing,
  optionalBytesAt,
  typeNameAt,
} from "./arguments.js";
import { pushItem, unpack } from "./base.js";
import type { Library } from "./library.js";
import { raise } from "./raise.js";
import { sortInPlace } from "./sort.js";

/** LuaJIT's `table`, with `getn`, `foreach` and OpenResty's additions; work over many entries is counted. */
export function tableLibrary(meter: Meter): Library {
  const lengthAt = (L: LuaState, index: number): number => tableLength(checkedTable(L, index), meter);
  /** Pops a value into the list at 1. */
  const setItem = (L: LuaState, table: Table, index: number): void => {
    lua.lua_pushnumber(L, index);
    const [value, key] = [L.stack[L.top - 2], L.stack[L.top - 1]];
    if (key !== undefined && value !== undefined) setEntry(L, table, key, value);
    lua.lua_pop(L, 2);
  };
  const moveItem = (L: LuaState, table: Table, from: number, to: number): void => {
    pushItem(L, table, from);
    setItem(L, table, to);
  };

  /** Counts a look-up with the key at the top of the stack. */
  const follow = (L: LuaState, index: number, event: "__index" | "__newindex"): void => {
    const [table, key] = [slotAt(L, index), L.stack[L.top - 1]];
    if (table !== undefined && key !== undefined) followChain(L, table, key, event, meter);
  };

  return {
    concat(L) {
      const table = checkedTable(L, 1);
      const separator = optionalBytesAt(L, 2) ?? new Uint8Array();
      const first = integerAt(L, 3, 1);
      const last = isNothing(L, 4) ? lengthAt(L, 1) : integerAt(L, 4);
      const result = new ByteBuilder(meter);
      for (let index = first; index <= last; index++) {
        meter.spend(2);
        pushItem(L, table, index);
        const type = lua.lua_type(L, -1);
        if (type !== lua.LUA_TSTRING && type !== lua.LUA_TNUMBER) {
          raise(L, `invalid value (${typeNameAt(L, -1)}) at index ${index} in table for 'concat'`);
        }
        result.append(bytesAt(L, lua.lua_gettop(L)));
        if (index < last) result.append(separator);
        lua.lua_pop(L, 1);
      }
      pushBytes(L, result.take());
      return 1;
    },
    foreach(L) {
      const table = checkedTable(L, 1);
      checkFunction(L, 2);
      lua.lua_settop(L, 2);
      lua.lua_pushnil(L);
      for (;;) {
        meter.spend(4);
        const key = slotAt(L, 3);
        const entry = key === undefined ? undefined : nextEntry(table, key, meter);
        if (entry === null) return raise(L, "invalid key to 'next'");
        if (entry === undefined) return 0;
        lua.lua_settop(L, 2);
        pushKey(L, entry.key);
        lua.lua_pushvalue(L, 2);
        pushKey(L, entry.key);
        pushSlot(L, entry.value);
        lua.lua_call(L, 2, 1);
        if (lua.lua_type(L, -1) !== lua.LUA_TNIL) return 1;
        lua.lua_pop(L, 1);
      }
    },
    foreachi(L) {
      const table = checkedTable(L, 1);
      const last = lengthAt(L, 1);
      checkFunction(L, 2);
      for (let index = 1; index <= last; index++) {
        meter.spend(4);
        lua.lua_pushvalue(L, 2);
        lua.lua_pushnumber(L, index);
        pushItem(L, table, index);
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
      const table = checkedTable(L, 1);
      const end = lengthAt(L, 1) + 1;
      const count = lua.lua_gettop(L);
      if (count < 2 || count > 3) raise(L, "wrong number of arguments to 'insert'");
      const position = count === 3 ? integerAt(L, 2) : end;
      meter.spend(Math.max(0, end - position));
      meter.entries(1);
      for (let index = end; index > position; index--) moveItem(L, table, index - 1, index);
      setItem(L, table, position);
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
      const target = isNothing(L, 5) ? 1 : 5;
      checkedTable(L, target);
      const count = Math.max(0, last - from + 1);
      meter.entries(count);
      const forward = to > last || to <= from || target !== 1;
      for (let done = 0; done < count; done++) {
        const offset = forward ? done : count - 1 - done;
        lua.lua_pushnumber(L, to + offset);
        follow(L, target, "__newindex");
        lua.lua_pushnumber(L, from + offset);
        follow(L, 1, "__index");
        lua.lua_gettable(L, 1);
        lua.lua_settable(L, target);
      }
      lua.lua_pushvalue(L, target);
      return 1;
    },
    pack(L) {
      const count = lua.lua_gettop(L);
      meter.table();
      meter.entries(count);
      lua.lua_newtable(L);
      const table = checkedTable(L, -1);
      lua.lua_insert(L, 1);
      for (let index = count; index >= 1; index--) setItem(L, table, index);
      table.listSize = count;
      lua.lua_pushnumber(L, count);
      setNamed(L, "n");
      return 1;
    },
    remove(L) {
      const table = checkedTable(L, 1);
      const last = lengthAt(L, 1);
      const position = isNothing(L, 2) ? last : integerAt(L, 2);
      if (position < 1 || position > last) return 0;
      meter.spend(last - position);
      pushItem(L, table, position);
      for (let index = position; index < last; index++) moveItem(L, table, index + 1, index);
      lua.lua_pushnil(L);
      setItem(L, table, last);
      return 1;
    },
    sort(L) {
      const table = checkedTable(L, 1);
      const last = lengthAt(L, 1);
      const hasOrder = !isNothing(L, 2);
      if (hasOrder) checkFunction(L, 2);
      lua.lua_settop(L, 2);
      meter.spend(2 * last);
      const slots: TValue[] = [];
      for (let index = 1; index <= last; index++) {
        const slot = entryNumbered(table, index);
        if (slot !== undefined) slots.push(new TValue(slot.type, slot.value));
      }
      const isBefore = (a: TValue, b: TValue): boolean => {
        meter.spend(4);
        if (hasOrder) lua.lua_pushvalue(L, 2);
        for (const slot of [a, b]) {
          if (!hasOrder && slot.value instanceof TString) prepareKey(slot.value, meter);
          pushSlot(L, slot);
        }
        if (hasOrder) lua.lua_call(L, 2, 1);
        const before = hasOrder ? lua.lua_toboolean(L, -1) : lua.lua_compare(L, -2, -1, lua.LUA_OPLT);
        lua.lua_pop(L, hasOrder ? 1 : 2);
        return before;
      };
      if (!sortInPlace(slots, isBefore)) raise(L, "invalid order function for sorting");
      for (const [index, slot] of slots.entries()) {
        pushSlot(L, slot);
        setItem(L, table, index + 1);
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
      const nothing = L.stack[L.top - 1];
      for (let entry = table.f; entry !== undefined && nothing !== undefined; entry = table.f) {
        setEntry(L, table, entry.key, nothing);
      }
      return 0;
    },
    clone(L) {
      const table = checkedTable(L, 1);
      meter.table();
      meter.entries(table.strong.size);
      lua.lua_newtable(L);
      const copy = checkedTable(L, -1);
      for (let entry = table.f; entry !== undefined; entry = entry.n) setEntry(L, copy, entry.key, entry.value);
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

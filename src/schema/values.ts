import type { LuaTable } from "../lua/value.js";
import { LuaBytes, LuaFunctionValue, LuaOpaque, type LuaValue } from "../lua/value.js";
import { specialKeys, type Value, type ValueMap } from "./model.js";

/** Turns Lua data into values. A table that stands in two places becomes one object; keep one converter for one tree. */
export class ValueConverter {
  readonly #known = new Map<LuaTable, Value>();

  value(lua: LuaValue): Value {
    if (lua === null || typeof lua !== "object") return lua;
    if (lua instanceof LuaOpaque) return { opaque: lua.path };
    if (lua instanceof LuaBytes) return { bytes: lua.base64 };
    if (lua instanceof LuaFunctionValue) {
      const { id, digest, position } = lua;
      return { luaFunction: id, digest, ...(position === undefined ? {} : { position }) };
    }
    const known = this.#known.get(lua);
    if (known !== undefined) return known;
    const value = this.#table(lua);
    this.#known.set(lua, value);
    return value;
  }

  /** Some entries of a table with string keys. */
  map(table: LuaTable, isWanted: (key: string) => boolean): ValueMap {
    const entries: [string, Value][] = [];
    for (const { key, value } of table.entries) {
      if (typeof key === "string" && isWanted(key)) entries.push([key, this.value(value)]);
    }
    return Object.fromEntries(entries);
  }

  #table({ entries }: LuaTable): Value {
    if (entries.every(({ key }, index) => key === index + 1)) return entries.map((entry) => this.value(entry.value));
    const named: [string, Value][] = [];
    for (const { key, value } of entries) {
      if (typeof key !== "string" || isSpecialKey(key)) {
        return { luaTable: entries.map((entry) => [this.value(entry.key), this.value(entry.value)] as const) };
      }
      named.push([key, this.value(value)]);
    }
    return Object.fromEntries(named);
  }
}

export function toValue(lua: LuaValue): Value {
  return new ValueConverter().value(lua);
}

function isSpecialKey(key: string): boolean {
  return specialKeys.some((special) => special === key);
}

/** Freezes plain data through and through. */
export function deepFreeze<T>(data: T): T {
  if (typeof data !== "object" || data === null || Object.isFrozen(data)) return data;
  Object.freeze(data);
  for (const value of Object.values(data)) deepFreeze(value);
  return data;
}

import { constant_types as types } from "fengari/src/defs.js";
import * as lua from "fengari/src/lua.js";
import { LClosure, TValue, Udata } from "fengari/src/lobject.js";
import type { LuaState } from "fengari/src/lstate.js";
import { TString } from "fengari/src/lstring.js";
import { invalidateTMcache, luaH_getstr, luaH_setfrom, Table } from "fengari/src/ltable.js";
import { keyed, luaName, luaString, showBytes } from "./strings.js";

/** Pushes what a slot of a table, a closure or another stack holds. */
export function pushSlot(L: LuaState, slot: TValue): void {
  L.stack[L.top++] = new TValue(slot.type, slot.value);
}

/** Pushes a key as Lua code is to see it: fengari's tables hold whole numbers as integers of 32 bits, which would wrap. */
export function pushKey(L: LuaState, key: TValue): void {
  if (typeof key.value === "number") lua.lua_pushnumber(L, key.value);
  else pushSlot(L, key);
}

/** Pushes a string; the bytes must not be changed any more. */
export function pushBytes(L: LuaState, bytes: Uint8Array): void {
  L.stack[L.top++] = stringSlot(new TString(null, bytes));
}

export function pushText(L: LuaState, text: string): void {
  L.stack[L.top++] = stringSlot(luaString(text));
}

export function stringSlot(string: TString): TValue {
  return new TValue(types.LUA_TLNGSTR, string);
}

export function tableAt(L: LuaState, index: number): Table | undefined {
  const pointer = lua.lua_topointer(L, index);
  return pointer instanceof Table ? pointer : undefined;
}

/** What stands at an index of the running function, counted from 1. */
export function slotAt(L: LuaState, index: number): TValue | undefined {
  const at = L.ci.funcOff + index;
  return at < L.top ? L.stack[at] : undefined;
}

/** The bytes that a slot holds, where it holds a string. */
export function slotBytes(slot: TValue | undefined): Uint8Array | undefined {
  return slot?.value instanceof TString ? slot.value.realstring : undefined;
}

export function slotClosure(slot: TValue | undefined): LClosure | undefined {
  return slot?.value instanceof LClosure ? slot.value : undefined;
}

/** Sets an entry without metamethods. */
export function setEntry(L: LuaState, table: Table, key: TValue, value: TValue): void {
  if (key.value instanceof TString) keyed(key.value);
  luaH_setfrom(L, table, key, value);
  invalidateTMcache(table);
}

/** An entry by its name, without metamethods; undefined for nil. */
export function entryNamed(table: Table, name: string): TValue | undefined {
  const slot = luaH_getstr(table, luaName(name));
  return slot.type === types.LUA_TNIL ? undefined : slot;
}

/** An entry by its number, without metamethods; undefined for nil. */
export function entryNumbered(table: Table, index: number): TValue | undefined {
  return table.strong.get(index)?.value;
}

/** An entry by any key, without metamethods; undefined for nil. */
export function entryOf(table: Table, key: TValue): TValue | undefined {
  return table.strong.get(mapKey(key))?.value;
}

/** Under what fengari keeps an entry with this key. */
export function mapKey({ value }: TValue): unknown {
  return value instanceof TString ? keyed(value).hash : value;
}

/** Pops a value into the table below it, under a name of ours. */
export function setNamed(L: LuaState, name: string): void {
  const table = tableAt(L, -2);
  const value = L.stack[L.top - 1];
  if (table !== undefined && value !== undefined) setEntry(L, table, stringSlot(luaName(name)), value);
  lua.lua_pop(L, 1);
}

/** Sets a field of the table at the top of the stack to a function. */
export function setFunction(L: LuaState, name: string, fn: lua.LuaCFunction): void {
  const table = tableAt(L, -1);
  if (table !== undefined) setEntry(L, table, stringSlot(luaName(name)), new TValue(types.LUA_TLCF, fn));
}

/** The metatable of a value, or null. */
export function metatableOf(L: LuaState, slot: TValue): Table | null {
  const { value } = slot;
  if (value instanceof Table || value instanceof Udata) return value.metatable;
  return L.l_G.mt[slot.type & 0x0f] ?? null;
}

/** A metamethod or another field of the metatable of what stands at an index; undefined where there is none. */
export function metafield(L: LuaState, index: number, name: string): TValue | undefined {
  const slot = slotAt(L, index);
  const metatable = slot === undefined ? null : metatableOf(L, slot);
  return metatable === null ? undefined : entryNamed(metatable, name);
}

/** The innermost Lua function that is running in a thread: its source's name and its line. */
export function runningLine(L: LuaState): { source: string; line: number } | undefined {
  for (let frame: typeof L.ci | null = L.ci; frame !== null; frame = frame.previous) {
    const closure = slotClosure(frame.func);
    if (closure === undefined) continue;
    const line = closure.p.lineinfo[Math.max(0, frame.l_savedpc - 1)];
    const source = closure.p.source === null ? "" : showBytes(closure.p.source.realstring);
    return line === undefined ? undefined : { source: source.replace(/^[@=]/, ""), line };
  }
  return undefined;
}

/** The one value that stands for `ngx.null` in every state. */
const nullValue = Object.freeze({ ngx: "null" });

export function pushNull(L: LuaState): void {
  L.stack[L.top++] = new TValue(types.LUA_TLIGHTUSERDATA, nullValue);
}

export function isNull(slot: TValue | undefined): boolean {
  return slot?.type === types.LUA_TLIGHTUSERDATA;
}

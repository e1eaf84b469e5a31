import * as lua from "fengari/src/lua.js";
import type { TValue } from "fengari/src/lobject.js";
import { LClosure } from "fengari/src/lobject.js";
import type { LuaState } from "fengari/src/lstate.js";
import { TString } from "fengari/src/lstring.js";
import { Table } from "fengari/src/ltable.js";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function toBytes(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text of a Lua string, or undefined where its bytes are not UTF-8. */
export function fromBytes(bytes: Uint8Array): string | undefined {
  if (bytes.length < 64 && bytes.every((byte) => byte < 0x80)) return String.fromCharCode(...bytes);
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text of a Lua string for a person to read. */
export function showBytes(bytes: Uint8Array): string {
  return fromBytes(bytes) ?? new TextDecoder().decode(bytes);
}

export function pushText(L: LuaState, text: string): void {
  lua.lua_pushstring(L, toBytes(text));
}

/** Pushes what a slot of a table, a closure or another stack holds. */
export function pushSlot(L: LuaState, slot: TValue): void {
  lua.lua_pushnil(L);
  L.stack[L.top - 1]?.setfrom(slot);
}

/** Sets a field of the table at the top of the stack to a function. */
export function setFunction(L: LuaState, name: string, fn: lua.LuaCFunction): void {
  lua.lua_pushcfunction(L, fn);
  lua.lua_setfield(L, -2, toBytes(name));
}

export function tableAt(L: LuaState, index: number): Table | undefined {
  const pointer = lua.lua_topointer(L, index);
  return pointer instanceof Table ? pointer : undefined;
}

/** The bytes that a slot holds, where it holds a string. */
export function slotBytes(slot: TValue | undefined): Uint8Array | undefined {
  return slot?.value instanceof TString ? slot.value.realstring : undefined;
}

export function slotClosure(slot: TValue | undefined): LClosure | undefined {
  return slot?.value instanceof LClosure ? slot.value : undefined;
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
  lua.lua_pushlightuserdata(L, nullValue);
}

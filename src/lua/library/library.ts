import * as lua from "fengari/src/lua.js";
import type { LuaState } from "fengari/src/lstate.js";
import { pushText, setFunction, setNamed } from "../interop.js";

/** Functions of a Lua library by name. */
export type Library = Readonly<Record<string, lua.LuaCFunction>>;

/** Pushes a new table with the functions of a library. */
export function pushLibrary(L: LuaState, library: Library): void {
  lua.lua_newtable(L);
  for (const [name, fn] of Object.entries(library)) setFunction(L, name, fn);
}

/** Sets numbers and texts in the table at the top of the stack. */
export function setConstants(L: LuaState, constants: Readonly<Record<string, number | string>>): void {
  for (const [name, value] of Object.entries(constants)) {
    if (typeof value === "number") lua.lua_pushnumber(L, value);
    else pushText(L, value);
    setNamed(L, name);
  }
}

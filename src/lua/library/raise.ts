import * as lua from "fengari/src/lua.js";
import { luaL_where } from "fengari/src/lauxlib.js";
import type { LuaState } from "fengari/src/lstate.js";
import { showBytes, pushText } from "../interop.js";

/** Raises a Lua error with the place of the running Lua function in front, as `luaL_error` does. */
export function raise(L: LuaState, message: string): never {
  luaL_where(L, 1);
  const where = lua.lua_tolstring(L, -1);
  pushText(L, (where === null ? "" : showBytes(where)) + message);
  return lua.lua_error(L);
}

import * as lua from "fengari/src/lua.js";
import { luaL_where } from "fengari/src/lauxlib.js";
import type { LuaState } from "fengari/src/lstate.js";
import { pushText, slotBytes } from "../interop.js";
import { showBytes } from "../strings.js";

/** Raises a Lua error with the place of the running Lua function in front, as `luaL_error` does. */
export function raise(L: LuaState, message: string): never {
  luaL_where(L, 1);
  const where = slotBytes(L.stack[L.top - 1]);
  pushText(L, (where === undefined ? "" : showBytes(where)) + message);
  return lua.lua_error(L);
}

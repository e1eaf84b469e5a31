import fengari from "fengari";

type State = Parameters<typeof fengari.lualib.luaL_openlibs>[0];

const { lua, lauxlib, lualib, to_luastring: bytes } = fengari;

/**
 * What evaluating a schema costs at least: a new state, its libraries, compiling and running the text. `require` gives a
 * module of which every part is callable, so nothing of typedefs is evaluated here.
 */
export function runInBareFengari(source: string): void {
  const L = lauxlib.luaL_newstate();
  lualib.luaL_openlibs(L);
  lua.lua_pushcfunction(L, requireStub);
  lua.lua_setglobal(L, bytes("require"));
  const text = bytes(source);
  if (
    lauxlib.luaL_loadbuffer(L, text, text.length, bytes("=schema")) !== lua.LUA_OK ||
    lua.lua_pcall(L, 0, 1, 0) !== lua.LUA_OK
  ) {
    throw new Error(lua.lua_tojsstring(L, -1));
  }
}

function requireStub(L: State): number {
  lua.lua_newtable(L);
  lua.lua_newtable(L);
  lua.lua_pushcfunction(L, partStub);
  lua.lua_setfield(L, -2, bytes("__index"));
  lua.lua_setmetatable(L, -2);
  return 1;
}

function partStub(L: State): number {
  lua.lua_newtable(L);
  lua.lua_newtable(L);
  lua.lua_pushcfunction(L, callStub);
  lua.lua_setfield(L, -2, bytes("__call"));
  lua.lua_setmetatable(L, -2);
  return 1;
}

function callStub(L: State): number {
  lua.lua_settop(L, 2);
  return 1;
}

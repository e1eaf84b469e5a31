/** What the benchmark's yardstick uses of fengari's entry point. */
declare module "fengari" {
  import type { LuaState as State } from "fengari/src/lstate.js";

  const fengari: {
    readonly to_luastring: (text: string) => Uint8Array;
    readonly lua: {
      readonly LUA_OK: number;
      lua_getglobal(L: State, name: Uint8Array): number;
      lua_newtable(L: State): void;
      lua_pcall(L: State, args: number, results: number, handler: number): number;
      lua_pushcfunction(L: State, pushed: (L: State) => number): void;
      lua_setfield(L: State, index: number, name: Uint8Array): void;
      lua_setglobal(L: State, name: Uint8Array): void;
      lua_setmetatable(L: State, index: number): void;
      lua_settop(L: State, index: number): void;
      lua_tojsstring(L: State, index: number): string;
    };
    readonly lauxlib: {
      luaL_newstate(): State;
      luaL_loadbuffer(L: State, text: Uint8Array, length: number, name: Uint8Array): number;
    };
    readonly lualib: { luaL_openlibs(L: State): void };
  };
  export default fengari;
}

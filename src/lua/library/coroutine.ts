import * as lua from "fengari/src/lua.js";
import { luaopen_coroutine } from "fengari/src/lcorolib.js";
import { CClosure } from "fengari/src/lobject.js";
import type { LuaState } from "fengari/src/lstate.js";
import { setFunction, toBytes } from "../interop.js";
import type { Meter } from "../meter.js";

export interface ThreadHost {
  readonly meter: Meter;
  /** The thread that is running; kept here, for instructions must know whose stack they work on. */
  thread: LuaState;
  /** Throws what a thread must not swallow. */
  succeeded(status: number): boolean;
}

/** What a new thread takes, and what it may do before its own count of instructions shows. */
const threadBytes = 4096;
const threadSteps = 1000;

/** Pushes fengari's `coroutine` library with its threads counted. */
export function pushCoroutineLibrary(L: LuaState, host: ThreadHost): void {
  luaopen_coroutine(L);
  const original = (name: string): lua.LuaCFunction => {
    lua.lua_getfield(L, -1, toBytes(name));
    const fn = L.stack[L.top - 1]?.value;
    lua.lua_pop(L, 1);
    if (!isCFunction(fn)) throw new Error(`fengari has no coroutine.${name}`);
    return fn;
  };
  const counted =
    (create: lua.LuaCFunction): lua.LuaCFunction =>
    (L) => {
      host.meter.allocate(threadBytes);
      host.meter.spend(threadSteps);
      return create(L);
    };
  const inThread =
    (resume: lua.LuaCFunction, threadOf: (L: LuaState) => LuaState | null): lua.LuaCFunction =>
    (L) => {
      const resumer = host.thread;
      host.thread = threadOf(L) ?? resumer;
      try {
        return resume(L);
      } finally {
        host.thread = resumer;
        host.succeeded(lua.LUA_OK);
      }
    };
  const wrap = counted(original("wrap"));

  setFunction(L, "create", counted(original("create")));
  setFunction(
    L,
    "resume",
    inThread(original("resume"), (L) => lua.lua_tothread(L, 1)),
  );
  setFunction(L, "wrap", (L) => {
    const results = wrap(L);
    const wrapper = L.stack[L.top - 1]?.value;
    if (wrapper instanceof CClosure)
      wrapper.f = inThread(wrapper.f, (L) => lua.lua_tothread(L, lua.lua_upvalueindex(1)));
    return results;
  });
}

function isCFunction(value: unknown): value is lua.LuaCFunction {
  return typeof value === "function";
}

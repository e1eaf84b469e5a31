import * as lua from "fengari/src/lua.js";
import type { LuaState } from "fengari/src/lstate.js";
import { pushSlot, pushText } from "../interop.js";
import type { Meter } from "../meter.js";
import { argumentError, checkFunction } from "./arguments.js";
import type { Library } from "./library.js";

export interface ThreadHost {
  readonly meter: Meter;
  /** The thread that is running; kept here, for instructions must know whose stack they work on. */
  thread: LuaState;
  /** Whether a call in a thread went well; throws what a thread must not swallow. */
  succeeded(L: LuaState, status: number): boolean;
}

/** What a new thread takes. */
const threadBytes = 4096;
const threadSteps = 100;

/** A yield is an exception. */
const resumeSteps = 20;

/** fengari's own bound on calls that go through JavaScript, and its status for a failure of JavaScript's. */
const maxNativeCalls = 200;
const nativeFailure = -1;

/** LuaJIT's `coroutine`, with threads counted and nothing swallowed that has to end the evaluation. */
export function coroutineLibrary(host: ThreadHost): Library {
  const create = (L: LuaState): LuaState => {
    checkFunction(L, 1);
    host.meter.allocate(threadBytes);
    host.meter.spend(threadSteps);
    const thread = lua.lua_newthread(L);
    lua.lua_pushvalue(L, 1);
    lua.lua_xmove(L, thread, 1);
    return thread;
  };

  /** Resumes a thread with the last `count` values of the stack, and pushes what it gives, or the error. */
  const resume = (L: LuaState, thread: LuaState, count: number): { readonly ok: boolean; readonly results: number } => {
    const status = statusOf(L, thread);
    if (status !== "suspended" || L.nCcalls + 1 >= maxNativeCalls) {
      pushText(L, status === "suspended" ? "C stack overflow" : refusals[status]);
      return { ok: false, results: 1 };
    }
    host.meter.spend(resumeSteps + count);
    lua.lua_checkstack(thread, count);
    lua.lua_xmove(L, thread, count);
    const resumer = host.thread;
    host.thread = thread;
    const outcome = resumed(L, thread, count);
    host.thread = resumer;
    if (!host.succeeded(thread, outcome)) {
      lua.lua_xmove(thread, L, 1);
      return { ok: false, results: 1 };
    }
    const results = lua.lua_gettop(thread);
    host.meter.stack(L.top + results);
    lua.lua_checkstack(L, results + 1);
    lua.lua_xmove(thread, L, results);
    return { ok: true, results };
  };

  return {
    create(L) {
      create(L);
      return 1;
    },
    resume(L) {
      const { ok, results } = resume(L, threadAt(L, 1), lua.lua_gettop(L) - 1);
      lua.lua_pushboolean(L, ok);
      lua.lua_insert(L, -(results + 1));
      return results + 1;
    },
    wrap(L) {
      const thread = create(L);
      lua.lua_pushcfunction(L, (L) => {
        const { ok, results } = resume(L, thread, lua.lua_gettop(L));
        if (ok) return results;
        const error = L.stack[L.top - 1];
        if (error !== undefined) pushSlot(L, error);
        return lua.lua_error(L);
      });
      return 1;
    },
    yield: (L) => lua.lua_yield(L, lua.lua_gettop(L)),
    status(L) {
      pushText(L, statusOf(L, threadAt(L, 1)));
      return 1;
    },
    running(L) {
      const isMain = lua.lua_pushthread(L);
      lua.lua_pushboolean(L, isMain);
      return 2;
    },
    isyieldable(L) {
      lua.lua_pushboolean(L, lua.lua_isyieldable(L));
      return 1;
    },
  };
}

/** fengari gives an error of Lua's for a failure of JavaScript's too, but then it has not marked the thread. */
function resumed(L: LuaState, thread: LuaState, count: number): number {
  const outcome = lua.lua_resume(thread, L, count);
  const isError = outcome !== lua.LUA_OK && outcome !== lua.LUA_YIELD;
  return isError && lua.lua_status(thread) !== outcome ? nativeFailure : outcome;
}

function threadAt(L: LuaState, index: number): LuaState {
  return lua.lua_type(L, index) === lua.LUA_TTHREAD
    ? (lua.lua_tothread(L, index) ?? L)
    : argumentError(L, index, "coroutine expected");
}

type Status = "running" | "suspended" | "normal" | "dead";

function statusOf(L: LuaState, thread: LuaState): Status {
  if (thread === L) return "running";
  switch (lua.lua_status(thread)) {
    case lua.LUA_YIELD:
      return "suspended";
    case lua.LUA_OK:
      if (thread.ci !== thread.base_ci) return "normal";
      return lua.lua_gettop(thread) === 0 ? "dead" : "suspended";
    default:
      return "dead";
  }
}

const refusals = {
  running: "cannot resume running coroutine",
  normal: "cannot resume non-suspended coroutine",
  dead: "cannot resume dead coroutine",
} as const satisfies Record<Exclude<Status, "suspended">, string>;

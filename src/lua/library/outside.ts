/**
 * What LuaJIT has and the sandbox has not, for it reaches outside. A node has all of it, so a validator that calls one of
 * these is not wrong: its answer is unknown here.
 */
export const outsideLibraries = {
  // prettier-ignore
  debug: [
    "debug", "getfenv", "gethook", "getinfo", "getlocal", "getmetatable", "getregistry", "getupvalue", "getuservalue",
    "setfenv", "sethook", "setlocal", "setmetatable", "setupvalue", "setuservalue", "traceback", "upvalueid", "upvaluejoin",
  ],
  io: ["close", "flush", "input", "lines", "open", "output", "popen", "read", "tmpfile", "type", "write"],
  // prettier-ignore
  os: ["clock", "date", "difftime", "execute", "exit", "getenv", "remove", "rename", "setlocale", "time", "tmpname"],
} as const;

/** Of LuaJIT and OpenResty; what is in them is not known here. */
export const outsideTables = ["jit", "ndk", "package"] as const;

export const outsideFunctions = ["dofile", "gcinfo", "loadfile", "newproxy"] as const;

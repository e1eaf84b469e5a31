import { isBundledPlugin } from "./bundled-plugins.js";

/**
 * The first parts of the names of modules that come with Kong Gateway: kong-3.9.1-0.rockspec, OpenResty and LuaJIT. Plugins
 * of others may bring modules below `resty` too; which of these are there differs by edition, so all are taken as shipped.
 */
const shippedRoots: ReadonlySet<string> = new Set([
  "binaryheap",
  "bit",
  "cjson",
  "coroutine",
  "debug",
  "ffi",
  "ffi-zlib",
  "inspect",
  "io",
  "jit",
  "kong",
  "lapis",
  "lfs",
  "lpeg",
  "lua_pack",
  "lua_system_constants",
  "lsyslog",
  "ltn12",
  "luatz",
  "lyaml",
  "math",
  "MessagePack",
  "mime",
  "multipart",
  "ndk",
  "ngx",
  "os",
  "package",
  "pb",
  "pgmoon",
  "pl",
  "prometheus_resty_counter",
  "protoc",
  "re",
  "resty",
  "socket",
  "ssl",
  "string",
  "syslog",
  "table",
  "tablepool",
  "thread",
  "version",
  "xxhash",
]);

/** Whether a module comes with the Gateway, so that a plugin does not bring it. */
export function isShippedModule(name: string): boolean {
  const [root = "", second, third] = name.split(".");
  if (root === "kong" && second === "plugins") return third !== undefined && isBundledPlugin(third);
  return shippedRoots.has(root);
}

import { outsideFunctions, outsideLibraries } from "./outside.js";

/** What each library of a state holds, in the order in which `pairs` finds it: known without making the libraries. */
// prettier-ignore
export const functionNames: Readonly<Record<string, readonly string[]>> = {
  "": [
    "assert", "collectgarbage", "error", "getmetatable", "setmetatable", "getfenv", "setfenv", "ipairs", "load", "loadstring", "next", "pairs",
    "pcall", "xpcall", "print", "rawequal", "rawget", "rawlen", "rawset", "select", "tonumber", "tostring", "type", "unpack", ...outsideFunctions,
  ],
  require: ["require"],
  string: [
    "dump", "byte", "char", "len", "lower", "upper", "reverse", "rep", "sub", "find", "match", "gmatch", "gsub", "format",
  ],
  table: [
    "concat", "foreach", "foreachi", "getn", "insert", "maxn", "move", "pack", "remove", "sort", "unpack", "new", "clear", "clone", "isempty",
    "isarray", "nkeys",
  ],
  math: [
    "abs", "acos", "asin", "atan", "ceil", "cos", "cosh", "deg", "exp", "floor", "log10", "rad", "sin", "sinh", "sqrt", "tan", "tanh", "atan2",
    "fmod", "log", "pow", "ldexp", "frexp", "modf", "max", "min", "random", "randomseed",
  ],
  bit: ["tobit", "bnot", "band", "bor", "bxor", "lshift", "rshift", "arshift", "rol", "ror", "bswap", "tohex"],
  coroutine: ["create", "resume", "wrap", "yield", "status", "running", "isyieldable"],
  ...outsideLibraries,
  ngx: ["log", "encode_base64", "decode_base64"],
  "kong.log": ["stderr", "emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"],
  "opaque value": [
    "__index", "__newindex", "__call", "__eq", "__lt", "__le", "__len", "__concat", "__add", "__sub", "__mul", "__div", "__mod", "__pow", "__unm",
  ],
};

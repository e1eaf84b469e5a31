import * as lua from "fengari/src/lua.js";
import type { TValue } from "fengari/src/lobject.js";
import type { LuaState } from "fengari/src/lstate.js";
import { pushNull, pushText, showBytes, toBytes } from "../interop.js";
import type { Meter } from "../meter.js";
import { formatNumber } from "../numbers.js";
import { LuaOpaque, LuaTable, type LuaArgument, type LuaValue } from "../value.js";
import { bytesAt } from "./arguments.js";
import { pushLibrary } from "./library.js";
import { raise } from "./raise.js";

export interface JsonHost {
  readonly meter: Meter;
  pushValue(L: LuaState, value: LuaArgument): void;
  readonly extractor: { value(slot: TValue | undefined, position: undefined): LuaValue | undefined };
  /** Notes that something asks for an opaque value; ends a call whose result hangs on it. */
  opaqueUsed(path: string): void;
}

/** lua-cjson, as far as schemas use it: `null`, `decode` and `encode`; the safe one gives `nil` and a message instead of an error. */
export function pushCjson(L: LuaState, host: JsonHost, { safe }: { safe: boolean }): void {
  const failing =
    (fn: (L: LuaState) => number): lua.LuaCFunction =>
    (L) => {
      try {
        return fn(L);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        if (!safe) raise(L, error.message);
        lua.lua_pushnil(L);
        pushText(L, error.message);
        return 2;
      }
    };
  pushLibrary(L, {
    decode: failing((L) => {
      host.pushValue(L, decode(showBytes(bytesAt(L, 1))));
      return 1;
    }),
    encode: failing((L) => {
      const text = encode(host.extractor.value(L.stack[L.ci.funcOff + 1], undefined), host);
      host.meter.string(text.length);
      pushText(L, text);
      return 1;
    }),
  });
  pushNull(L);
  lua.lua_setfield(L, -2, toBytes("null"));
}

/** Throws `SyntaxError`, with a message of our own: V8's differs from release to release. */
function decode(text: string): LuaArgument {
  try {
    return JSON.parse(text) as LuaArgument;
  } catch {
    throw new SyntaxError("Expected value but found invalid token");
  }
}

function encode(value: LuaValue | undefined, host: JsonHost): string {
  if (value === undefined || value === null) return "null";
  if (typeof value === "number") return formatNumber(value);
  if (typeof value === "string" || typeof value === "boolean") return JSON.stringify(value);
  if (value instanceof LuaOpaque) host.opaqueUsed(value.path);
  if (!(value instanceof LuaTable)) throw new SyntaxError("Cannot serialise userdata: type not supported");
  const isList = value.entries.length > 0 && value.entries.every(({ key }, index) => key === index + 1);
  if (isList) return `[${value.entries.map((entry) => encode(entry.value, host)).join(",")}]`;
  return `{${value.entries.map((entry) => `${encodeKey(entry.key)}:${encode(entry.value, host)}`).join(",")}}`;
}

function encodeKey(key: LuaValue): string {
  if (typeof key === "string" || typeof key === "number") return JSON.stringify(String(key));
  throw new SyntaxError("Cannot serialise table: table key must be a number or string");
}

import * as lua from "fengari/src/lua.js";
import type { TValue } from "fengari/src/lobject.js";
import type { LuaState } from "fengari/src/lstate.js";
import { pushText, slotAt } from "../interop.js";
import type { Meter } from "../meter.js";
import { formatNumber } from "../numbers.js";
import { LuaOpaque, LuaTable, type LuaArgument, type LuaValue } from "../value.js";
import { showBytes } from "../strings.js";
import { bytesAt } from "./arguments.js";
import type { Library } from "./library.js";
import { raise } from "./raise.js";

export interface JsonHost {
  readonly meter: Meter;
  pushValue(L: LuaState, value: LuaArgument): void;
  readValue(slot: TValue | undefined): LuaValue | undefined;
  /** Notes that something asks for an opaque value; ends a call whose result hangs on it. */
  opaqueUsed(path: string): void;
}

/** The functions of lua-cjson that schemas use; the safe ones give `nil` and a message instead of an error. */
export function cjsonLibrary(host: JsonHost, safe: boolean): Library {
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
  return {
    decode: failing((L) => {
      const bytes = bytesAt(L, 1);
      host.meter.spend(bytes.length);
      host.meter.allocate(bytes.length);
      host.pushValue(L, decode(showBytes(bytes)));
      return 1;
    }),
    encode: failing((L) => {
      const pieces: string[] = [];
      const writer = {
        write(piece: string): void {
          host.meter.string(piece.length);
          pieces.push(piece);
        },
        opaqueUsed: (path: string) => host.opaqueUsed(path),
      };
      encode(host.readValue(slotAt(L, 1)), writer);
      const text = pieces.join("");
      host.meter.string(text.length);
      pushText(L, text);
      return 1;
    }),
  };
}

/** Throws `SyntaxError`, with a message of our own: V8's differs from release to release. */
function decode(text: string): LuaArgument {
  try {
    return JSON.parse(text) as LuaArgument;
  } catch {
    throw new SyntaxError("Expected value but found invalid token");
  }
}

interface Writer {
  /** Takes the text piece by piece. */
  write(piece: string): void;
  opaqueUsed(path: string): void;
}

function encode(value: LuaValue | undefined, writer: Writer): void {
  if (value === undefined || value === null) return writer.write("null");
  if (typeof value === "number") return writer.write(formatNumber(value));
  if (typeof value === "boolean") return writer.write(String(value));
  if (typeof value === "string") return writer.write(quote(value));
  if (value instanceof LuaOpaque) writer.opaqueUsed(value.path);
  if (!(value instanceof LuaTable)) throw new SyntaxError("Cannot serialise userdata: type not supported");
  encodeTable(value, writer);
}

function encodeTable({ entries }: LuaTable, writer: Writer): void {
  const isList = entries.length > 0 && entries.every(({ key }, index) => key === index + 1);
  writer.write(isList ? "[" : "{");
  for (const [index, { key, value }] of entries.entries()) {
    if (index > 0) writer.write(",");
    if (!isList) writer.write(`${encodeKey(key)}:`);
    encode(value, writer);
  }
  writer.write(isList ? "]" : "}");
}

function encodeKey(key: LuaValue): string {
  if (typeof key === "string" || typeof key === "number") return quote(String(key));
  throw new SyntaxError("Cannot serialise table: table key must be a number or string");
}

/** As JavaScript does, but lua-cjson also escapes the slash and the delete character. */
function quote(text: string): string {
  return JSON.stringify(text).replaceAll("/", "\\/").replaceAll("\u007f", "\\u007f");
}

import * as lua from "fengari/src/lua.js";
import type { LuaState } from "fengari/src/lstate.js";
import { ByteBuilder } from "../byte-builder.js";
import { showBytes, toBytes } from "../interop.js";
import type { Meter } from "../meter.js";
import { formatExponent, formatFixed, formatGeneral } from "../numbers.js";
import { Matcher, PatternError, matchPattern, type PatternMatch } from "../patterns.js";
import { argumentError, bytesAt, integerAt, numberAt, optionalBytesAt, typeNameAt } from "./arguments.js";
import { pushToString } from "./base.js";
import type { Library } from "./library.js";
import { raise } from "./raise.js";

/** LuaJIT's `string`, with every string counted before it is made. `dump` is left out: there is no bytecode here. */
export function stringLibrary(meter: Meter): Library {
  const push = (L: LuaState, bytes: Uint8Array): number => {
    lua.lua_pushstring(L, bytes);
    return 1;
  };
  const mapBytes =
    (change: (bytes: Uint8Array) => Uint8Array): lua.LuaCFunction =>
    (L) => {
      const bytes = bytesAt(L, 1);
      meter.string(bytes.length);
      return push(L, change(bytes));
    };

  return {
    byte(L) {
      const bytes = bytesAt(L, 1);
      const first = integerAt(L, 2, 1);
      const { start, end } = slice(bytes.length, first, integerAt(L, 3, first));
      meter.stack(L.top + end - start);
      meter.spend(Math.max(0, end - start));
      lua.lua_checkstack(L, Math.max(0, end - start));
      for (let at = start; at < end; at++) lua.lua_pushnumber(L, bytes[at] ?? 0);
      return Math.max(0, end - start);
    },
    char(L) {
      const count = lua.lua_gettop(L);
      meter.string(count);
      const bytes = Uint8Array.from({ length: count }, (_, index) => {
        const code = integerAt(L, index + 1);
        if (code < 0 || code > 255) argumentError(L, index + 1, "invalid value");
        return code;
      });
      return push(L, bytes);
    },
    len(L) {
      lua.lua_pushnumber(L, bytesAt(L, 1).length);
      return 1;
    },
    lower: mapBytes((bytes) => bytes.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte))),
    upper: mapBytes((bytes) => bytes.map((byte) => (byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte))),
    reverse: mapBytes((bytes) => bytes.toReversed()),
    rep(L) {
      const bytes = bytesAt(L, 1);
      const count = Math.max(0, integerAt(L, 2));
      const separator = optionalBytesAt(L, 3) ?? new Uint8Array();
      const length = count === 0 ? 0 : bytes.length * count + separator.length * (count - 1);
      meter.string(length);
      const result = new Uint8Array(length);
      for (let at = 0; at < length;) {
        result.set(bytes, at);
        at += bytes.length;
        if (at < length) result.set(separator, at);
        at += separator.length;
      }
      return push(L, result);
    },
    sub(L) {
      const bytes = bytesAt(L, 1);
      const { start, end } = slice(bytes.length, integerAt(L, 2), integerAt(L, 3, -1));
      meter.string(Math.max(0, end - start));
      return push(L, start < end ? bytes.slice(start, end) : new Uint8Array());
    },
    find: (L) => find(L, meter, true),
    match: (L) => find(L, meter, false),
    gmatch: (L) => gmatch(L, meter),
    gsub: (L) => gsub(L, meter),
    format: (L) => push(L, formatString(L, meter)),
  };
}

/** Byte offsets for Lua's 1-based, negative-from-the-end positions. */
function slice(length: number, first: number, last: number): { start: number; end: number } {
  const start = first < 0 ? Math.max(0, length + first) : Math.max(0, first - 1);
  const end = last < 0 ? length + last + 1 : Math.min(last, length);
  return { start, end };
}

const magic = new Set(toBytes("^$*+?.([%-"));

function find(L: LuaState, meter: Meter, asPositions: boolean): number {
  const subject = bytesAt(L, 1);
  const pattern = bytesAt(L, 2);
  const first = integerAt(L, 3, 1);
  let init = first < 0 ? Math.max(0, subject.length + first) : Math.max(0, first - 1);
  if (init > subject.length) init = subject.length; // LuaJIT, built with 5.2 compatibility, gives nil for find here
  if (first - 1 > subject.length) {
    lua.lua_pushnil(L);
    return 1;
  }
  if (asPositions && (lua.lua_toboolean(L, 4) || !pattern.some((byte) => magic.has(byte)))) {
    meter.spend((subject.length - init) >> 2);
    const at = Buffer.from(subject.buffer, subject.byteOffset, subject.length).indexOf(pattern, init);
    if (at === -1 || at > subject.length) {
      lua.lua_pushnil(L);
      return 1;
    }
    lua.lua_pushnumber(L, at + 1);
    lua.lua_pushnumber(L, at + pattern.length);
    return 2;
  }
  const found = tryMatch(L, () => matchPattern(pattern, subject, init, meter));
  if (found === undefined) {
    lua.lua_pushnil(L);
    return 1;
  }
  if (!asPositions) return pushCaptures(L, found, meter);
  lua.lua_pushnumber(L, found.start + 1);
  lua.lua_pushnumber(L, found.end);
  return 2 + (hasCaptures(pattern) ? pushCaptures(L, found, meter) : 0);
}

/** Whether a pattern that was found to be well formed has a capture of its own. */
function hasCaptures(pattern: Uint8Array): boolean {
  let inSet = false;
  for (let at = 0; at < pattern.length; at++) {
    const byte = pattern[at];
    if (byte === 0x25) {
      if (!inSet && pattern[at + 1] === 0x62) at += 2;
      at++;
    } else if (byte === 0x5b && !inSet) {
      inSet = true;
      if (pattern[at + 1] === 0x5e) at++;
      if (pattern[at + 1] === 0x5d) at++;
    } else if (byte === 0x5d) inSet = false;
    else if (byte === 0x28 && !inSet) return true;
  }
  return false;
}

function tryMatch<T>(L: LuaState, match: () => T): T {
  try {
    return match();
  } catch (error) {
    if (error instanceof PatternError) raise(L, error.message);
    throw error;
  }
}

function pushCaptures(L: LuaState, { captures }: Pick<PatternMatch, "captures">, meter: Meter): number {
  lua.lua_checkstack(L, captures.length);
  for (const capture of captures) pushCapture(L, capture, meter);
  return captures.length;
}

function pushCapture(L: LuaState, capture: Uint8Array | number, meter: Meter): void {
  if (typeof capture === "number") lua.lua_pushnumber(L, capture);
  else {
    meter.string(capture.length);
    lua.lua_pushstring(L, capture);
  }
}

function gmatch(L: LuaState, meter: Meter): number {
  const subject = bytesAt(L, 1);
  const pattern = bytesAt(L, 2);
  let next = 0;
  lua.lua_pushcfunction(L, (L) => {
    const matcher = new Matcher(pattern, subject, meter);
    for (let start = next; start <= subject.length; start++) {
      const end = tryMatch(L, () => matcher.matchAt(start, 0));
      if (end === undefined) continue;
      next = end === start ? end + 1 : end;
      return pushCaptures(L, { captures: tryMatch(L, () => matcher.captures(start, end)) }, meter);
    }
    next = subject.length + 1;
    lua.lua_pushnil(L);
    return 1;
  });
  return 1;
}

function gsub(L: LuaState, meter: Meter): number {
  const subject = bytesAt(L, 1);
  const pattern = bytesAt(L, 2);
  const replacement = replacementAt(L, meter);
  const most = integerAt(L, 4, Infinity);
  const anchored = pattern[0] === 0x5e;
  const matcher = new Matcher(pattern, subject, meter);
  const result = new ByteBuilder(meter);
  let start = 0;
  let count = 0;
  while (count < most) {
    const end = tryMatch(L, () => matcher.matchAt(start, anchored ? 1 : 0));
    if (end !== undefined) {
      count++;
      const captures = tryMatch(L, () => matcher.captures(start, end));
      result.append(replacement(L, subject.subarray(start, end), captures) ?? subject.subarray(start, end));
    }
    if (end !== undefined && end > start) start = end;
    else if (start < subject.length) {
      result.appendByte(subject[start++] ?? 0);
    } else break;
    if (anchored) break;
  }
  result.append(subject.subarray(start));
  lua.lua_pushstring(L, result.take());
  lua.lua_pushnumber(L, count);
  return 2;
}

type Replacement = (
  L: LuaState,
  whole: Uint8Array,
  captures: readonly (Uint8Array | number)[],
) => Uint8Array | undefined;

/** The third argument of `gsub`. The function gives undefined where the match stays as it is. */
function replacementAt(L: LuaState, meter: Meter): Replacement {
  switch (lua.lua_type(L, 3)) {
    case lua.LUA_TSTRING:
    case lua.LUA_TNUMBER: {
      const template = bytesAt(L, 3);
      return (L, whole, captures) => expandTemplate(L, template, whole, captures, meter);
    }
    case lua.LUA_TTABLE:
      return (L, _whole, captures) => {
        const key = captures[0];
        if (key !== undefined) pushCapture(L, key, meter);
        lua.lua_gettable(L, 3);
        return takeReplacement(L);
      };
    case lua.LUA_TFUNCTION:
      return (L, _whole, captures) => {
        lua.lua_pushvalue(L, 3);
        lua.lua_call(L, pushCaptures(L, { captures }, meter), 1);
        return takeReplacement(L);
      };
    default:
      return argumentError(L, 3, `string/function/table expected, got ${typeNameAt(L, 3)}`);
  }
}

function takeReplacement(L: LuaState): Uint8Array | undefined {
  const isNothing = !lua.lua_toboolean(L, -1);
  const type = lua.lua_type(L, -1);
  if (!isNothing && type !== lua.LUA_TSTRING && type !== lua.LUA_TNUMBER) {
    raise(L, `invalid replacement value (a ${typeNameAt(L, -1)})`);
  }
  const bytes = isNothing ? undefined : bytesAt(L, lua.lua_gettop(L));
  lua.lua_pop(L, 1);
  return bytes;
}

function expandTemplate(
  L: LuaState,
  template: Uint8Array,
  whole: Uint8Array,
  captures: readonly (Uint8Array | number)[],
  meter: Meter,
): Uint8Array {
  if (!template.includes(0x25)) return template;
  const result = new ByteBuilder(meter);
  for (let at = 0; at < template.length; at++) {
    const byte = template[at] ?? 0;
    const next = byte === 0x25 ? (template[++at] ?? 0) : undefined;
    if (next === undefined || next < 0x30 || next > 0x39) {
      result.appendByte(next ?? byte);
      continue;
    }
    const capture = next === 0x30 ? whole : captures[next - 0x31];
    if (capture === undefined) raise(L, "invalid capture index");
    result.append(typeof capture === "number" ? toBytes(String(capture)) : capture);
  }
  return result.take();
}

/** `string.format`: LuaJIT's conversions (lib_string.c, lj_strfmt.c). */
function formatString(L: LuaState, meter: Meter): Uint8Array {
  const template = bytesAt(L, 1);
  const result = new ByteBuilder(meter);
  let argument = 1;
  let literalStart = 0;
  for (let at = template.indexOf(0x25); at !== -1; at = template.indexOf(0x25, literalStart)) {
    result.append(template.subarray(literalStart, at));
    if (template[at + 1] === 0x25) {
      result.appendByte(0x25);
      literalStart = at + 2;
      continue;
    }
    const specification = /^%([-+ #0]{0,5})(\d{0,2})(?:\.(\d{0,2}))?([A-Za-z])/.exec(
      String.fromCharCode(...template.subarray(at, at + 16)),
    );
    if (specification === null) return raise(L, "invalid option to 'format'");
    const [text, flags = "", width = "", precision, conversion = ""] = specification;
    literalStart = at + text.length;
    result.append(convert(L, ++argument, { flags, width: Number(width), precision, conversion }, meter));
  }
  result.append(template.subarray(literalStart));
  return result.take();
}

interface Conversion {
  readonly flags: string;
  readonly width: number;
  readonly precision: string | undefined;
  readonly conversion: string;
}

function convert(
  L: LuaState,
  index: number,
  { flags, width, precision, conversion }: Conversion,
  meter: Meter,
): Uint8Array {
  const digits = precision === undefined ? undefined : Number(precision);
  const padded = (text: string, isNumber: boolean): Uint8Array => toBytes(pad(text, flags, width, isNumber));
  const withSign = (text: string): string => {
    if (text.startsWith("-")) return text;
    if (flags.includes("+")) return `+${text}`;
    return flags.includes(" ") ? ` ${text}` : text;
  };
  switch (conversion) {
    case "c":
      return Uint8Array.of(integerAt(L, index) & 0xff);
    case "d":
    case "i":
      return padded(withSign(withDigits(wholeNumber(integerAt(L, index)), digits)), digits === undefined);
    case "u":
      return padded(withDigits(wholeNumber(unsigned(integerAt(L, index))), digits), digits === undefined);
    case "o":
    case "x":
    case "X": {
      const radix = conversion === "o" ? 8 : 16;
      const text = BigInt(unsigned(integerAt(L, index))).toString(radix);
      const prefix = flags.includes("#") && text !== "0" ? (radix === 8 ? "0" : "0x") : "";
      const shown = prefix + withDigits(text, digits);
      return padded(conversion === "X" ? shown.toUpperCase() : shown, digits === undefined);
    }
    case "e":
    case "E":
    case "f":
    case "g":
    case "G": {
      const value = numberAt(L, index);
      const text = formatFloat(value, conversion.toLowerCase(), digits ?? 6, flags.includes("#"));
      const shown = withSign(text);
      return padded(conversion === conversion.toUpperCase() ? shown.toUpperCase() : shown, Number.isFinite(value));
    }
    case "q":
      return quote(bytesAt(L, index), meter);
    case "s": {
      pushToString(L, index, meter);
      const bytes = bytesAt(L, lua.lua_gettop(L));
      lua.lua_pop(L, 1);
      if (width === 0 && digits === undefined) return bytes;
      const cut = digits === undefined ? bytes : bytes.subarray(0, digits);
      const padding = new Uint8Array(Math.max(0, width - cut.length)).fill(0x20);
      return Buffer.concat(flags.includes("-") ? [cut, padding] : [padding, cut]);
    }
    default:
      return raise(L, `invalid option '%${showBytes(toBytes(conversion))}' to 'format'`);
  }
}

function formatFloat(value: number, conversion: string, digits: number, alternate: boolean): string {
  if (conversion === "e") return formatExponent(value, digits);
  if (conversion === "f") return formatFixed(value, digits);
  return formatGeneral(value, digits, alternate);
}

/** An integer without exponent, however large. */
function wholeNumber(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : String(BigInt(value));
}

/** As C converts a negative number to an unsigned one of 64 bits. */
function unsigned(value: number): number {
  return value < 0 ? Number(BigInt.asUintN(64, BigInt(value))) : value;
}

function withDigits(text: string, digits: number | undefined): string {
  if (digits === undefined) return text;
  return text.startsWith("-") ? `-${text.slice(1).padStart(digits, "0")}` : text.padStart(digits, "0");
}

function pad(text: string, flags: string, width: number, zerosAllowed: boolean): string {
  if (flags.includes("-")) return text.padEnd(width);
  if (!flags.includes("0") || !zerosAllowed) return text.padStart(width);
  const sign = /^[-+ ]|^/.exec(text)?.[0] ?? "";
  return sign + text.slice(sign.length).padStart(width - sign.length, "0");
}

function quote(bytes: Uint8Array, meter: Meter): Uint8Array {
  const result = new ByteBuilder(meter);
  result.appendByte(0x22);
  for (const byte of bytes) {
    if (byte === 0x0d) result.append(toBytes("\\r"));
    else if (byte === 0) result.append(toBytes("\\0"));
    else {
      if (byte === 0x22 || byte === 0x5c || byte === 0x0a) result.appendByte(0x5c);
      result.appendByte(byte);
    }
  }
  result.appendByte(0x22);
  return result.take();
}

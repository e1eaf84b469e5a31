import * as lua from "fengari/src/lua.js";
import type { LuaState } from "fengari/src/lstate.js";
import { TString } from "fengari/src/lstring.js";
import { ByteBuilder } from "../byte-builder.js";
import { pushBytes, slotAt } from "../interop.js";
import type { Meter } from "../meter.js";
import { followChain, prepareKey } from "../operations.js";
import {
  type Capture,
  Matcher,
  PatternError,
  findPlain,
  hasCaptures,
  isAnchored,
  isPlain,
  matchPattern,
} from "../patterns.js";
import { toBytes } from "../strings.js";
import { argumentError, bytesAt, integerAt, optionalBytesAt, typeNameAt } from "./arguments.js";
import { formatString } from "./format.js";
import type { Library } from "./library.js";
import { raise } from "./raise.js";

/** LuaJIT's `string`, with every string counted before it is made. `dump` is left out: there is no bytecode here. */
export function stringLibrary(meter: Meter): Library {
  const push = (L: LuaState, bytes: Uint8Array): number => {
    pushBytes(L, bytes);
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
      const count = Math.max(0, end - start);
      meter.stack(L.top + count);
      meter.spend(count);
      lua.lua_checkstack(L, count);
      for (let at = start; at < end; at++) lua.lua_pushnumber(L, bytes[at] ?? 0);
      return count;
    },
    char(L) {
      const count = lua.lua_gettop(L);
      meter.string(count);
      meter.spend(count);
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
      return push(L, repeat(Buffer.concat([bytes, separator]), length));
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

/** Fills a string with a piece, over and over; the last one may be cut off. */
function repeat(piece: Uint8Array, length: number): Uint8Array {
  const result = new Uint8Array(length);
  result.set(piece.subarray(0, length));
  for (let filled = piece.length; filled < length; filled *= 2) result.copyWithin(filled, 0, filled);
  return result;
}

/** Byte offsets for Lua's 1-based, negative-from-the-end positions. */
function slice(length: number, first: number, last: number): { start: number; end: number } {
  const start = first < 0 ? Math.max(0, length + first) : Math.max(0, first - 1);
  const end = last < 0 ? length + last + 1 : Math.min(last, length);
  return { start, end };
}

function find(L: LuaState, meter: Meter, asPositions: boolean): number {
  const subject = bytesAt(L, 1);
  const pattern = bytesAt(L, 2);
  const first = integerAt(L, 3, 1);
  const init = first < 0 ? Math.max(0, subject.length + first) : Math.max(0, first - 1);
  meter.spend(pattern.length >> 3);
  const isSearch = asPositions && (lua.lua_toboolean(L, 4) || isPlain(pattern));
  const found =
    init > subject.length
      ? undefined
      : isSearch
        ? findPlain(pattern, subject, init, meter)
        : tryMatch(L, () => matchPattern(pattern, subject, init, meter));
  if (found === undefined) {
    lua.lua_pushnil(L);
    return 1;
  }
  if (!asPositions) return pushCaptures(L, found.captures, meter);
  lua.lua_pushnumber(L, found.start + 1);
  lua.lua_pushnumber(L, found.end);
  return 2 + (!isSearch && hasCaptures(pattern) ? pushCaptures(L, found.captures, meter) : 0);
}

function tryMatch<T>(L: LuaState, match: () => T): T {
  try {
    return match();
  } catch (error) {
    if (error instanceof PatternError) raise(L, error.message);
    throw error;
  }
}

function pushCaptures(L: LuaState, captures: readonly Capture[], meter: Meter): number {
  lua.lua_checkstack(L, captures.length);
  for (const capture of captures) pushCapture(L, capture, meter);
  return captures.length;
}

function pushCapture(L: LuaState, capture: Capture, meter: Meter): void {
  if (typeof capture === "number") lua.lua_pushnumber(L, capture);
  else {
    meter.string(capture.length);
    pushBytes(L, capture.slice());
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
      return pushCaptures(
        L,
        tryMatch(L, () => matcher.captures(start, end)),
        meter,
      );
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
  const anchored = isAnchored(pattern);
  const matcher = new Matcher(pattern, subject, meter);
  const result = new ByteBuilder(meter);
  let start = 0;
  let count = 0;
  while (count < most) {
    const end = tryMatch(L, () => matcher.matchAt(start, anchored ? 1 : 0));
    if (end !== undefined) {
      count++;
      const match = { matcher, start, end };
      result.append(tryMatch(L, () => replacement(match)) ?? subject.subarray(start, end));
    }
    if (end !== undefined && end > start) start = end;
    else if (start < subject.length) result.appendByte(subject[start++] ?? 0);
    else break;
    if (anchored) break;
  }
  result.append(subject.subarray(start));
  pushBytes(L, result.take());
  lua.lua_pushnumber(L, count);
  return 2;
}

interface Match {
  readonly matcher: Matcher;
  readonly start: number;
  readonly end: number;
}

/** What a match is replaced by; undefined keeps it. Throws `PatternError` where it asks for a capture that is not there. */
type Replacement = (match: Match) => Uint8Array | undefined;

function replacementAt(L: LuaState, meter: Meter): Replacement {
  switch (lua.lua_type(L, 3)) {
    case lua.LUA_TNUMBER:
    case lua.LUA_TSTRING: {
      const template = bytesAt(L, 3);
      return (match) => expandTemplate(template, match, meter);
    }
    case lua.LUA_TTABLE:
      return ({ matcher, start, end }) => {
        pushCapture(L, matcher.capture(0, start, end), meter);
        const [table, slot] = [slotAt(L, 3), L.stack[L.top - 1]];
        if (slot?.value instanceof TString) prepareKey(slot.value, meter);
        if (table !== undefined && slot !== undefined) followChain(L, table, slot, "__index", meter);
        lua.lua_gettable(L, 3);
        return takeReplacement(L);
      };
    case lua.LUA_TFUNCTION:
      return ({ matcher, start, end }) => {
        lua.lua_pushvalue(L, 3);
        lua.lua_call(L, pushCaptures(L, matcher.captures(start, end), meter), 1);
        return takeReplacement(L);
      };
    default:
      return argumentError(L, 3, `string/function/table expected, got ${typeNameAt(L, 3)}`);
  }
}

function takeReplacement(L: LuaState): Uint8Array | undefined {
  const isKept = !lua.lua_toboolean(L, -1);
  const type = lua.lua_type(L, -1);
  if (!isKept && type !== lua.LUA_TSTRING && type !== lua.LUA_TNUMBER) {
    raise(L, `invalid replacement value (a ${typeNameAt(L, -1)})`);
  }
  const bytes = isKept ? undefined : bytesAt(L, lua.lua_gettop(L));
  lua.lua_pop(L, 1);
  return bytes;
}

function expandTemplate(template: Uint8Array, { matcher, start, end }: Match, meter: Meter): Uint8Array {
  meter.spend(template.length >> 2);
  if (!template.includes(0x25)) return template;
  const result = new ByteBuilder(meter);
  for (let at = 0; at < template.length; at++) {
    const byte = template[at] ?? 0;
    const next = byte === 0x25 ? (template[++at] ?? 0) : undefined;
    if (next === undefined || next < 0x30 || next > 0x39) {
      result.appendByte(next ?? byte);
      continue;
    }
    // %0 is the whole match
    const capture = next === 0x30 ? matcher.whole(start, end) : matcher.capture(next - 0x31, start, end);
    result.append(typeof capture === "number" ? toBytes(String(capture)) : capture);
  }
  return result.take();
}

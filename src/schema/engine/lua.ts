import { formatNumber, parseNumber } from "../../lua/numbers.js";
import { LuaBytes, LuaFunctionValue, LuaOpaque } from "../../lua/value.js";
import { Table } from "./data.js";
import type { Data } from "./data.js";

/** An error that Kong's own code, or a function of the schema, raises. Nothing catches it before the request or the payload ends. */
export class LuaRaise extends Error {
  readonly value: Data | undefined;
  constructor(value: Data | undefined) {
    super(display(value));
    this.value = value;
  }
}

/** Thrown where the answer hangs on something that is not here: a module, a host function, a pattern of another dialect. */
export class Undecidable extends Error {
  readonly missing: readonly string[];
  constructor(missing: readonly string[]) {
    super(`cannot be decided without ${missing.join(", ")}`);
    this.missing = missing;
  }
}

type LuaType = "nil" | "boolean" | "number" | "string" | "table" | "function" | "userdata";

export function luaType(value: Data | undefined): LuaType {
  if (value === undefined) return "nil";
  if (value === null) return "userdata";
  if (value instanceof Table) return "table";
  if (value instanceof LuaFunctionValue) return "function";
  if (value instanceof LuaBytes) return "string";
  if (value instanceof LuaOpaque) throw new Undecidable([value.path]);
  if (typeof value === "number") return "number";
  return typeof value === "string" ? "string" : "boolean";
}

/** Everything but `nil` and `false`; `ngx.null` is truthy. */
export function isTruthy(value: Data | undefined): value is Exclude<Data, false> {
  if (value instanceof LuaOpaque) throw new Undecidable([value.path]);
  return value !== undefined && value !== false;
}

/** `a == b`. Tables and functions are equal to themselves only. */
export function isEqual(a: Data | undefined, b: Data | undefined): boolean {
  if (a instanceof LuaOpaque) throw new Undecidable([a.path]);
  if (b instanceof LuaOpaque) throw new Undecidable([b.path]);
  if (a instanceof LuaBytes && b instanceof LuaBytes) return a.base64 === b.base64;
  if (a instanceof LuaFunctionValue && b instanceof LuaFunctionValue) return a.id === b.id;
  return a === b;
}

/** Penlight's `deepcompare`: tables are equal when their keys and values are. */
export function isDeepEqual(a: Data, b: Data): boolean {
  if (!(a instanceof Table) || !(b instanceof Table)) return isEqual(a, b);
  const entries = a.entries();
  if (entries.length !== b.entries().length) return false;
  return entries.every(([key, item]) => {
    const other = b.get(key);
    return other !== undefined && isDeepEqual(item, other);
  });
}

/** `tostring(value)`; the address of a table or function, which is never the same twice, is left at `0x`. */
export function display(value: Data | undefined): string {
  if (value === undefined) return "nil";
  if (value === null) return "userdata: NULL";
  if (value instanceof LuaOpaque) throw new Undecidable([value.path]);
  if (value instanceof LuaBytes) return new TextDecoder().decode(bytesOf(value));
  if (value instanceof Table) return "table: 0x";
  if (value instanceof LuaFunctionValue) return "function: 0x";
  return typeof value === "number" ? formatNumber(value) : String(value);
}

/** `value[key]` */
export function index(value: Data | undefined, key: Data): Data | undefined {
  if (value instanceof Table) return value.get(key);
  if (luaType(value) === "string") return undefined;
  throw new LuaRaise(`attempt to index a ${luaType(value)} value`);
}

/** `value[key] = item` */
export function assign(value: Data | undefined, key: Data, item: Data | undefined): void {
  if (!(value instanceof Table)) throw new LuaRaise(`attempt to index a ${luaType(value)} value`);
  value.set(key, item);
}

/** `#value` */
export function length(value: Data | undefined): number {
  if (value instanceof Table) return value.list.length;
  if (typeof value === "string") return byteLength(value);
  if (value instanceof LuaBytes) return bytesOf(value).length;
  throw new LuaRaise(`attempt to get length of a ${luaType(value)} value`);
}

/** `ipairs`, and loops from 1 to `#value`: the list part. */
export function items(value: Data | undefined): readonly Data[] {
  length(value);
  return value instanceof Table ? value.list : [];
}

/** What `pairs` walks over. Lua's order beyond the list part is not fixed; ours is the order of the source or the text. */
export function pairs(value: Data | undefined): [Data, Data][] {
  if (value instanceof Table) return value.entries();
  throw new LuaRaise(`bad argument #1 to 'for iterator' (table expected, got ${luaType(value)})`);
}

/** `a < b` */
export function isLess(a: Data | undefined, b: Data | undefined): boolean {
  if (typeof a === "number" && typeof b === "number") return a < b;
  const types = [luaType(a), luaType(b)];
  if (types[0] === "string" && types[1] === "string") return compareBytes(bytesOf(a), bytesOf(b)) < 0;
  throw new LuaRaise(
    types[0] === types[1] ? `attempt to compare two ${types[0]} values` : `attempt to compare ${types.join(" with ")}`,
  );
}

/** The UTF-8 bytes of a Lua string; nothing for other values. */
export function bytesOf(value: Data | undefined): Uint8Array {
  if (typeof value === "string") return encoder.encode(value);
  return value instanceof LuaBytes
    ? Uint8Array.from(atob(value.base64), (char) => char.charCodeAt(0))
    : new Uint8Array();
}

const encoder = new TextEncoder();

function byteLength(text: string): number {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return encoder.encode(text).length;
  return text.length;
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** `table.concat(value, separator)` */
export function concat(value: Data | undefined, separator: string): string {
  if (!(value instanceof Table)) {
    throw new LuaRaise(`bad argument #1 to 'concat' (table expected, got ${luaType(value)})`);
  }
  const parts = value.list.map((item, at) => {
    if (isStringOrNumber(item)) return display(item);
    throw new LuaRaise(`invalid value (${luaType(item)}) at index ${at + 1} in table for 'concat'`);
  });
  return parts.join(separator);
}

/** Whether the value may stand in `..`, in `table.concat` and in `string.sub`. */
export function isStringOrNumber(value: Data | undefined): value is string | number | LuaBytes {
  return typeof value === "number" || luaType(value) === "string";
}

/** `("%d"):format(value)`: LuaJIT drops the fraction, and what does not fit into 64 bits becomes the smallest integer. */
export function formatInteger(value: Data | undefined): string {
  const number = typeof value === "string" ? parseNumber(value) : value;
  if (typeof number !== "number") {
    throw new LuaRaise(`bad argument #1 to 'format' (number expected, got ${luaType(value)})`);
  }
  return Math.abs(number) < 2 ** 63 ? BigInt(Math.trunc(number)).toString() : "-9223372036854775808";
}

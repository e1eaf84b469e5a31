import { TString } from "fengari/src/lstring.js";
import { parseNumber } from "./numbers.js";

/**
 * fengari finds a string in a table by a text that it writes on first use: the bytes in hexadecimal, without leading
 * zeros. So "\1\17" and "\17\1" would be one key, and by the same text "\t" comes after "0". We give a string a text of our
 * own, its bytes as Latin-1, before fengari asks for one; every place that looks a string up or puts two in order calls this.
 */
export function keyed(string: TString): TString {
  string.hash ??= latin1(string.realstring);
  return string;
}

/** Gives a string that fengari's compiler has made, and looked up in tables of its own, the text that all others have. */
export function rekey(string: TString): void {
  string.hash = latin1(string.realstring);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenientDecoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Most strings are short and ASCII: what the platform has for all texts takes many times as long to begin with them. */
const shortString = 64;

export function toBytes(text: string): Uint8Array {
  return (text.length < shortString ? asciiBytes(text) : undefined) ?? encoder.encode(text);
}

function asciiBytes(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) return undefined;
    bytes[at] = code;
  }
  return bytes;
}

/** The text of a Lua string, or undefined where its bytes are not UTF-8. */
export function fromBytes(bytes: Uint8Array): string | undefined {
  const text = bytes.length < shortString ? latin1(bytes) : undefined;
  if (text !== undefined && isAscii(text)) return text;
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** As `fromBytes`. */
export function textOf(string: TString): string | undefined {
  const bytes = string.realstring;
  // a longer string is keyed by those who count what it takes
  const text = bytes.length < shortString ? keyed(string).hash : null;
  return text !== null && isAscii(text) ? text : fromBytes(bytes);
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

/** The text of a Lua string for a person to read. */
export function showBytes(bytes: Uint8Array): string {
  return fromBytes(bytes) ?? lenientDecoder.decode(bytes);
}

/** One UTF-16 unit for each byte. */
export function latin1(bytes: Uint8Array): string {
  return bytes.length < shortString
    ? String(Reflect.apply(String.fromCharCode, undefined, bytes))
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}

/** The number that a Lua string stands for, or undefined. */
export function numberIn(bytes: Uint8Array): number | undefined {
  return parseNumber(latin1(bytes));
}

export function luaString(text: string): TString {
  return new TString(null, toBytes(text));
}

const names = new Map<string, TString>();

/** The Lua string of one of the names that stand in our own source: made once, for all states. */
export function luaName(name: string): TString {
  const known = names.get(name);
  if (known !== undefined) return known;
  const made = keyed(luaString(name));
  names.set(name, made);
  return made;
}

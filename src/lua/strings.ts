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

export function toBytes(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text of a Lua string, or undefined where its bytes are not UTF-8. */
export function fromBytes(bytes: Uint8Array): string | undefined {
  if (bytes.length < 64 && bytes.every((byte) => byte < 0x80)) return String.fromCharCode(...bytes);
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text of a Lua string for a person to read. */
export function showBytes(bytes: Uint8Array): string {
  return fromBytes(bytes) ?? lenientDecoder.decode(bytes);
}

/** One UTF-16 unit for each byte. */
export function latin1(bytes: Uint8Array): string {
  return bytes.length < 64
    ? String.fromCharCode(...bytes)
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

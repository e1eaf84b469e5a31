import * as lua from "fengari/src/lua.js";
import type { LuaState } from "fengari/src/lstate.js";
import { ByteBuilder } from "../byte-builder.js";
import type { Meter } from "../meter.js";
import { formatExponent, formatFixed, formatGeneral } from "../numbers.js";
import { latin1, toBytes } from "../strings.js";
import { bytesAt, integerAt, numberAt } from "./arguments.js";
import { pushToString } from "./base.js";
import { raise } from "./raise.js";

/** `string.format`: LuaJIT's conversions (lib_string.c, lj_strfmt.c). */
export function formatString(L: LuaState, meter: Meter): Uint8Array {
  const template = bytesAt(L, 1);
  meter.spend(template.length >> 2);
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
      latin1(template.subarray(at, at + 16)),
    );
    if (specification === null) return raise(L, "invalid option to 'format'");
    const [text, flags = "", width = "", precision, conversion = ""] = specification;
    literalStart = at + text.length;
    meter.spend(8);
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
      lua.lua_settop(L, Math.max(index, lua.lua_gettop(L)));
      pushToString(L, index, meter);
      const bytes = bytesAt(L, lua.lua_gettop(L));
      lua.lua_pop(L, 1);
      if (width === 0 && digits === undefined) return bytes;
      const cut = digits === undefined ? bytes : bytes.subarray(0, digits);
      const padding = new Uint8Array(Math.max(0, width - cut.length)).fill(0x20);
      return Buffer.concat(flags.includes("-") ? [cut, padding] : [padding, cut]);
    }
    default:
      return raise(L, `invalid option '%${conversion}' to 'format'`);
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
  meter.spend(bytes.length >> 2);
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

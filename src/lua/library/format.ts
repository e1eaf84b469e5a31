import * as lua from "fengari/src/lua.js";
import type { LuaState } from "fengari/src/lstate.js";
import { ByteBuilder } from "../byte-builder.js";
import type { Meter } from "../meter.js";
import { formatExponent, formatFixed, formatGeneral } from "../numbers.js";
import { latin1, toBytes } from "../strings.js";
import { argumentError, bytesAt, integerAt, numberAt } from "./arguments.js";
import { pushToString } from "./base.js";
import { raise } from "./raise.js";

/** `string.format`: LuaJIT's conversions but `%a` (lib_string.c, lj_strfmt.c). */
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
    const text = latin1(template.subarray(at, at + 32));
    const [specification, flags = "", width = "", precision, conversion = ""] =
      /^%([-+ #0]*)(\d{0,2})(?:\.(\d{0,2}))?([A-Za-z])/.exec(text) ?? [];
    if (specification === undefined) return raise(L, `invalid option '${text.slice(0, 2)}' to 'format'`);
    literalStart = at + specification.length;
    meter.spend(8);
    const digits = precision === undefined ? undefined : Number(precision);
    result.append(convert(L, ++argument, { flags, width: Number(width), digits, conversion }, meter));
  }
  result.append(template.subarray(literalStart));
  return result.take();
}

interface Conversion {
  readonly flags: string;
  readonly width: number;
  /** The precision. */
  readonly digits: number | undefined;
  readonly conversion: string;
}

function convert(L: LuaState, index: number, conversion: Conversion, meter: Meter): Uint8Array {
  switch (conversion.conversion) {
    case "c":
      return padBytes(Uint8Array.of(integerAt(L, index) & 0xff), conversion);
    case "d":
    case "i":
      return toBytes(signedInteger(toInt64(numberAt(L, index)), conversion));
    case "u":
    case "o":
    case "x":
    case "X":
      return toBytes(unsignedInteger(toUint64(numberAt(L, index)), conversion));
    case "e":
    case "E":
    case "f":
    case "g":
    case "G": {
      const text = float(numberAt(L, index), conversion);
      return toBytes(/[EG]/.test(conversion.conversion) ? text.toUpperCase() : text);
    }
    case "q":
      return quote(bytesAt(L, index), meter);
    case "s": {
      if (index > lua.lua_gettop(L)) argumentError(L, index, "no value");
      pushToString(L, index, meter);
      const bytes = bytesAt(L, lua.lua_gettop(L));
      lua.lua_pop(L, 1);
      return padBytes(bytes.subarray(0, conversion.digits), conversion);
    }
    default:
      return raise(L, `invalid option '%${conversion.conversion}' to 'format'`);
  }
}

/** As C converts to 64 bits: what does not fit becomes the least number. */
function toInt64(value: number): bigint {
  const whole = Math.trunc(value);
  return whole >= -(2 ** 63) && whole < 2 ** 63 ? BigInt(whole) : -(2n ** 63n);
}

function toUint64(value: number): bigint {
  return BigInt.asUintN(64, toInt64(value >= 2 ** 63 ? value - 2 ** 64 : value));
}

function signedInteger(value: bigint, conversion: Conversion): string {
  const isNegative = value < 0n;
  return padNumber(sign(isNegative, conversion), digitsOf(isNegative ? -value : value, 10, conversion), conversion);
}

function unsignedInteger(value: bigint, conversion: Conversion): string {
  const isAlternate = conversion.flags.includes("#");
  switch (conversion.conversion) {
    case "u":
      return padNumber("", digitsOf(value, 10, conversion), conversion);
    case "o": {
      const text = digitsOf(value, 8, conversion);
      return padNumber("", isAlternate && !text.startsWith("0") ? `0${text}` : text, conversion);
    }
    default: {
      const text = padNumber(isAlternate && value !== 0n ? "0x" : "", digitsOf(value, 16, conversion), conversion);
      return conversion.conversion === "X" ? text.toUpperCase() : text;
    }
  }
}

/** Zero has no digits where the precision is zero. */
function digitsOf(value: bigint, radix: number, { digits }: Conversion): string {
  return value === 0n && digits === 0 ? "" : value.toString(radix).padStart(digits ?? 0, "0");
}

function float(value: number, conversion: Conversion): string {
  const { flags, digits = 6 } = conversion;
  if (Number.isNaN(value)) return pad(flags.includes(" ") ? " nan" : "nan", conversion);
  const prefix = sign(value < 0 || Object.is(value, -0), conversion);
  const size = Math.abs(value);
  if (size === Infinity) return pad(`${prefix}inf`, conversion);
  const isAlternate = flags.includes("#");
  return padNumber(prefix, floatDigits(size, digits, isAlternate, conversion.conversion.toLowerCase()), {
    ...conversion,
    digits: undefined,
  });
}

function floatDigits(size: number, digits: number, isAlternate: boolean, conversion: string): string {
  switch (conversion) {
    case "e":
      return formatExponent(size, digits, isAlternate);
    case "f":
      return formatFixed(size, digits, isAlternate);
    default:
      return formatGeneral(size, digits, isAlternate);
  }
}

function sign(isNegative: boolean, { flags }: Conversion): string {
  if (isNegative) return "-";
  if (flags.includes("+")) return "+";
  return flags.includes(" ") ? " " : "";
}

/** Zeros go between the sign and the digits, where no precision is given. */
function padNumber(prefix: string, text: string, conversion: Conversion): string {
  const { flags, width, digits } = conversion;
  return flags.includes("0") && !flags.includes("-") && digits === undefined
    ? prefix + text.padStart(width - prefix.length, "0")
    : pad(prefix + text, conversion);
}

function pad(text: string, { flags, width }: Conversion): string {
  return flags.includes("-") ? text.padEnd(width) : text.padStart(width);
}

function padBytes(bytes: Uint8Array, { flags, width }: Conversion): Uint8Array {
  if (bytes.length >= width) return bytes;
  const padding = new Uint8Array(width - bytes.length).fill(0x20);
  return Buffer.concat(flags.includes("-") ? [bytes, padding] : [padding, bytes]);
}

function quote(bytes: Uint8Array, meter: Meter): Uint8Array {
  meter.spend(bytes.length >> 2);
  const result = new ByteBuilder(meter);
  result.appendByte(0x22);
  for (const [at, byte] of bytes.entries()) {
    const isControl = (byte < 0x20 && byte !== 0x0a) || byte === 0x7f;
    if (isControl) {
      // three digits where another digit follows
      const next = bytes[at + 1] ?? 0;
      result.append(toBytes(`\\${String(byte).padStart(next >= 0x30 && next <= 0x39 ? 3 : 1, "0")}`));
      continue;
    }
    if (byte === 0x22 || byte === 0x5c || byte === 0x0a) result.appendByte(0x5c);
    result.appendByte(byte);
  }
  result.appendByte(0x22);
  return result.take();
}

/**
 * A number as LuaJIT prints it, `%.14g`: `4` and never `4.0`, `1e+15`, `nan`, `-inf`
 * (lj_strfmt_num.c; Kong's own messages go through it).
 */
export function formatNumber(value: number): string {
  return formatGeneral(value, 14, false);
}

/** C's `%g` with a precision; `alternate` is the flag `#`, which keeps trailing zeros and the point. */
export function formatGeneral(value: number, precision: number, alternate: boolean): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  const digits = Math.max(1, precision);
  const [, exponentText = "0"] = value.toExponential(digits - 1).split("e");
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= digits) {
    const [mantissa = "", written = "+0"] = value.toExponential(digits - 1).split("e");
    return `${alternate ? withPoint(mantissa) : withoutTrailingZeros(mantissa)}e${padExponent(written)}`;
  }
  const fixed = signed(value, Math.abs(value).toFixed(Math.max(0, digits - 1 - exponent)));
  return alternate ? withPoint(fixed) : withoutTrailingZeros(fixed);
}

/** C's `%e` with a precision: two digits of exponent at least. */
export function formatExponent(value: number, precision: number, alternate = false): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  const [mantissa = "", exponent = "+0"] = Math.abs(value).toExponential(precision).split("e");
  return `${signed(value, alternate ? withPoint(mantissa) : mantissa)}e${padExponent(exponent)}`;
}

/** C's `%f` with a precision. Exact, where `toFixed` changes to exponents from 1e21 on. */
export function formatFixed(value: number, precision: number, alternate = false): string {
  if (!Number.isFinite(value)) return formatNonFinite(value);
  const size = Math.abs(value);
  const digits =
    size < 1e21 ? size.toFixed(precision) : `${BigInt(size)}${precision > 0 ? `.${"0".repeat(precision)}` : ""}`;
  return signed(value, alternate ? withPoint(digits) : digits);
}

/** `a % b`: the remainder has the sign of the divisor. */
export function remainder(a: number, b: number): number {
  return a - Math.floor(a / b) * b;
}

/** `a ^ b` as C's `pow`: JavaScript gives NaN where C gives 1. */
export function power(a: number, b: number): number {
  return a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b;
}

/**
 * The number that a Lua string stands for, or undefined: `tonumber` with base 10. White space around it is allowed;
 * hexadecimal, binary, binary exponents, `inf` and `nan` are read as LuaJIT reads them (lj_strscan.c).
 */
export function parseNumber(text: string): number | undefined {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  const trimmed = text.slice(start, end);
  if (/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(trimmed)) return Number(trimmed);
  const hexadecimal = /^([+-]?)0[xX]([\da-fA-F]*)\.?([\da-fA-F]*)(?:[pP]([+-]?\d+))?$/.exec(trimmed);
  if (hexadecimal !== null) {
    const [, sign = "", whole = "", fraction = "", exponent = "0"] = hexadecimal;
    if (whole === "" && fraction === "") return undefined;
    let value = 0;
    for (const digit of whole + fraction) value = value * 16 + parseInt(digit, 16);
    value *= 2 ** (Number(exponent) - 4 * fraction.length);
    return sign === "-" ? -value : value;
  }
  const binary = /^([+-]?)0[bB]([01]+)$/.exec(trimmed);
  if (binary !== null) return Number(`0b${binary[2]}`) * (binary[1] === "-" ? -1 : 1);
  const named = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(trimmed);
  if (named === null) return undefined;
  const value = named[2]?.toLowerCase() === "nan" ? NaN : Infinity;
  return named[1] === "-" ? -value : value;
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

function formatNonFinite(value: number): string {
  if (Number.isNaN(value)) return "nan";
  return value > 0 ? "inf" : "-inf";
}

function withoutTrailingZeros(text: string): string {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

function withPoint(text: string): string {
  return text.includes(".") ? text : `${text}.`;
}

function padExponent(exponent: string): string {
  const digits = exponent.slice(1);
  return `${exponent.startsWith("-") ? "-" : "+"}${digits.padStart(2, "0")}`;
}

/** `toFixed` and `toExponential` lose the sign of minus zero, which C keeps. */
function signed(value: number, unsigned: string): string {
  return value < 0 || Object.is(value, -0) ? `-${unsigned}` : unsigned;
}

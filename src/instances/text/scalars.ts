import type { Json } from "../../changes/json.js";

/** How the plain (unquoted) scalars of a text are read; undefined where one is none of this dialect. */
export type PlainDialect = (text: string) => Json | undefined;

/**
 * decK reads YAML with Go's yaml.v2 (through sigs.k8s.io/yaml): YAML 1.1, in which `yes`, `on` and `y` are true and `010`
 * is eight, without its base-60 numbers. `resolve` in resolve.go of gopkg.in/yaml.v2 2.4.
 */
export const deckScalars: PlainDialect = (text) => {
  if (words.has(text)) return words.get(text);
  if (!/^[-+.\d]/.test(text)) return text;
  const plain = text.replaceAll("_", "");
  return integer(plain) ?? float(text.startsWith(".") ? text : plain) ?? text;
};

export const jsonScalars: PlainDialect = (text) => {
  if (text === "null") return null;
  if (text === "true" || text === "false") return text === "true";
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(text) ? Number(text) : undefined;
};

const words = new Map<string, Json>([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((word) => [word, true] as const),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((word) => [word, false] as const),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, Number.NaN] as const),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...["-.inf", "-.Inf", "-.INF"].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);

/** Go's `strconv.ParseInt` with base 0: `0x`, `0b`, `0o` and a bare `0` before octal digits. */
function integer(text: string): number | undefined {
  const [, sign = "", base = "", digits = ""] = /^([-+]?)(0[xX]|0[bB]|0[oO]|)([\da-fA-F]+)$/.exec(text) ?? [];
  if (digits === "") return undefined;
  const isOctal = /^0[oO]$/.test(base) || (base === "" && /^0\d/.test(digits));
  const radix = isOctal ? 8 : /^0[xX]$/.test(base) ? 16 : /^0[bB]$/.test(base) ? 2 : 10;
  if (!digitsOf[radix].test(digits)) return undefined;
  const magnitude = radix === 10 ? Number(digits) : parseInt(digits, radix);
  // What does not fit into 64 bits is no integer to Go, and is read as a float: the same number here.
  return sign === "-" ? 0 - magnitude : magnitude;
}

const digitsOf = { 2: /^[01]+$/, 8: /^[0-7]+$/, 10: /^\d+$/, 16: /^[\da-fA-F]+$/ } as const;

function float(text: string): number | undefined {
  return /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(text) ? Number(text) : undefined;
}

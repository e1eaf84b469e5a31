/** The text of a string literal as the source writes it, `"…"`, `'…'` or `[[…]]`. */
export function textOfLiteral(raw: string): string {
  const long = /^\[(=*)\[(?:\r?\n)?([^]*)\]\1\]$/.exec(raw);
  if (long !== null) return long[2] ?? "";
  const inner = raw.slice(1, -1);
  if (!inner.includes("\\")) return inner;
  return unescape(inner);
}

const simple: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\n": "\n",
};

/** LuaJIT's escapes. Bytes beyond ASCII are left alone: names of modules and fields have none. */
function unescape(inner: string): string {
  return inner.replace(
    /\\(?:x([\da-fA-F]{2})|(\d{1,3})|z\s*|([^]))/g,
    (_, hex: string | undefined, decimal: string | undefined, other: string | undefined) => {
      if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCharCode(Number(decimal) & 0xff);
      return other === undefined ? "" : (simple[other] ?? other);
    },
  );
}

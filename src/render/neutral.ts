/** Control, format (bidirectional overrides, zero-width) and surrogate code points, and the two Unicode line ends. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * What is not in some blocks in which every character is safe and a single code unit: ASCII, Latin, punctuation, arrows,
 * mathematics, boxes. Nearly all text is of these, and looking it over for others is much faster than for the categories above.
 */
const common = " -~\\u00A1-\\u00AC\\u00AE-\\u024F\\u2010-\\u2027\\u2190-\\u22FF\\u2500-\\u257F";
const uncommon = new RegExp(`[^${common}]`);
const uncommonInLines = new RegExp(`[^\\n${common}]`);

/** Whether every character of a text is safe as it is, and a single code unit. */
export function isCommon(text: string): boolean {
  return !uncommon.test(text);
}

/**
 * The same text with everything escaped that could steer a terminal or hide or reorder what is shown: names, defaults
 * and messages are written by whoever wrote the schema.
 */
export function neutralLine(text: string): string {
  return uncommon.test(text) ? text.replace(unsafe, escape) : text;
}

/** As `neutralLine`, for text of several lines. */
export function neutralBlock(text: string): string {
  if (!uncommonInLines.test(text)) return text;
  return text.replace(unsafe, (character) =>
    character === "\n" || character === "\t" ? character : escape(character),
  );
}

/** What `JSON.stringify` escapes by itself is all before these. */
const beyondAscii = /[\x7F-\uFFFF]/;

/** JSON text in which the same code points are JSON escapes. */
export function neutralJson(json: string): string {
  if (!beyondAscii.test(json)) return json;
  return json.replace(unsafe, (character) =>
    character === "\n"
      ? character
      : [...Array(character.length).keys()].map((at) => unit(character.charCodeAt(at))).join(""),
  );
}

function escape(character: string): string {
  return { "\n": "\\n", "\r": "\\r", "\t": "\\t" }[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

/** Control, format (bidirectional overrides, zero-width) and surrogate code points, and the two Unicode line ends. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Nearly all text is; looking it over for this is much faster than for the categories above. */
const plainAscii = /^[ -~]*$/;

/**
 * The same text with everything escaped that could steer a terminal or hide or reorder what is shown: names, defaults
 * and messages are written by whoever wrote the schema.
 */
export function neutralLine(text: string): string {
  return plainAscii.test(text) ? text : text.replace(unsafe, escape);
}

/** As `neutralLine`, for text of several lines. */
export function neutralBlock(text: string): string {
  return text.replace(unsafe, (character) =>
    character === "\n" || character === "\t" ? character : escape(character),
  );
}

/** JSON text in which the same code points are JSON escapes. */
export function neutralJson(json: string): string {
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

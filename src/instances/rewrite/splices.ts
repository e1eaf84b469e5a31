/** A stretch of a text and what stands there afterwards. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Thrown where text is written in a way that is not edited in place. */
export class NotEditable extends Error {
  /** Where in the text, as far as that is known. */
  readonly offset: number | undefined;

  constructor(offset?: number) {
    super();
    this.offset = offset;
  }
}

/** The text with all splices made. Throws `NotEditable` where two want the same stretch. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const parts: string[] = [];
  let at = 0;
  for (const splice of splices.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (splice.start < at) throw new NotEditable(splice.start);
    parts.push(text.slice(at, splice.start), splice.text.replaceAll("\n", lineEnd));
    at = splice.end;
  }
  return [...parts, text.slice(at)].join("");
}

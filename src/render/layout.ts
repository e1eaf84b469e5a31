import { isCommon, neutralLine } from "./neutral.js";

/** Colours and weights, put around text whose width is already fixed. */
export interface Palette {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
  readonly cyan: (text: string) => string;
}

const same = (text: string): string => text;
export const plainPalette: Palette = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };

export interface Column {
  readonly header: string;
  /** In characters; the column without one takes what is left. */
  readonly width?: number;
  readonly paint?: (text: string, row: number) => string;
}

/** Breaks text into lines of a width, at spaces; a word that is longer than a line is broken too. */
export function wrap(text: string, width: number): readonly string[] {
  if (isCommon(text)) return wrapCommon(text, width) ?? wrapWords(text, width);
  return wrapWords(neutralLine(text), width);
}

/** The same without taking a text into its words; undefined where blanks in a row or a longer word need that. */
function wrapCommon(text: string, width: number): string[] | undefined {
  if (text.startsWith(" ") || text.endsWith(" ") || text.includes("  ")) return undefined;
  if (text.length <= width) return [text];
  const lines: string[] = [];
  let start = 0;
  while (text.length - start > width) {
    const end = text.lastIndexOf(" ", start + width);
    if (end < start) return undefined;
    lines.push(text.slice(start, end));
    start = end + 1;
  }
  lines.push(text.slice(start));
  return lines;
}

function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let used = 0;
  for (const word of text.split(/ +/).flatMap((part) => pieces(part, width))) {
    const needed = widthOf(word);
    if (line !== "" && used + 1 + needed > width) {
      lines.push(line);
      line = "";
    }
    used = line === "" ? needed : used + 1 + needed;
    line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** A word in pieces that fit, behind the last sign of punctuation if there is one in their second half. */
function pieces(word: string, width: number): string[] {
  const most = Math.max(width, 1);
  if (word.length <= most) return [word];
  const characters = Array.from(word);
  const all: string[] = [];
  let at = 0;
  while (characters.length - at > most) {
    const line = characters.slice(at, at + most);
    const sign = line.findLastIndex((character) => /[^\w-]/.test(character)) + 1;
    const end = sign > most / 2 ? sign : most;
    all.push(line.slice(0, end).join(""));
    at += end;
  }
  return [...all, characters.slice(at).join("")];
}

/** Wrapped text behind a mark: the mark stands before the first line, blanks of its width before the others. */
export function hang(mark: string, text: string, width: number): string[] {
  const shown = neutralLine(mark);
  const used = widthOf(shown);
  const blanks = " ".repeat(used);
  return wrap(text, width - used).map((line, index) => ((index === 0 ? shown : blanks) + line).trimEnd());
}

/** Aligned columns, two blanks between them, cells wrapped; a header with a rule below. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
  palette: Palette,
): string[] {
  const used = columns.map((column, index) => {
    const longest = rows.reduce(
      (most, row) => Math.max(most, widthOf(neutralLine(row[index] ?? ""))),
      widthOf(column.header),
    );
    return column.width === undefined ? longest : Math.min(longest, column.width);
  });
  const fixed = columns.reduce((sum, column, index) => sum + (column.width === undefined ? 0 : (used[index] ?? 0)), 0);
  const left = width - fixed - 2 * (columns.length - 1);
  const widths = columns.map((column, index) =>
    column.width === undefined ? Math.min(used[index] ?? 0, left) : (used[index] ?? 0),
  );

  const heading = line(columns.map((column, index) => pad(column.header, widths[index] ?? 0)));
  const rule = line(widths.map((columnWidth) => "─".repeat(columnWidth)));
  return [
    palette.bold(heading),
    palette.dim(rule),
    ...rows.flatMap((row, rowIndex) => {
      const cells = row.map((cell, index) => wrap(cell, widths[index] ?? 0));
      const height = Math.max(...cells.map((lines) => lines.length));
      return Array.from({ length: height }, (_, lineIndex) =>
        line(
          cells.map((lines, index) => {
            const text = pad(lines[lineIndex] ?? "", widths[index] ?? 0);
            return columns[index]?.paint?.(text, rowIndex) ?? text;
          }),
        ),
      );
    }),
  ];
}

function line(cells: readonly string[]): string {
  return cells.join("  ").trimEnd();
}

function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** Code points: exact for what schemas are written in, near enough for other scripts. */
function widthOf(text: string): number {
  let width = text.length;
  if (isCommon(text)) return width;
  for (let at = 0; at < text.length; at++) if ((text.codePointAt(at) ?? 0) > 0xffff) width--;
  return width;
}

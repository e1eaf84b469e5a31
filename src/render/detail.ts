import { count } from "./words.js";

/** How much of a report is shown. */
export interface Detail {
  /** Of the steps: all, what they say without their commands, their titles, or how many there are. */
  readonly steps: "commands" | "words" | "titles" | "number";
  /** Of which changes it says why they have their path; the comparison of two ways comes with all, the version with some. */
  readonly reasons: "all" | "strictest" | "none";
  /** How many lines of a log. */
  readonly log: number;
  /** How many notes. */
  readonly notes: number;
  /** How many entries of any other list, rows of a table, lines of a drawing: the most important come first. */
  readonly most: number;
  /** How many UTF-16 code units of a text that somebody else wrote. */
  readonly longest: number;
}

const all = Infinity;

/** From all there is to what nobody can do without, which is short whatever the report holds. */
// prettier-ignore
export const details = [
  { steps: "commands", reasons: "all",       log: all, notes: all, most: all, longest: all },
  { steps: "words",    reasons: "all",       log: 40,  notes: all, most: all, longest: all },
  { steps: "titles",   reasons: "all",       log: 12,  notes: all, most: all, longest: all },
  { steps: "titles",   reasons: "strictest", log: 12,  notes: 5,   most: all, longest: all },
  { steps: "number",   reasons: "none",      log: 6,   notes: 5,   most: all, longest: all },
  { steps: "number",   reasons: "none",      log: 6,   notes: 5,   most: 400, longest: 400 },
  { steps: "number",   reasons: "none",      log: 6,   notes: 5,   most: 100, longest: 240 },
  { steps: "number",   reasons: "none",      log: 4,   notes: 5,   most: 25,  longest: 160 },
  { steps: "number",   reasons: "none",      log: 4,   notes: 2,   most: 5,   longest: 120 },
] as const satisfies readonly Detail[];

export const [inFull] = details;

/** A text without its end where it is too long. */
export function shortened(text: string, { longest }: Pick<Detail, "longest">): string {
  return text.length <= longest ? text : `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** The first of some things, and a sentence where there are more. */
export function firstOf<T>(
  things: readonly T[],
  { most }: Pick<Detail, "most">,
  name: string,
): { readonly shown: readonly T[]; readonly others: readonly string[] } {
  if (things.length <= most) return { shown: things, others: [] };
  return { shown: things.slice(0, most), others: [`*Left out: ${count(things.length - most, `more ${name}`)}.*`] };
}

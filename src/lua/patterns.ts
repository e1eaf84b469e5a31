/**
 * Lua's patterns over bytes (lib_string.c of LuaJIT, which is Lua 5.1's with `%g`), with a count of the work done.
 * Used by the sandbox's `string` library and by the validators `match`, `not_match`, ….
 */

/** Counts the steps of a match; `spend` throws when there are none left. */
export interface StepBudget {
  spend(steps: number): void;
}

/** A pattern that Lua itself refuses, with Lua's message. */
export class PatternError extends Error {}

/** What was captured; a position capture `()` gives a number (from 1, as Lua gives it). */
export type Capture = Uint8Array | number;

/** Byte offsets: `start` inclusive and `end` exclusive, from 0. */
export interface PatternMatch {
  readonly start: number;
  readonly end: number;
  readonly captures: readonly Capture[];
}

const maxCaptures = 32;
const maxDepth = 200;
const percent = 0x25;
const unclosed = -1;
const positionCapture = -2;

/** The first match of the pattern at or after byte offset `init` (from 0), or undefined. Throws `PatternError`. */
export function matchPattern(
  pattern: Uint8Array,
  subject: Uint8Array,
  init: number,
  budget: StepBudget,
): PatternMatch | undefined {
  const anchored = isAnchored(pattern);
  const matcher = new Matcher(pattern, subject, budget);
  for (let start = init; start <= subject.length; start++) {
    const end = matcher.matchAt(start, anchored ? 1 : 0);
    if (end !== undefined) return { start, end, captures: matcher.captures(start, end) };
    if (anchored) return undefined;
  }
  return undefined;
}

const magic = new Set(Array.from("^$*+?.([%-", (character) => character.charCodeAt(0)));

export function isAnchored(pattern: Uint8Array): boolean {
  return pattern[0] === 0x5e;
}

/** Whether a pattern stands for itself alone. */
export function isPlain(pattern: Uint8Array): boolean {
  return !pattern.some((byte) => magic.has(byte));
}

/** Whether a pattern that was found to be well formed has a capture of its own. */
export function hasCaptures(pattern: Uint8Array): boolean {
  let inSet = false;
  for (let at = 0; at < pattern.length; at++) {
    const byte = pattern[at];
    if (byte === 0) return false;
    if (byte === percent) {
      if (!inSet && pattern[at + 1] === 0x62) at += 2;
      at++;
    } else if (byte === 0x5b && !inSet) {
      inSet = true;
      if (pattern[at + 1] === 0x5e) at++;
      if (pattern[at + 1] === 0x5d) at++;
    } else if (byte === 0x5d) inSet = false;
    else if (byte === 0x28 && !inSet) return true;
  }
  return false;
}

/** The first place at or after `init` where the text stands. Node's own search can take the product of both lengths, uncounted. */
export function findPlain(
  text: Uint8Array,
  subject: Uint8Array,
  init: number,
  budget: StepBudget,
): PatternMatch | undefined {
  const last = subject.length - text.length;
  for (let start = init; start <= last; start++) {
    const first = text[0];
    const candidate = first === undefined ? start : subject.indexOf(first, start);
    if (candidate === -1 || candidate > last) return undefined;
    budget.spend(1 + ((candidate - start) >> 4));
    start = candidate;
    let matched = 1;
    while (matched < text.length && subject[start + matched] === text[matched]) matched++;
    budget.spend(matched >> 3);
    if (matched >= text.length) return { start, end: start + text.length, captures: [] };
  }
  return undefined;
}

/** One pattern on one subject, for callers that try one place after the other. */
export class Matcher {
  readonly #pattern: Uint8Array;
  readonly #subject: Uint8Array;
  readonly #budget: StepBudget;
  readonly #starts: number[] = [];
  readonly #lengths: number[] = [];
  #level = 0;
  #depth = 0;

  constructor(pattern: Uint8Array, subject: Uint8Array, budget: StepBudget) {
    const end = pattern.indexOf(0); // as a C string
    this.#pattern = end === -1 ? pattern : pattern.subarray(0, end);
    this.#subject = subject;
    this.#budget = budget;
  }

  /** The end of the match that starts exactly here, or undefined. `from` is where the pattern is entered. */
  matchAt(start: number, from: number): number | undefined {
    this.#level = 0;
    this.#depth = 0;
    return this.#match(start, from);
  }

  /** All captures of the last match; the whole match if the pattern has none. */
  captures(start: number, end: number): Capture[] {
    return Array.from({ length: Math.max(1, this.#level) }, (_, index) => this.capture(index, start, end));
  }

  whole(start: number, end: number): Uint8Array {
    return this.#subject.subarray(start, end);
  }

  /** One capture of the last match, counted from 0. */
  capture(index: number, start: number, end: number): Capture {
    if (index >= this.#level) {
      if (index > 0) throw new PatternError("invalid capture index");
      return this.whole(start, end);
    }
    const from = this.#starts[index] ?? 0;
    const length = this.#lengths[index] ?? 0;
    if (length === positionCapture) return from + 1;
    if (length === unclosed) throw new PatternError("unfinished capture");
    return this.#subject.subarray(from, from + length);
  }

  #match(subjectStart: number, patternStart: number): number | undefined {
    if (++this.#depth > maxDepth) throw new PatternError("pattern too complex");
    const end = this.#step(subjectStart, patternStart);
    this.#depth--;
    return end;
  }

  #step(subjectStart: number, patternStart: number): number | undefined {
    let s = subjectStart;
    let p = patternStart;
    const pattern = this.#pattern;
    for (;;) {
      this.#budget.spend(1);
      if (p === pattern.length) return s;
      switch (pattern[p] ?? 0) {
        case 0x28: // (
          return pattern[p + 1] === 0x29
            ? this.#startCapture(s, p + 2, positionCapture)
            : this.#startCapture(s, p + 1, unclosed);
        case 0x29: // )
          return this.#endCapture(s, p + 1);
        case 0x24: // $ at the end
          if (p + 1 === pattern.length) return s === this.#subject.length ? s : undefined;
          break;
        case percent:
          if (pattern[p + 1] === 0x62) {
            const end = this.#matchBalance(s, p + 2);
            if (end === undefined) return undefined;
            s = end;
            p += 4;
            continue;
          }
          if (pattern[p + 1] === 0x66) {
            const end = this.#matchFrontier(s, p + 2);
            if (end === undefined) return undefined;
            p = end;
            continue;
          }
          if (isDigit(pattern[p + 1])) {
            const end = this.#matchBackReference(s, pattern[p + 1] ?? 0);
            if (end === undefined) return undefined;
            s = end;
            p += 2;
            continue;
          }
          break;
      }
      const next = this.#classEnd(p);
      const here = s < this.#subject.length && this.#single(s, p, next);
      switch (pattern[next]) {
        case 0x3f: {
          // ?
          if (here) {
            const end = this.#match(s + 1, next + 1);
            if (end !== undefined) return end;
          }
          p = next + 1;
          continue;
        }
        case 0x2a: // *
          return this.#maxExpand(s, p, next);
        case 0x2b: // +
          return here ? this.#maxExpand(s + 1, p, next) : undefined;
        case 0x2d: // -
          return this.#minExpand(s, p, next);
        default:
          if (!here) return undefined;
          s++;
          p = next;
      }
    }
  }

  #maxExpand(s: number, p: number, next: number): number | undefined {
    let count = 0;
    while (s + count < this.#subject.length && this.#single(s + count, p, next)) {
      this.#budget.spend(1);
      count++;
    }
    for (; count >= 0; count--) {
      const end = this.#match(s + count, next + 1);
      if (end !== undefined) return end;
    }
    return undefined;
  }

  #minExpand(start: number, p: number, next: number): number | undefined {
    for (let s = start; ; s++) {
      const end = this.#match(s, next + 1);
      if (end !== undefined) return end;
      if (s >= this.#subject.length || !this.#single(s, p, next)) return undefined;
    }
  }

  #startCapture(s: number, p: number, length: number): number | undefined {
    if (this.#level >= maxCaptures) throw new PatternError("too many captures");
    this.#starts[this.#level] = s;
    this.#lengths[this.#level] = length;
    this.#level++;
    const end = this.#match(s, p);
    if (end === undefined) this.#level--;
    return end;
  }

  #endCapture(s: number, p: number): number | undefined {
    let index = this.#level - 1;
    while (index >= 0 && this.#lengths[index] !== unclosed) index--;
    if (index < 0) throw new PatternError("invalid pattern capture");
    this.#lengths[index] = s - (this.#starts[index] ?? 0);
    const end = this.#match(s, p);
    if (end === undefined) this.#lengths[index] = unclosed;
    return end;
  }

  #matchBalance(s: number, p: number): number | undefined {
    const open = this.#pattern[p];
    const close = this.#pattern[p + 1];
    if (open === undefined || close === undefined) throw new PatternError("unbalanced pattern");
    if (this.#subject[s] !== open) return undefined;
    let depth = 1;
    for (let at = s + 1; at < this.#subject.length; at++) {
      this.#budget.spend(1);
      const byte = this.#subject[at];
      if (byte === close) {
        if (--depth === 0) return at + 1;
      } else if (byte === open) depth++;
    }
    return undefined;
  }

  /** Where the pattern goes on, or undefined. */
  #matchFrontier(s: number, p: number): number | undefined {
    if (this.#pattern[p] !== 0x5b) throw new PatternError("missing '[' after '%f' in pattern");
    const end = this.#classEnd(p);
    const before = s === 0 ? 0 : (this.#subject[s - 1] ?? 0);
    const after = this.#subject[s] ?? 0;
    return !this.#inSet(before, p, end - 1) && this.#inSet(after, p, end - 1) ? end : undefined;
  }

  #matchBackReference(s: number, digit: number): number | undefined {
    const index = digit - 0x31;
    if (index < 0 || index >= this.#level || this.#lengths[index] === unclosed) {
      throw new PatternError("invalid capture index");
    }
    const start = this.#starts[index] ?? 0;
    const length = this.#lengths[index] ?? 0;
    if (length === positionCapture) return undefined;
    this.#budget.spend(length);
    if (this.#subject.length - s < length) return undefined;
    for (let at = 0; at < length; at++) {
      if (this.#subject[start + at] !== this.#subject[s + at]) return undefined;
    }
    return s + length;
  }

  /** The pattern offset after the single-character class at `p`. */
  #classEnd(p: number): number {
    const pattern = this.#pattern;
    const first = pattern[p];
    let at = p + 1;
    if (first === percent) {
      if (at >= pattern.length) throw new PatternError("malformed pattern (ends with '%')");
      return at + 1;
    }
    if (first !== 0x5b) return at;
    if (pattern[at] === 0x5e) at++;
    do {
      // the first character of a set is never its end
      if (at >= pattern.length) throw new PatternError("malformed pattern (missing ']')");
      if (pattern[at++] === percent && at < pattern.length) at++;
    } while (pattern[at] !== 0x5d);
    this.#budget.spend(at - p);
    return at + 1;
  }

  #single(s: number, p: number, next: number): boolean {
    const byte = this.#subject[s] ?? 0;
    switch (this.#pattern[p]) {
      case 0x2e: // .
        return true;
      case percent:
        return inClass(byte, this.#pattern[p + 1] ?? 0);
      case 0x5b: // [
        return this.#inSet(byte, p, next - 1);
      default:
        return this.#pattern[p] === byte;
    }
  }

  /** Whether the byte is in the set between `[` at `p` and `]` at `last`. */
  #inSet(byte: number, p: number, last: number): boolean {
    const pattern = this.#pattern;
    this.#budget.spend(last - p);
    let at = p + 1;
    const negated = pattern[at] === 0x5e;
    if (negated) at++;
    for (; at < last; at++) {
      if (pattern[at] === percent) {
        at++;
        if (inClass(byte, pattern[at] ?? 0)) return !negated;
      } else if (pattern[at + 1] === 0x2d && at + 2 < last) {
        if ((pattern[at] ?? 0) <= byte && byte <= (pattern[at + 2] ?? 0)) return !negated;
        at += 2;
      } else if (pattern[at] === byte) return !negated;
    }
    return negated;
  }
}

/** Whether the byte is in `%x` for the class letter; an upper-case letter negates, any other byte stands for itself. */
function inClass(byte: number, letter: number): boolean {
  const test = isLetter(letter) ? classes.get(letter | 0x20) : undefined;
  if (test === undefined) return letter === byte;
  const negated = (letter & 0x20) === 0;
  return test(byte) !== negated;
}

const classes: ReadonlyMap<number, (byte: number) => boolean> = new Map(
  Object.entries({
    a: isLetter,
    c: (byte: number) => byte < 0x20 || byte === 0x7f,
    d: (byte: number) => isDigit(byte),
    g: (byte: number) => byte > 0x20 && byte < 0x7f,
    l: (byte: number) => byte >= 0x61 && byte <= 0x7a,
    p: (byte: number) => byte > 0x20 && byte < 0x7f && !isLetter(byte) && !isDigit(byte),
    s: (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d),
    u: (byte: number) => byte >= 0x41 && byte <= 0x5a,
    w: (byte: number) => isLetter(byte) || isDigit(byte),
    x: (byte: number) => isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66),
    z: (byte: number) => byte === 0,
  }).map(([letter, test]) => [letter.charCodeAt(0), test]),
);

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isLetter(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

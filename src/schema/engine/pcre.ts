import type { Data } from "./data.js";
import { LuaRaise, Undecidable, bytesOf, display, luaType } from "./lua.js";
import type { Work } from "./work.js";

/** What PCRE makes of a pattern: an expression over bytes that does the same, a refusal, or nothing that we could be sure of. */
export type PcrePattern =
  | { readonly kind: "valid"; readonly expression: RegExp; readonly cost: Cost }
  | { readonly kind: "invalid" }
  | { readonly kind: "unsure" };

/** How much work a match may be: JavaScript's engine has no limit of its own, PCRE gives up. */
interface Cost {
  /** Repetitions without an upper bound, or with a high one. */
  readonly loops: number;
  /** Whether one of them repeats another, or a choice. */
  readonly isNested: boolean;
  /** The ways through all other choices: alternatives, and what may be left out. */
  readonly ways: number;
}

/** A search that may take more steps is not begun. */
const mostSteps = 100_000_000;

/** JavaScript's engine does so many of its steps in one of ours. */
const stepsPerWork = 20;

/** All ways to divide a subject of so many bytes among the loops, and to begin. */
function stepsOf({ loops, ways }: Cost, bytes: number): number {
  let steps = ways;
  for (let part = 1; part <= loops + 1; part++) steps *= (bytes + part) / part;
  return steps;
}

/** Whether a string is a regular expression that PCRE compiles. Throws `Undecidable`. */
export function isRegex(value: Data): boolean {
  return read(value) !== undefined;
}

/** Whether a regular expression matches somewhere in a string (`ngx.re.find`); one that does not compile matches nothing. */
export function findsRegex(subject: Data, pattern: Data, work: Work): boolean {
  const compiled = read(pattern);
  if (compiled === undefined) return false;
  const bytes = byteString(subject);
  const steps = stepsOf(compiled.cost, bytes.length);
  work.spend(bytes.length + Math.min(steps, mostSteps) / stepsPerWork);
  if (compiled.cost.isNested || steps > mostSteps) {
    throw new Undecidable([`the result of the regular expression '${display(pattern)}', which may take very long`]);
  }
  return compiled.expression.test(bytes);
}

function read(pattern: Data): Extract<PcrePattern, { readonly kind: "valid" }> | undefined {
  if (luaType(pattern) !== "string") throw new LuaRaise("bad argument #2 to 'match' (string expected)");
  const compiled = readPcre(pattern);
  switch (compiled.kind) {
    case "valid":
      return compiled;
    case "invalid":
      return undefined;
    case "unsure":
      throw new Undecidable([`PCRE's reading of the regular expression '${display(pattern)}'`]);
  }
}

/**
 * Reads a regular expression as PCRE does without options (ngx.re of OpenResty), over bytes: one character of JavaScript per byte.
 * Covers what the two dialects share; everything else is unsure.
 */
export function readPcre(pattern: Data): PcrePattern {
  try {
    const reader = new PcreReader(byteString(pattern));
    const expression = new RegExp(reader.read());
    return { kind: "valid", expression, cost: { loops: reader.loops, isNested: reader.isNested, ways: reader.ways } };
  } catch (error) {
    if (error instanceof PcreRefusal) return { kind: "invalid" };
    if (error instanceof Unsure || error instanceof SyntaxError || error instanceof RangeError)
      return { kind: "unsure" };
    throw error;
  }
}

/** A string with one character for each byte of a Lua string. */
export function byteString(value: Data): string {
  return Array.from(bytesOf(value), (byte) => String.fromCharCode(byte)).join("");
}

class PcreRefusal extends Error {}
class Unsure extends Error {}

const classEscapes: Readonly<Record<string, string>> = {
  d: "0-9",
  w: "A-Za-z0-9_",
  s: "\\t\\n\\v\\f\\r ",
};

/** Escapes that stand for one byte. */
const byteEscapes: Readonly<Record<string, string>> = {
  n: "\\n",
  r: "\\r",
  t: "\\t",
  f: "\\f",
  a: "\\x07",
  e: "\\x1b",
};

class PcreReader {
  loops = 0;
  ways = 1;
  isNested = false;
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): string {
    if (this.#text.startsWith("(*")) throw new Unsure();
    const source = this.#alternatives();
    if (this.#at < this.#text.length) throw new PcreRefusal();
    return source;
  }

  #alternatives(): string {
    let source = this.#sequence();
    let alternatives = 1;
    while (this.#take("|")) {
      source += `|${this.#sequence()}`;
      alternatives++;
    }
    this.ways *= alternatives;
    return source;
  }

  #sequence(): string {
    let source = "";
    while (this.#at < this.#text.length && !this.#isNext("|") && !this.#isNext(")")) source += this.#item();
    return source;
  }

  #item(): string {
    if (/[*+?]/.test(this.#peek())) throw new PcreRefusal();
    const isAssertion = /^(?:[\^$]|\(\?[=!]|\\[bBAzZ])/.test(this.#text.slice(this.#at, this.#at + 3));
    const [loopsBefore, waysBefore] = [this.loops, this.ways];
    const atom = this.#atom();
    const quantifier = this.#quantifier();
    this.#repeat(quantifier, loopsBefore, waysBefore);
    if (isAssertion && quantifier !== "") throw new Unsure();
    return atom + quantifier;
  }

  /** Counts what a quantifier does to the loops and choices of its atom. */
  #repeat(quantifier: string, loopsBefore: number, waysBefore: number): void {
    const inner = { loops: this.loops - loopsBefore, ways: this.ways / waysBefore };
    const [, low, high] = /^\{(\d)(?:,(\d))?\}/.exec(quantifier) ?? (quantifier.startsWith("?") ? ["", "0", "1"] : []);
    if (low !== undefined) {
      const most = Number(high ?? low);
      this.loops = loopsBefore + inner.loops * most;
      this.ways = waysBefore * inner.ways ** most * (most - Number(low) + 1);
    } else if (/^[*+{]/.test(quantifier)) {
      if (inner.loops > 0 || inner.ways > 1) this.isNested = true;
      this.loops++;
    }
  }

  #atom(): string {
    const char = this.#next();
    switch (char) {
      case "(":
        return this.#group();
      case "[":
        return this.#class();
      case "\\":
        return this.#escape();
      case ".":
        return "[^\\n]";
      case "^":
        return "^";
      case "$":
        return "(?=\\n?$)";
      case "{":
        if (/[\d,\s]/.test(this.#peek())) throw new Unsure();
        return "\\{";
      default:
        return literal(char);
    }
  }

  #group(): string {
    let open = "(";
    if (this.#isNext("*")) throw new Unsure();
    if (this.#take("?")) {
      const kind = this.#next();
      if (kind !== ":" && kind !== "=" && kind !== "!") throw new Unsure();
      open = `(?${kind}`;
    }
    const inner = this.#alternatives();
    if (!this.#take(")")) throw new PcreRefusal();
    return `${open}${inner})`;
  }

  #quantifier(): string {
    const [, written = "", low, comma, high] =
      /^([*+?]|\{(\d+)(,)?(\d+)?\})/.exec(this.#text.slice(this.#at, this.#at + 24)) ?? [];
    if (written === "") return "";
    if (Number(low ?? 0) > 65535 || Number(high ?? 0) > 65535) throw new PcreRefusal();
    if (low !== undefined && high !== undefined && (comma === undefined || Number(low) > Number(high)))
      throw new PcreRefusal();
    this.#at += written.length;
    if (this.#take("+")) throw new Unsure();
    const lazy = this.#take("?") ? "?" : "";
    if (/[*+?{]/.test(this.#peek())) throw new Unsure();
    return written + lazy;
  }

  #escape(): string {
    const char = this.#next();
    const inClass = this.#sharedEscape(char);
    if (inClass !== undefined) return inClass.isSet ? `[${inClass.text}]` : inClass.text;
    switch (char) {
      case "D":
      case "W":
      case "S":
        return `[^${classEscapes[char.toLowerCase()] ?? ""}]`;
      case "b":
      case "B":
        return `\\${char}`;
      case "A":
        return "^";
      case "z":
        return "$";
      case "Z":
        return "(?=\\n?$)";
      default:
        throw new Unsure();
    }
  }

  /** An escape that means the same inside and outside of a class. */
  #sharedEscape(char: string): { readonly text: string; readonly isSet: boolean } | undefined {
    const set = classEscapes[char];
    if (set !== undefined) return { text: set, isSet: true };
    const byte = byteEscapes[char];
    if (byte !== undefined) return { text: byte, isSet: false };
    if (char === "x") {
      const [digits] = /^[\dA-Fa-f]{2}/.exec(this.#text.slice(this.#at, this.#at + 2)) ?? [];
      if (digits === undefined) throw new Unsure();
      this.#at += 2;
      return { text: `\\x${digits}`, isSet: false };
    }
    return /[A-Za-z0-9]/.test(char) ? undefined : { text: literal(char), isSet: false };
  }

  #class(): string {
    if (/[:.=]/.test(this.#peek())) throw new Unsure();
    let source = this.#take("^") ? "[^" : "[";
    let isFirst = true;
    while (isFirst || !this.#isNext("]")) {
      source += this.#classMember();
      isFirst = false;
    }
    this.#at++;
    return `${source}]`;
  }

  #classMember(): string {
    const first = this.#classAtom();
    if (!this.#isNext("-") || this.#text[this.#at + 1] === "]") return first.text;
    if (first.isSet) throw new Unsure();
    this.#at++;
    const last = this.#classAtom();
    if (last.isSet) throw new Unsure();
    if (first.code > last.code) throw new PcreRefusal();
    return `${first.text}-${last.text}`;
  }

  #classAtom(): { readonly text: string; readonly isSet: boolean; readonly code: number } {
    const char = this.#next();
    if (char === "[" && /[:.=]/.test(this.#peek())) throw new Unsure();
    if (char !== "\\") return { text: literal(char), isSet: false, code: char.charCodeAt(0) };
    const escaped = this.#next();
    const shared = this.#sharedEscape(escaped);
    if (shared === undefined) throw new Unsure();
    const code = shared.isSet
      ? 0
      : shared.text.startsWith("\\x")
        ? parseInt(shared.text.slice(2), 16)
        : codeOf(escaped);
    return { ...shared, code };
  }

  #peek(): string {
    return this.#text.charAt(this.#at);
  }

  #isNext(char: string): boolean {
    return this.#text[this.#at] === char;
  }

  #take(char: string): boolean {
    if (!this.#isNext(char)) return false;
    this.#at++;
    return true;
  }

  /** The next character; a pattern that ends here is refused. */
  #next(): string {
    const char = this.#text[this.#at];
    if (char === undefined) throw new PcreRefusal();
    this.#at++;
    return char;
  }
}

const controlCodes: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, a: 7, e: 27 };

function codeOf(char: string): number {
  return controlCodes[char] ?? char.charCodeAt(0);
}

/** A byte that stands for itself, inside and outside of a class. */
function literal(char: string): string {
  return /[\w ]/.test(char) ? char : `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

import { SchemaError } from "../errors.js";
import type { Limits } from "./limits.js";

/**
 * Prepares a source for fengari, and refuses one that is nested so deeply that a recursive parser would overflow.
 *
 * Every integer numeral gets `.0`: LuaJIT's numbers are all doubles, fengari's integers are 32 bits and wrap, and its
 * compiler already folds `1024 * 1024 * 4096` before anybody could intervene. Lines stay where they are.
 */
export function scanSource(
  source: string,
  { sourceDepth }: Pick<Limits, "sourceDepth">,
  positionAt: PositionAt,
): string {
  const pieces: string[] = [];
  let copied = 0;
  const depth = new Depth(sourceDepth, positionAt);
  let at = 0;
  while (at < source.length) {
    const code = source.charCodeAt(at);
    if (isWordStart(code)) {
      const end = skipWhile(source, at, isWord);
      depth.word(source.slice(at, end), at);
      at = end;
    } else if (isDigit(code) || (code === 0x2e && isDigit(source.charCodeAt(at + 1)))) {
      const end = skipNumeral(source, at);
      const numeral = source.slice(at, end);
      const asDouble = integerAsDouble(numeral);
      if (asDouble !== undefined) {
        pieces.push(source.slice(copied, at), asDouble);
        copied = end;
      }
      at = end;
    } else if (code === 0x22 || code === 0x27) {
      at = skipQuoted(source, at);
    } else if (code === 0x2d && source.charCodeAt(at + 1) === 0x2d) {
      at = skipLongBracket(source, at + 2) ?? skipLine(source, at);
    } else if (code === 0x5b) {
      const end = skipLongBracket(source, at);
      if (end === undefined) depth.open(at);
      at = end ?? at + 1;
    } else {
      at += depth.symbol(source, at);
    }
  }
  pieces.push(source.slice(copied));
  return pieces.join("");
}

/** The tokens of a piece of Lua with one blank between any two: equal for texts that differ in white space and comments only. */
export function normaliseText(text: string): string {
  const tokens: string[] = [];
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const start = at;
    if (code <= 0x20) {
      at++;
      continue;
    }
    if (isWordStart(code)) at = skipWhile(text, at, isWord);
    else if (isDigit(code)) at = skipNumeral(text, at);
    else if (code === 0x22 || code === 0x27) at = skipQuoted(text, at);
    else if (code === 0x2d && text.charCodeAt(at + 1) === 0x2d) {
      at = skipLongBracket(text, at + 2) ?? skipLine(text, at);
      continue;
    } else if (code === 0x5b) at = skipLongBracket(text, at) ?? at + 1;
    else at += symbolLength(text, at);
    tokens.push(text.slice(start, at).replaceAll("\r\n", "\n"));
  }
  return tokens.join(" ");
}

type PositionAt = (offset: number) => { readonly line: number; readonly column: number };

/** Counts what a recursive parser would have open at a place: brackets, blocks, and operators whose right side is pending. */
class Depth {
  #depth = 0;
  /** Pending operators at each open bracket or block. */
  readonly #pending: number[] = [0];
  readonly #limit: number;
  readonly #positionAt: PositionAt;

  constructor(limit: number, positionAt: PositionAt) {
    this.#limit = limit;
    this.#positionAt = positionAt;
  }

  open(at: number): void {
    this.#pending.push(0);
    this.#deepen(at);
  }

  word(word: string, at: number): void {
    switch (word) {
      case "function":
      case "do":
      case "repeat":
      case "if":
        this.open(at);
        break;
      case "end":
      case "until":
        this.#close();
        break;
      case "not":
        this.#operator(at);
        break;
      case "local":
      case "return":
      case "then":
      case "else":
      case "elseif":
      case "and":
      case "or":
        this.#settle();
    }
  }

  /** Takes the symbol at `at` and gives its length. */
  symbol(source: string, at: number): number {
    switch (source.charCodeAt(at)) {
      case 0x28: // (
      case 0x7b: // {
        this.open(at);
        return 1;
      case 0x29: // )
      case 0x5d: // ]
      case 0x7d: // }
        this.#close();
        return 1;
      case 0x2c: // ,
      case 0x3b: // ;
      case 0x3d: // =
        this.#settle();
        return 1;
      case 0x2d: // -
      case 0x23: // #
      case 0x5e: // ^
        this.#operator(at);
        return 1;
      case 0x2e: {
        const length = symbolLength(source, at);
        if (length === 2) this.#operator(at);
        return length;
      }
      default:
        return 1;
    }
  }

  #operator(at: number): void {
    this.#pending[this.#pending.length - 1] = (this.#pending.at(-1) ?? 0) + 1;
    this.#deepen(at);
  }

  #settle(): void {
    this.#depth -= this.#pending.at(-1) ?? 0;
    this.#pending[this.#pending.length - 1] = 0;
  }

  #close(): void {
    if (this.#pending.length === 1) return; // one too many: the parser will say so
    this.#depth -= 1 + (this.#pending.pop() ?? 0);
  }

  #deepen(at: number): void {
    if (++this.#depth <= this.#limit) return;
    const position = this.#positionAt(at);
    throw new SchemaError("limit-source-depth", `the source is nested more than ${this.#limit} levels deep`, {
      position,
      nextStep: "Build deep structures in steps with local variables, or raise the limit `sourceDepth`.",
    });
  }
}

/** A decimal or hexadecimal integer numeral as a numeral that Lua 5.3 reads as a float; undefined for all others. */
function integerAsDouble(numeral: string): string | undefined {
  if (/^\d+$/.test(numeral)) return `${numeral}.0`;
  if (!/^0[xX][\da-fA-F]+$/.test(numeral)) return undefined;
  const text = String(Number(numeral));
  return text.includes("e") ? text : `${text}.0`;
}

function skipWhile(text: string, from: number, test: (code: number) => boolean): number {
  let at = from;
  while (at < text.length && test(text.charCodeAt(at))) at++;
  return at;
}

/** As Lua's lexer does: all that may belong to a numeral, a sign after an exponent's letter included. */
function skipNumeral(text: string, from: number): number {
  const hexadecimal = text.charCodeAt(from) === 0x30 && (text.charCodeAt(from + 1) | 0x20) === 0x78;
  const exponent = hexadecimal ? 0x70 : 0x65;
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if ((code | 0x20) === exponent && /[+-]/.test(text.charAt(at + 1))) at += 2;
    else if (isWord(code) || code === 0x2e) at++;
    else break;
  }
  return at;
}

function skipQuoted(text: string, from: number): number {
  const quote = text.charCodeAt(from);
  let at = from + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) {
      at += text.startsWith("\r\n", at + 1) ? 3 : 2;
      if (text.charCodeAt(at - 1) === 0x7a) at = skipWhile(text, at, (space) => space <= 0x20);
    } else if (code === quote) return at + 1;
    else if (code === 0x0a)
      return at; // unfinished: the parser will say so
    else at++;
  }
  return at;
}

/** The end of the `[[ … ]]` or `[=[ … ]=]` that starts here; undefined where none starts. */
function skipLongBracket(text: string, from: number): number | undefined {
  if (text.charCodeAt(from) !== 0x5b) return undefined;
  const level = skipWhile(text, from + 1, (code) => code === 0x3d) - from - 1;
  if (text.charCodeAt(from + 1 + level) !== 0x5b) return undefined;
  const close = text.indexOf(`]${"=".repeat(level)}]`, from + 2 + level);
  return close === -1 ? text.length : close + level + 2;
}

function skipLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}

const symbols = ["...", "..", "==", "~=", "<=", ">=", "::"];

function symbolLength(text: string, at: number): number {
  return symbols.find((symbol) => text.startsWith(symbol, at))?.length ?? 1;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** LuaJIT takes every byte from 0x80 on as a letter. */
function isWordStart(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f || code >= 0x80;
}

function isWord(code: number): boolean {
  return isWordStart(code) || isDigit(code);
}

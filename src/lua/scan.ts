import type { Position } from "../errors.js";
import { CompileCost } from "./compile-cost.js";
import type { Limits } from "./limits.js";
import { Nesting } from "./nesting.js";
import { parseNumber } from "./numbers.js";
import { type FunctionShape, ShapeReader } from "./shapes.js";

/** The first byte of a marked string, which no name has, and the length of a mark. */
export const literalMark = 0x7f;
export const markLength = 8;

export interface ScannedSource {
  /** The text for fengari. */
  readonly text: string;
  readonly cost: CompileCost;
  /** The functions and table constructors, where the source is right. */
  readonly main: FunctionShape;
  /** Whether there may be something in it that fengari takes and LuaJIT does not. */
  readonly isDoubtful: boolean;
  /** The first numeral that runs into a word: fengari takes it for two tokens, LuaJIT does not. */
  readonly badNumeral: BadNumeral | undefined;
}

export interface BadNumeral {
  readonly text: string;
  readonly offset: number;
  /** Whether LuaJIT takes it: `1ULL`, and not `1if`. */
  readonly isOfFfi: boolean;
}

/**
 * Prepares a source for fengari, and refuses one that is nested so deeply that a recursive parser would overflow.
 *
 * Every integer numeral gets `.0`: LuaJIT's numbers are all doubles, fengari's integers are 32 bits and wrap, and its
 * compiler already folds `1024 * 1024 * 4096` before anybody could intervene. Every string that may hold a control
 * character gets a mark in front that is taken off when it is compiled: fengari's compiler makes one constant of "\1\17"
 * and "\17\1". Comments and indentation, a third of most sources, are left out: fengari takes longest with single characters.
 * Lines stay where they are.
 */
export function scanSource(
  source: string,
  { sourceDepth }: Pick<Limits, "sourceDepth">,
  positionAt: (offset: number) => Position,
): ScannedSource {
  const pieces: string[] = [];
  let copied = 0;
  const insert = (at: number, text: string, skipped = 0): void => {
    pieces.push(source.slice(copied, at), text);
    copied = at + skipped;
  };
  const drop = (from: number, to: number): void => {
    if (to > from) insert(from, "", to - from);
  };
  let marks = 0;
  const mark = (at: number): void =>
    insert(at, String.fromCharCode(literalMark) + String(marks++).padStart(markLength - 1, "0"));
  const nesting = new Nesting(sourceDepth, positionAt);
  const cost = new CompileCost();
  const shapes = new ShapeReader();
  let isDoubtful = false;
  let badNumeral: ScannedSource["badNumeral"];
  /** Where a `local` right before begins. */
  let local: number | undefined;
  let at = 0;
  while (at < source.length) {
    const code = source.charCodeAt(at);
    if (isSpace(code)) {
      const end = code === 0x0a ? skipWhile(source, at + 1, isBlank) : at + 1;
      drop(at + 1, end);
      at = end;
      continue;
    }
    if (isWordStart(code)) {
      const end = skipWhile(source, at, isWord);
      const word = source.slice(at, end);
      cost.word(word);
      shapes.token(word, at, "word", nesting.level);
      const boundary = nesting.word(word, at);
      if (boundary === "enters function") {
        cost.enterFunction();
        shapes.enterFunction(local ?? at);
      } else if (boundary === "leaves function") {
        cost.leaveFunction();
        shapes.leaveFunction(end);
      }
      if (word === "goto") isDoubtful = true;
      local = word === "local" ? at : undefined;
      at = end;
      continue;
    } else if (isDigit(code) || (code === 0x2e && isDigit(source.charCodeAt(at + 1)))) {
      const end = skipNumeral(source, at);
      const numeral = source.slice(at, end);
      const asDouble = integerAsDouble(numeral);
      if (asDouble !== undefined) insert(at, asDouble, end - at);
      else if (!plainFraction.test(numeral)) {
        isDoubtful = true;
        if (parseNumber(numeral) === undefined)
          badNumeral ??= { text: numeral, offset: at, isOfFfi: suffixedNumeral.test(numeral) };
      }
      cost.literal();
      shapes.token(numeral, at, "literal", nesting.level);
      at = end;
    } else if (code === 0x22 || code === 0x27) {
      const end = skipQuoted(source, at);
      if (mayHoldControl(source, at + 1, end)) {
        mark(at + 1);
        isDoubtful ||= rareEscape.test(source.slice(at, end));
      }
      cost.literal();
      shapes.token(source.slice(at, end), at, "literal", nesting.level);
      at = end;
    } else if (code === 0x2d && source.charCodeAt(at + 1) === 0x2d) {
      const long = skipLongBracket(source, at + 2);
      const end = long ?? skipLine(source, at);
      if (long === undefined && !source.slice(at, end).includes("\r")) drop(at, end);
      at = end;
      continue;
    } else {
      const end = code === 0x5b ? skipLongBracket(source, at) : undefined;
      const symbol = end === undefined ? source.slice(at, at + symbolLength(source, at)) : "";
      if (end !== undefined) {
        mark(longContent(source, at));
        cost.literal();
        shapes.token(source.slice(at, end), at, "literal", nesting.level);
      } else {
        cost.symbol(symbol);
        isDoubtful ||= isNewer(symbol, source, at);
        shapes.token(symbol, at, "symbol", nesting.level);
        if (symbol === "[") nesting.open(at);
        else nesting.symbol(symbol, at);
      }
      at = end ?? at + symbol.length;
    }
    local = undefined;
  }
  pieces.push(source.slice(copied));
  return { text: pieces.join(""), cost, main: shapes.main, isDoubtful, badNumeral };
}

/** The tokens of a piece of Lua with one blank between any two: equal for texts that differ in white space and comments only. */
export function normaliseText(text: string): string {
  const tokens: string[] = [];
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const start = at;
    if (isSpace(code)) {
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

/** An integer numeral, decimal, hexadecimal or binary, as one that Lua 5.3 reads as a float; undefined for all others. */
function integerAsDouble(numeral: string): string | undefined {
  if (/^\d+$/.test(numeral)) return `${numeral}.0`;
  if (!/^0(?:[xX][\da-fA-F]+|[bB][01]+)$/.test(numeral)) return undefined;
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
      if (text.charCodeAt(at - 1) === 0x7a) at = skipWhile(text, at, isSpace);
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

/** Where the content of a long string begins: a line break right after the bracket does not belong to it. */
function longContent(text: string, from: number): number {
  const start = text.indexOf("[", from + 1) + 1;
  return start + (/^(?:\r\n|\n\r|[\r\n])?/.exec(text.slice(start, start + 2))?.[0].length ?? 0);
}

/** Whether a quoted string has an escape or a raw control character, or begins as a mark does. */
function mayHoldControl(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code === 0x5c || (at === from && code === literalMark)) return true;
  }
  return false;
}

function skipLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}

/** `...`, `..`, `==`, `~=`, `<=`, `>=`, `::`, or one character. */
function symbolLength(text: string, at: number): number {
  const next = text.charCodeAt(at + 1);
  switch (text.charCodeAt(at)) {
    case 0x2e:
      return next !== 0x2e ? 1 : text.charCodeAt(at + 2) === 0x2e ? 3 : 2;
    case 0x3d:
    case 0x7e:
    case 0x3c:
    case 0x3e:
      return next === 0x3d ? 2 : 1;
    case 0x3a:
      return next === 0x3a ? 2 : 1;
    default:
      return 1;
  }
}

/** A numeral with a fraction or an exponent that every Lua reads. */
const plainFraction = /^(?:\d+\.\d*|\.\d+|\d+)(?:[eE][+-]?\d+)?$/;

/** `10ULL`, `0x7fLL`, `1i`: numbers of FFI. */
const suffixedNumeral = /(?:i|I|[uU]?[lL]{2})$/;

/** Those of later releases, which take more of them than LuaJIT, or read them in another way. */
const rareEscape = /\\[^abfnrtv\\"'0-9\n]/;

/** Whether it is, or may be a part of, an operator or a label of a later Lua. */
function isNewer(symbol: string, text: string, at: number): boolean {
  switch (symbol) {
    case "&":
    case "|":
    case "~":
    case "::":
      return true;
    case "/":
    case "<":
    case ">":
      return text.charAt(at + 1) === symbol;
    default:
      return false;
  }
}

function isSpace(code: number): boolean {
  return code <= 0x20;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** LuaJIT takes every byte from 0x80 on as a letter. */
function isWordStart(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f || code >= 0x80;
}

/** Most of all questions: asked without calling the two above. */
function isWord(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    code === 0x5f ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code >= 0x80
  );
}

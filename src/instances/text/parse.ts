import { Composer, type CST, LineCounter, type ParsedNode, Parser } from "yaml";
import type { Position } from "../../errors.js";
import { InstanceError } from "../errors.js";
import { coverPlaceholders, type Placeholders, withoutPlaceholders } from "./placeholders.js";

/** A text as YAML nodes; JSON is YAML too. */
export interface ParsedText {
  readonly text: string;
  readonly placeholders: Placeholders;
  /** Undefined where the text holds nothing but comments. */
  readonly root: ParsedNode | undefined;
  positionAt(offset: number): Position;
}

export interface ParseOptions {
  readonly filename?: string | undefined;
  /** In bytes of UTF-8. */
  readonly maxBytes: number;
  /** Whether decK will put values from the environment into the text. */
  readonly hasPlaceholders: boolean;
}

/** Deeper than any configuration: the parser and all that follows it go down recursively. */
const maxDepth = 200;

/** A parser's token takes much more memory than its text: a text of nothing but line ends would exhaust it. */
const maxMarks = 8_000_000;

/**
 * Parses YAML or JSON with bounds on size, density and depth. Throws `InstanceError`.
 *
 * Scalars are left as text, for decK and JSON read them differently; and doubled keys are not looked for here, since the
 * parser compares every key with all before it.
 */
export function parseText(text: string, { filename, maxBytes, hasPlaceholders }: ParseOptions): ParsedText {
  const lines = new LineCounter();
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { ...(filename === undefined ? {} : { file: filename }), line: Math.max(1, line), column: Math.max(1, col) };
  };
  checkSize(text, filename, maxBytes);
  const placeholders = hasPlaceholders ? coverPlaceholders(text) : withoutPlaceholders(text);

  const tokens = [...new Parser(lines.addNewLine).parse(placeholders.covered)];
  checkDepth(tokens, positionAt);
  const composer = new Composer({ schema: "failsafe", uniqueKeys: false, prettyErrors: false, stringKeys: false });
  const documents = [...composer.compose(tokens, true, text.length)];
  for (const { errors } of documents) {
    const [error] = errors;
    if (error !== undefined) {
      throw new InstanceError(
        "instances-syntax",
        `this is not valid YAML: ${unquoted(error)}`,
        positionAt(error.pos[0]),
      );
    }
  }
  const [document, second] = documents;
  if (second !== undefined) {
    throw new InstanceError(
      "instances-several-documents",
      "the text holds a second YAML document, which decK passes over",
      positionAt(second.range[0]),
      "Put each document into a file of its own.",
    );
  }
  return { text, placeholders, root: document?.contents ?? undefined, positionAt };
}

/** What the parser says without what it quotes, at the end and after one of these marks: that may be a password. */
function unquoted({ message }: { readonly message: string }): string {
  return message.replace(/\s*[:\\!].*$/s, "");
}

function checkSize(text: string, filename: string | undefined, maxBytes: number): void {
  const position = { ...(filename === undefined ? {} : { file: filename }), line: 1, column: 1 };
  // A unit of UTF-16 takes at most three bytes of UTF-8.
  if (text.length > maxBytes || (text.length * 3 > maxBytes && new TextEncoder().encode(text).length > maxBytes)) {
    throw new InstanceError(
      "instances-too-large",
      `the text is larger than ${maxBytes} bytes`,
      position,
      "Split it into several files, or raise the limit.",
    );
  }
  let marks = 0;
  for (let at = 0; at < text.length; at++) if (isMark[text.charCodeAt(at)] === true) marks++;
  if (marks > maxMarks) {
    throw new InstanceError(
      "instances-too-dense",
      `the text holds more than ${maxMarks} line ends and punctuation marks`,
      position,
      "Split it into several files.",
    );
  }
}

const isMark: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  "\r\n,:[]{}&*!-?#\"'".includes(String.fromCharCode(code)),
);

/** Goes down without recursion, since this is what keeps the recursion of others in bounds. */
function checkDepth(tokens: readonly CST.Token[], positionAt: (offset: number) => Position): void {
  const open: { readonly token: CST.Token | null | undefined; readonly depth: number }[] = tokens.map((token) => ({
    token,
    depth: 0,
  }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (token === null || token === undefined) continue;
    if (depth > maxDepth) {
      throw new InstanceError(
        "instances-too-deep",
        `the text is nested more than ${maxDepth} levels deep`,
        positionAt(token.offset),
      );
    }
    if (token.type === "document") open.push({ token: token.value, depth });
    if ("items" in token) {
      for (const { key, value } of token.items) {
        open.push({ token: key, depth: depth + 1 }, { token: value, depth: depth + 1 });
      }
    }
  }
}

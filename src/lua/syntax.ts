import luaparse from "luaparse";
import { SchemaError, type Position } from "../errors.js";
import type { BadNumeral } from "./scan.js";

export type PositionAt = (offset: number) => Position;

/** Gives 1-based lines and columns (UTF-16 units) for offsets into the source. */
export function positionsOf(source: string, file: string | undefined): PositionAt {
  let lineStarts: number[] | undefined;
  // most questions are about the line of the last one, or the next
  let last = 0;
  return (offset) => {
    lineStarts ??= findLineStarts(source);
    if (offset < (lineStarts[last] ?? 0)) last = 0;
    const near = last + 8;
    while (last < near && offset >= (lineStarts[last + 1] ?? Infinity)) last++;
    if (last === near) last = lineAt(lineStarts, offset);
    const [line, column] = [last + 1, offset - (lineStarts[last] ?? 0) + 1];
    return file === undefined ? { line, column } : { file, line, column };
  };
}

/**
 * Throws what luaparse has against a source in the grammar of Kong's LuaJIT: `lua-syntax`, or `lua-not-luajit` where the text
 * would be right in a newer Lua. The caller has bounded the nesting: luaparse is recursive.
 */
export function checkSyntax(source: string, positionAt: PositionAt): void {
  parseLua(source, positionAt, { onNode: dropParts, comments: false });
}

/** The tree of a source, with its comments. Throws as `checkSyntax`. */
export function parseTree(source: string, positionAt: PositionAt): luaparse.Chunk {
  return parseLua(source, positionAt, { onNode: () => undefined, comments: true });
}

/** Where a source returns at its end; undefined where it does not, or where that cannot be told. */
export function positionOfReturn(source: string, file: string | undefined): Position | undefined {
  const positionAt = positionsOf(source, file);
  try {
    const last = parseTree(source, positionAt).body.at(-1);
    return last?.type === "ReturnStatement" ? positionAt(rangeOf(last)[0]) : undefined;
  } catch (error) {
    if (error instanceof SchemaError) return undefined;
    throw error;
  }
}

/**
 * Kong builds its LuaJIT with LUAJIT_ENABLE_LUA52COMPAT (build/openresty/BUILD.openresty.bazel), and luaparse's "LuaJIT" is
 * one without: it wants the `(` of a call on the line where the function ends, and refuses a `;` alone. The grammar of Lua
 * 5.3 less its operators is Kong's, but for the suffixes of FFI's numerals.
 */
function parseLua(
  source: string,
  positionAt: PositionAt,
  { onNode, comments }: { readonly onNode: (node: luaparse.Node) => void; readonly comments: boolean },
): luaparse.Chunk {
  try {
    return luaparse.parse(source, {
      luaVersion: suffixedNumeral.test(source) ? "LuaJIT" : "5.3",
      ranges: true,
      comments,
      onCreateNode: (node) => {
        refuseNewerOperator(node, source, positionAt);
        onNode(node);
      },
    });
  } catch (error) {
    throw error instanceof SchemaError ? error : syntaxError(error, source, positionAt);
  }
}

/** `10ULL`, `0x7fLL`, `1i`. In a text or a comment it does no harm. */
const suffixedNumeral = /\b\d[\w.]{0,40}(?:i|I|[uU]?[lL]{2})\b/;

const newerOperators: ReadonlySet<string> = new Set(["//", "&", "|", "~", "<<", ">>"]);

function refuseNewerOperator(node: luaparse.Node, source: string, positionAt: PositionAt): void {
  if (node.type !== "BinaryExpression" && node.type !== "UnaryExpression") return;
  const operator: string = node.operator;
  if (!newerOperators.has(operator)) return;
  const behind = node.type === "BinaryExpression" ? rangeOf(node.left)[1] : rangeOf(node)[0];
  throw new SchemaError("lua-not-luajit", `LuaJIT has no operator \`${operator}\`: it is of a newer Lua`, {
    position: positionAt(source.indexOf(operator, behind)),
    nextStep:
      "Kong runs LuaJIT (Lua 5.1): use math.floor(a / b) for `//` and the module `bit` for `&`, `|`, `~`, `<<`, `>>`.",
  });
}

/** Nobody reads the tree: what hangs on a finished node is let go, for a tree takes hundreds of times the text. */
function dropParts(node: luaparse.Node): void {
  switch (node.type) {
    case "TableConstructorExpression":
      node.fields = [];
      break;
    case "CallExpression":
    case "ReturnStatement":
      node.arguments = [];
      break;
    case "FunctionDeclaration":
    case "WhileStatement":
    case "RepeatStatement":
    case "DoStatement":
    case "ForNumericStatement":
    case "ForGenericStatement":
    case "IfClause":
    case "ElseifClause":
    case "ElseClause":
      node.body = [];
      break;
    case "LocalStatement":
    case "AssignmentStatement":
      node.variables = [];
      node.init = [];
      break;
    case "IfStatement":
      node.clauses = [];
      break;
    case "BinaryExpression":
    case "LogicalExpression":
      node.left = nothing;
      node.right = nothing;
      break;
    default: // what is left holds little, or is held by one of these
  }
}

const nothing: luaparse.NilLiteral = { type: "NilLiteral", value: null, raw: "nil" };

/** luaparse's declarations do not know the `range` that its option `ranges` adds. */
function rangeOf(node: object): readonly [number, number] {
  return "range" in node && Array.isArray(node.range) ? [Number(node.range[0]), Number(node.range[1])] : [0, 0];
}

function syntaxError(error: unknown, source: string, positionAt: PositionAt): SchemaError {
  if (!(error instanceof Error) || !("index" in error) || typeof error.index !== "number") throw error;
  // what it is near to may be a text of any length
  const message = error.message.replace(/^\[\d+:\d+\] /, "").replace(/^(.{100}).{20,}$/s, "$1…");
  return notLua(message, positionAt(Math.min(error.index, source.length)));
}

/** What is wrong with a numeral that cannot be read here. */
export function numeralError({ text, isOfFfi }: BadNumeral, position: Position): SchemaError {
  const shown = text.slice(0, 40);
  if (!isOfFfi) return notLua(`malformed number near '${shown}'`, position);
  return new SchemaError("lua-syntax", `${shown} is a number of LuaJIT's FFI, which a schema does not get here`, {
    position,
    nextStep: "Write it without the suffix: no configuration holds such a number.",
  });
}

function notLua(message: string, position: Position): SchemaError {
  return new SchemaError("lua-syntax", `the source is not Lua: ${message}`, {
    position,
    nextStep: "Correct the syntax; `luajit -bl FILE` shows LuaJIT's own message.",
  });
}

/** The index of the last line that starts at an offset or before. */
function lineAt(lineStarts: readonly number[], offset: number): number {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function findLineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf("\n"); at !== -1; at = source.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

import luaparse from "luaparse";
import { SchemaError, type Position } from "../errors.js";

/** A function of the source, with what stands directly in it, each in source order: as the compiler numbers them. */
export interface FunctionShape {
  /** Absent for the main chunk. */
  readonly range: Range | undefined;
  readonly constructors: readonly TableShape[];
  readonly functions: readonly FunctionShape[];
}

/** Where a table constructor and its entries stand, as offsets into the source. */
export class TableShape {
  readonly offset: number;
  /** Keys that are written as a name or a string. */
  readonly #named: readonly (readonly [string, number])[];
  readonly #listed: readonly number[];
  #offsets: ReadonlyMap<string, number> | undefined;

  constructor(offset: number, named: readonly (readonly [string, number])[], listed: readonly number[]) {
    this.offset = offset;
    this.#named = named;
    this.#listed = listed;
  }

  /** Where a name stands; the last one wins, as it does in Lua. */
  offsetOfName(name: string): number | undefined {
    this.#offsets ??= new Map(this.#named);
    return this.#offsets.get(name);
  }

  /** Where an item without a key stands, counted from 1. */
  offsetOfItem(index: number): number | undefined {
    return this.#listed[index - 1];
  }
}

type Range = readonly [number, number];

/** A source that luaparse accepts as LuaJIT's Lua. */
export interface ParsedSource {
  readonly main: FunctionShape;
  readonly positionAt: PositionAt;
}

export type PositionAt = (offset: number) => Position;

/** Gives 1-based lines and columns (UTF-16 units) for offsets into the source. */
export function positionsOf(source: string, file: string | undefined): PositionAt {
  let lineStarts: number[] | undefined;
  return (offset) => {
    lineStarts ??= findLineStarts(source);
    let low = 0;
    let high = lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const column = offset - (lineStarts[low] ?? 0) + 1;
    return { ...(file === undefined ? {} : { file }), line: low + 1, column };
  };
}

/**
 * Parses a source with luaparse in the grammar of Kong's LuaJIT. Throws `lua-syntax`, or `lua-not-luajit` where the text
 * would be right in a newer Lua. The caller has bounded the nesting: luaparse is recursive.
 */
export function parseSource(source: string, positionAt: PositionAt): ParsedSource {
  const found: (TableShape | FunctionNode)[] = [];
  const onNode = (node: luaparse.Node): void => {
    if (node.type === "TableConstructorExpression") found.push(tableShape(node));
    else if (node.type === "FunctionDeclaration") found.push({ range: rangeOf(node), constructors: [], functions: [] });
    dropParts(node);
  };
  parseLua(source, positionAt, { onNode, comments: false });
  return { main: nest(found), positionAt };
}

/** As `parseSource`, for those who want the tree, with its comments. */
export function parseTree(source: string, positionAt: PositionAt): luaparse.Chunk {
  return parseLua(source, positionAt, { onNode: () => undefined, comments: true });
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

interface FunctionNode {
  readonly range: Range;
  readonly constructors: TableShape[];
  readonly functions: FunctionNode[];
}

/** Puts every table constructor and function into the function that it stands in. */
function nest(found: (TableShape | FunctionNode)[]): FunctionShape {
  found.sort((a, b) => startOf(a) - startOf(b));
  const main: Omit<FunctionNode, "range"> & { readonly range: undefined } = {
    range: undefined,
    constructors: [],
    functions: [],
  };
  const open: (FunctionNode | typeof main)[] = [main];
  for (const node of found) {
    const start = startOf(node);
    while (start >= (open.at(-1)?.range?.[1] ?? Infinity)) open.pop();
    const parent = open.at(-1) ?? main;
    if (node instanceof TableShape) parent.constructors.push(node);
    else {
      parent.functions.push(node);
      open.push(node);
    }
  }
  return main;
}

function startOf(node: TableShape | FunctionNode): number {
  return node instanceof TableShape ? node.offset : node.range[0];
}

function tableShape(node: luaparse.TableConstructorExpression): TableShape {
  const named: [string, number][] = [];
  const listed: number[] = [];
  for (const field of node.fields) {
    const [start] = rangeOf(field);
    switch (field.type) {
      case "TableKeyString":
        named.push([field.key.name, start]);
        break;
      case "TableKey":
        if (field.key.type === "StringLiteral") named.push([field.key.raw.slice(1, -1), start]);
        break;
      case "TableValue":
        listed.push(start);
    }
  }
  return new TableShape(rangeOf(node)[0], named, listed);
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
function rangeOf(node: object): Range {
  return "range" in node && Array.isArray(node.range) ? [Number(node.range[0]), Number(node.range[1])] : [0, 0];
}

function syntaxError(error: unknown, source: string, positionAt: PositionAt): SchemaError {
  if (!(error instanceof Error) || !("index" in error) || typeof error.index !== "number") throw error;
  const message = error.message.replace(/^\[\d+:\d+\] /, "");
  return new SchemaError("lua-syntax", `the source is not Lua: ${message}`, {
    position: positionAt(Math.min(error.index, source.length)),
    nextStep: "Correct the syntax; `luajit -bl FILE` shows LuaJIT's own message.",
  });
}

function findLineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf("\n"); at !== -1; at = source.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

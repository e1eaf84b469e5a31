import luaparse from "luaparse";
import { SchemaError, type Position } from "../errors.js";

type TableConstructor = luaparse.TableConstructorExpression;
type FunctionNode = luaparse.FunctionDeclaration;

/** A function of the source, with what stands directly in it, each in source order: as the compiler numbers them. */
export interface FunctionShape {
  /** Absent for the main chunk. */
  readonly range: Range | undefined;
  readonly constructors: readonly TableShape[];
  readonly functions: readonly FunctionShape[];
}

/** Where a table constructor and its entries stand, as offsets into the source. */
export interface TableShape {
  readonly offset: number;
  /** Offsets of the keys that are written as a name or a string; the last of a name wins, as it does in Lua. */
  readonly named: ReadonlyMap<string, number>;
  /** Offsets of the items without a key, in order. */
  readonly listed: readonly number[];
}

type Range = readonly [number, number];

/** A source that luaparse accepts as LuaJIT's Lua. */
export interface ParsedSource {
  readonly main: FunctionShape;
  readonly positionAt: (offset: number) => Position;
}

/** Gives 1-based lines and columns (UTF-16 units) for offsets into the source. */
export function positionsOf(source: string, file: string | undefined): (offset: number) => Position {
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
 * Parses a source with luaparse in the grammar of LuaJIT. Throws `lua-syntax`, or `lua-not-luajit` where the text
 * would be right in a newer Lua. The caller has bounded the nesting: luaparse is recursive.
 */
export function parseSource(source: string, positionAt: (offset: number) => Position): ParsedSource {
  const constructors: TableConstructor[] = [];
  const functions: FunctionNode[] = [];
  try {
    luaparse.parse(source, {
      luaVersion: "LuaJIT",
      ranges: true,
      comments: false,
      onCreateNode: (node) => {
        if (node.type === "TableConstructorExpression") constructors.push(node);
        else if (node.type === "FunctionDeclaration") functions.push(node);
      },
    });
  } catch (error) {
    throw syntaxError(error, source, positionAt);
  }
  return { main: nest(constructors, functions), positionAt };
}

/** Puts every table constructor and function into the function that it stands in. */
function nest(constructors: readonly TableConstructor[], functions: readonly FunctionNode[]): FunctionShape {
  const nodes = [...constructors, ...functions].sort((a, b) => startOf(a) - startOf(b));
  const main = { range: undefined, constructors: [], functions: [] };
  const open: MutableShape[] = [main];
  for (const node of nodes) {
    const start = startOf(node);
    while (start >= (open.at(-1)?.range?.[1] ?? Infinity)) open.pop();
    const parent = open.at(-1) ?? main;
    if (node.type === "TableConstructorExpression") {
      parent.constructors.push(tableShape(node));
    } else {
      const shape = { range: rangeOf(node), constructors: [], functions: [] };
      parent.functions.push(shape);
      open.push(shape);
    }
  }
  return main;
}

interface MutableShape {
  readonly range: Range | undefined;
  readonly constructors: TableShape[];
  readonly functions: MutableShape[];
}

function tableShape(node: TableConstructor): TableShape {
  const named = new Map<string, number>();
  const listed: number[] = [];
  for (const field of node.fields) {
    switch (field.type) {
      case "TableKeyString":
        named.set(field.key.name, startOf(field));
        break;
      case "TableKey":
        if (field.key.type === "StringLiteral") named.set(field.key.raw.slice(1, -1), startOf(field));
        break;
      case "TableValue":
        listed.push(startOf(field));
    }
  }
  return { offset: startOf(node), named, listed };
}

/** luaparse's declarations do not know the `range` that its option `ranges` adds. */
function rangeOf(node: object): Range {
  return "range" in node && Array.isArray(node.range) ? [Number(node.range[0]), Number(node.range[1])] : [0, 0];
}

function startOf(node: object): number {
  return rangeOf(node)[0];
}

function syntaxError(error: unknown, source: string, positionAt: (offset: number) => Position): SchemaError {
  if (!(error instanceof Error) || !("index" in error) || typeof error.index !== "number") throw error;
  const position = positionAt(Math.min(error.index, source.length));
  const message = error.message.replace(/^\[\d+:\d+\] /, "");
  return isNewerLua(source)
    ? new SchemaError("lua-not-luajit", `LuaJIT refuses this syntax of a newer Lua: ${message}`, {
        position,
        nextStep:
          "Kong runs LuaJIT (Lua 5.1): use math.floor(a / b) for `//` and the module `bit` for `&`, `|`, `~`, `<<`, `>>`.",
      })
    : new SchemaError("lua-syntax", `the source is not Lua: ${message}`, {
        position,
        nextStep: "Correct the syntax; `luajit -bl FILE` shows LuaJIT's own message.",
      });
}

function isNewerLua(source: string): boolean {
  try {
    luaparse.parse(source, { luaVersion: "5.3", comments: false });
    return true;
  } catch {
    return false;
  }
}

function findLineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf("\n"); at !== -1; at = source.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

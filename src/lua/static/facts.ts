import type luaparse from "luaparse";
import { SchemaError, type Position } from "../../errors.js";
import { defaultLimits } from "../limits.js";
import { scanSource } from "../scan.js";
import { parseTree, positionsOf, type PositionAt } from "../syntax.js";
import { resolveNames, type Names, type Variable } from "./names.js";
import { rangeOf, type Range } from "./ranges.js";
import { findReturnedTable } from "./returned-table.js";
import { StaticValues, type RequiredModule, type StaticValue } from "./values.js";

/** What is known of a Lua source without running it. */
export interface LuaFacts {
  /** Every call of `require`, direct or through `pcall`, in source order. */
  readonly requires: readonly RequireFact[];
  /** Every place where something of the host is named by its path, `ngx.timer.at`, through locals too; in source order. */
  readonly uses: readonly UseFact[];
  readonly returned: ReturnedFacts;
  readonly comments: readonly CommentFact[];
  /** What the function that begins at this place needs from outside of itself, through other functions of the source too. */
  needsOf(position: Position): FunctionNeeds | undefined;
}

export type RequireFact = { readonly position: Position } & RequiredModule;

export interface UseFact {
  readonly position: Position;
  /** With `*` for a part that is decided at run time. */
  readonly path: string;
}

export interface FunctionNeeds {
  readonly requires: readonly RequireFact[];
  readonly uses: readonly UseFact[];
}

/** The table that the source returns. */
export interface ReturnedFacts {
  /** Where the source returns it; undefined where it returns nothing. */
  readonly position: Position | undefined;
  readonly fields: ReadonlyMap<string, ReturnedFieldFact>;
  /** Whether nothing else can be in it. */
  readonly isWhole: boolean;
}

export interface ReturnedFieldFact {
  readonly position: Position;
  /** The only value that it can have, where it is a plain one; a function by this word. */
  readonly value: StaticConstant;
}

export type StaticConstant =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "boolean" | "nil" | "table" | "function" | "unknown" };

export interface CommentFact {
  readonly position: Position;
  /** The line on which it ends. */
  readonly lastLine: number;
  /** Without the dashes and brackets. */
  readonly text: string;
  /** Whether code stands before it on its line. */
  readonly isBesideCode: boolean;
}

/** Reads a source without running it. Throws a `SchemaError` where it is not Lua, or beyond the bounds of a schema's source. */
export function readLuaFacts(text: string, { filename }: { readonly filename?: string } = {}): LuaFacts {
  const positionAt = positionsOf(text, filename);
  if (text.length > defaultLimits.sourceBytes) {
    throw new SchemaError("limit-source-size", `the source is longer than ${defaultLimits.sourceBytes} characters`, {
      position: positionAt(0),
      nextStep: "Split it into modules.",
    });
  }
  // Kong loads files, and LuaJIT skips a byte order mark in them: a blank keeps the columns.
  const source = text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text;
  scanSource(source, defaultLimits, positionAt);
  const chunk = parseTree(source, positionAt);
  const names = resolveNames(chunk);
  return new Reader(source, names, positionAt, chunk.comments ?? []).facts();
}

interface Placed<Fact> {
  readonly offset: number;
  readonly fact: Fact;
}

class Reader {
  readonly #source: string;
  readonly #names: Names;
  readonly #values: StaticValues;
  readonly #positionAt: PositionAt;
  readonly #comments: readonly luaparse.Comment[];
  readonly #requires: readonly Placed<RequireFact>[];
  readonly #uses: readonly Placed<UseFact>[];
  #reach: Reach | undefined;

  constructor(source: string, names: Names, positionAt: PositionAt, comments: readonly luaparse.Comment[]) {
    this.#source = source;
    this.#names = names;
    this.#values = new StaticValues(names);
    this.#positionAt = positionAt;
    this.#comments = comments;
    this.#requires = this.#findRequires();
    this.#uses = this.#findUses();
  }

  facts(): LuaFacts {
    return {
      requires: this.#requires.map(({ fact }) => fact),
      uses: this.#uses.map(({ fact }) => fact),
      returned: this.#returned(),
      comments: this.#comments.map((comment) => this.#comment(comment)),
      needsOf: (position) => this.#needsOf(position),
    };
  }

  #findRequires(): Placed<RequireFact>[] {
    return this.#names.calls
      .flatMap((call) => {
        const { start } = rangeOf(call);
        const modules = this.#values.requiredBy(call) ?? [];
        return modules.map((module) => ({ offset: start, fact: { position: this.#positionAt(start), ...module } }));
      })
      .sort(byOffset);
  }

  #findUses(): Placed<UseFact>[] {
    // A local name is no use by itself: where it got its value is one.
    const globals = this.#names.identifiers.filter((identifier) => !this.#names.locals.has(identifier));
    return [...this.#names.accesses, ...globals]
      .flatMap((node) => {
        const { start } = rangeOf(node);
        const paths = this.#values.of(node).flatMap((value) => (value.kind === "global" ? [value.path.join(".")] : []));
        return paths.map((path) => ({ offset: start, fact: { position: this.#positionAt(start), path } }));
      })
      .sort(byOffset);
  }

  #needsOf({ line, column }: Position): FunctionNeeds | undefined {
    const node = this.#names.functions.find((candidate) => {
      const place = this.#positionAt(rangeOf(candidate).start);
      return place.line === line && place.column === column;
    });
    if (node === undefined) return undefined;
    this.#reach ??= new Reach(this.#names);
    const ranges = this.#reach.from(rangeOf(node));
    const within = <Fact>({ offset, fact }: Placed<Fact>): Fact[] =>
      ranges.some(({ start, end }) => offset >= start && offset < end) ? [fact] : [];
    return { requires: this.#requires.flatMap(within), uses: this.#uses.flatMap(within) };
  }

  #returned(): ReturnedFacts {
    const { offset, fields, isWhole } = findReturnedTable(this.#names, this.#values);
    const placed = [...fields].map(([name, field]): [string, ReturnedFieldFact] => [
      name,
      { position: this.#positionAt(field.offset), value: constantOf(field.values) },
    ]);
    return {
      position: offset === undefined ? undefined : this.#positionAt(offset),
      fields: new Map(placed),
      isWhole,
    };
  }

  #comment(comment: luaparse.Comment): CommentFact {
    const { start, end } = rangeOf(comment);
    const position = this.#positionAt(start);
    return {
      position,
      lastLine: this.#positionAt(end).line,
      text: comment.value,
      isBesideCode: this.#source.slice(start - position.column + 1, start).trim() !== "",
    };
  }
}

/** What a piece of the source leads to: the values of all variables that it names, and of those that these name. */
class Reach {
  /** The identifiers that have a variable, by their place. */
  readonly #named: readonly { readonly offset: number; readonly variable: Variable }[];
  readonly #assigned = new Map<Variable, Range[]>();

  constructor(names: Names) {
    const variableOf = (node: luaparse.Expression): Variable | undefined =>
      node.type === "Identifier" ? (names.locals.get(node) ?? names.globals.get(node.name)) : undefined;
    this.#named = names.identifiers
      .flatMap((identifier) => {
        const variable = variableOf(identifier);
        return variable === undefined ? [] : [{ offset: rangeOf(identifier).start, variable }];
      })
      .sort(byOffset);
    for (const { target, value } of names.fieldAssignments) {
      const variable = variableOf(target.base);
      if (variable !== undefined) this.#rangesOf(variable).push(rangeOf(value.expression));
    }
  }

  from(first: Range): readonly Range[] {
    const ranges = [first];
    const seen = new Set<Variable>();
    for (const { start, end } of ranges) {
      for (let at = this.#firstFrom(start); at < this.#named.length; at++) {
        const named = this.#named[at];
        if (named === undefined || named.offset >= end) break;
        if (seen.has(named.variable)) continue;
        seen.add(named.variable);
        for (const range of this.#rangesOf(named.variable)) ranges.push(range);
      }
    }
    return ranges;
  }

  #rangesOf(variable: Variable): Range[] {
    let ranges = this.#assigned.get(variable);
    if (ranges === undefined) {
      ranges = variable.values.map(({ expression }) => rangeOf(expression));
      this.#assigned.set(variable, ranges);
    }
    return ranges;
  }

  /** The index of the first name at an offset or behind it. */
  #firstFrom(offset: number): number {
    let [low, high] = [0, this.#named.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#named[middle]?.offset ?? Infinity) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function constantOf([value, ...more]: readonly StaticValue[]): StaticConstant {
  if (value === undefined || more.length > 0) return { kind: "unknown" };
  switch (value.kind) {
    case "text":
    case "number":
      return value;
    case "boolean":
    case "nil":
    case "table":
    case "function":
      return { kind: value.kind };
    case "global":
    case "module":
    case "unknown":
      return { kind: "unknown" };
  }
}

function byOffset(a: { readonly offset: number }, b: { readonly offset: number }): number {
  return a.offset - b.offset;
}

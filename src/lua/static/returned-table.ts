import type * as ast from "luaparse";
import { argumentsOf, type Call, type Names, type Variable } from "./names.js";
import { rangeOf } from "./ranges.js";
import { isCall, type StaticValue, type StaticValues } from "./values.js";

/** A field of the table that a chunk returns. */
export interface ReturnedField {
  /** Where it is set, as an offset. */
  readonly offset: number;
  /** All that it can be. */
  readonly values: readonly StaticValue[];
}

/** The table that a chunk returns, as it is when the chunk has run. */
export interface ReturnedTable {
  /** Where the chunk returns it; undefined where it returns nothing. */
  readonly offset: number | undefined;
  /** The last that is set under each name. */
  readonly fields: ReadonlyMap<string, ReturnedField>;
  /** Whether nothing else can be in it: no module or function that is not visible here had it in hand. */
  readonly isWhole: boolean;
}

/** Finds the table that a chunk returns, through locals and later assignments: `local M = {} … function M:access() … return M`. */
export function findReturnedTable(names: Names, values: StaticValues): ReturnedTable {
  const aliases = new Aliases(names, values);
  const returned = new Set(names.returned.flatMap((expression) => aliases.of(expression)));
  const isReturned = (expression: ast.Expression): boolean => aliases.of(expression).some((root) => returned.has(root));
  const fields = new Map<string, ReturnedField>();
  let isWhole = returned.size > 0;

  for (const root of [...returned].flatMap((one) => aliases.allOf(one))) {
    if (!("type" in root)) {
      if (root.isOpen) isWhole = false;
    } else if (root.type === "TableConstructorExpression") {
      for (const field of root.fields) {
        const key = values.keyOfEntry(field);
        if (key !== undefined) fields.set(key, { offset: rangeOf(field).start, values: values.of(field.value) });
        else if (field.type === "TableKey") isWhole = false;
      }
    } else if (!isEmptyClass(root, values)) {
      isWhole = false;
    }
  }
  for (const { target, value } of names.fieldAssignments) {
    if (!isReturned(target.base)) continue;
    const key = values.keyOf(target);
    if (key === undefined) isWhole = false;
    else fields.set(key, { offset: rangeOf(target).start, values: values.assigned(value) });
  }
  if (names.calls.some((call) => !isHarmless(call, values) && argumentsOf(call).some(isReturned))) isWhole = false;
  const [first] = names.returned;
  return { offset: first === undefined ? undefined : rangeOf(first).start, fields, isWhole };
}

/** What one table can be known by: the names that it has, and the expression that made it. */
type Root = Variable | ast.Expression;

/** Which names and expressions can be the same table, whatever the order of assignments. */
class Aliases {
  readonly #names: Names;
  readonly #values: StaticValues;
  readonly #parents = new Map<Root, Root>();
  readonly #members = new Map<Root, Root[]>();

  constructor(names: Names, values: StaticValues) {
    this.#names = names;
    this.#values = values;
    for (const variable of [...names.locals.values(), ...names.globals.values()]) this.#joinValues(variable);
    for (const root of [...this.#parents.keys()]) {
      const first = this.#find(root);
      const members = this.#members.get(first);
      if (members === undefined) this.#members.set(first, [root]);
      else members.push(root);
    }
  }

  /** One root for each table that the expression can be: equal for names of the same table. */
  of(expression: ast.Expression): readonly Root[] {
    return this.#sourcesOf(expression).map((root) => this.#find(root));
  }

  allOf(root: Root): readonly Root[] {
    return this.#members.get(root) ?? [root];
  }

  #joinValues(variable: Variable): void {
    if (this.#parents.has(variable)) return;
    this.#parents.set(variable, variable);
    for (const { expression, result } of variable.values) {
      for (const source of result === 0 ? this.#sourcesOf(expression) : [expression]) {
        if (!("type" in source)) this.#joinValues(source);
        else if (!this.#parents.has(source)) this.#parents.set(source, source);
        this.#parents.set(this.#find(source), this.#find(variable));
      }
    }
  }

  #find(root: Root): Root {
    let at = root;
    for (let above = this.#parents.get(at); above !== undefined && above !== at; above = this.#parents.get(at)) {
      this.#parents.set(at, this.#parents.get(above) ?? above);
      at = above;
    }
    return at;
  }

  /** The names and expressions that an expression takes its table from: `a or b` is one of the two, `setmetatable(t, …)` is `t`. */
  #sourcesOf(expression: ast.Expression): readonly Root[] {
    const sources: Root[] = [];
    const left = [expression];
    for (let node = left.pop(); node !== undefined; node = left.pop()) {
      if (node.type === "LogicalExpression") left.push(node.right, node.left);
      else if (node.type === "Identifier") {
        sources.push(this.#names.locals.get(node) ?? this.#names.globals.get(node.name) ?? node);
      } else if (node.type !== "NilLiteral") {
        sources.push(node);
        if (isCall(node) && isLibrary(node, "setmetatable", this.#values)) left.push(...argumentsOf(node).slice(0, 1));
      }
    }
    return sources;
  }
}

/** Library functions that leave a table as it is. */
const harmless = ["pairs", "ipairs", "next", "type", "tostring", "print", "rawget", "assert"];

function isHarmless(call: Call, values: StaticValues): boolean {
  return harmless.some((name) => isLibrary(call, name, values));
}

function isLibrary(call: Call, name: string, values: StaticValues): boolean {
  const [callee] = values.of(call.base);
  return callee?.kind === "global" && callee.path.length === 1 && callee.path[0] === name;
}

/** `BasePlugin:extend()` of Kong before 3.0: a table without VERSION and PRIORITY. */
function isEmptyClass(expression: ast.Expression, values: StaticValues): boolean {
  if (!isCall(expression) || expression.base.type !== "MemberExpression") return false;
  const { base, identifier } = expression.base;
  return (
    identifier.name === "extend" &&
    values.of(base).some((value) => value.kind === "module" && value.module === "kong.plugins.base_plugin")
  );
}

import type * as ast from "luaparse";
import { textOfLiteral } from "./literals.js";
import { argumentsOf, type Access, type Assigned, type Call, type Names, type Variable } from "./names.js";

/** What an expression can be, as far as the source says so without being run. */
export type StaticValue =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly number: number }
  | { readonly kind: "boolean"; readonly boolean: boolean }
  | { readonly kind: "nil" }
  /** Something of the host by its name: `["ngx", "timer", "at"]`; `"*"` for a part that is decided at run time. */
  | { readonly kind: "global"; readonly path: readonly string[] }
  /** A required module, or something in it. */
  | { readonly kind: "module"; readonly module: string; readonly path: readonly string[] }
  | { readonly kind: "table"; readonly table: ast.TableConstructorExpression }
  | { readonly kind: "function"; readonly function: ast.FunctionDeclaration }
  /** Decided at run time; of a text the beginning may be known. */
  | { readonly kind: "unknown"; readonly beginning?: string };

const unknown: StaticValue = { kind: "unknown" };
const nil: StaticValue = { kind: "nil" };

/** More possibilities than this are as good as none. */
const mostValues = 16;
/** How far one name is followed to the next. */
const deepest = 100;

/** What a call of `require` can get: a name, or only its beginning where the rest is decided at run time. */
export type RequiredModule = { readonly module: string } | { readonly module?: undefined; readonly beginning: string };

/** Says of expressions what they can be. Assignments are not followed in time: all that a name is ever given counts. */
export class StaticValues {
  readonly #names: Names;
  readonly #known = new Map<ast.Expression, readonly StaticValue[]>();
  readonly #ofVariables = new Map<Variable, readonly StaticValue[]>();
  /** What is being asked for: a question that leads back to itself is answered with unknown. */
  readonly #open = new Set<ast.Expression>();

  constructor(names: Names) {
    this.#names = names;
  }

  of(expression: ast.Expression): readonly StaticValue[] {
    const known = this.#known.get(expression);
    if (known !== undefined) return known;
    if (this.#open.has(expression) || this.#open.size >= deepest) return [unknown];
    this.#open.add(expression);
    const found = this.#valuesOf(expression);
    this.#open.delete(expression);
    const values = found.length > mostValues ? [unknown] : found;
    this.#known.set(expression, values);
    return values;
  }

  /** The one text that an expression can only be. */
  textOf(expression: ast.Expression): string | undefined {
    const [value, ...more] = this.of(expression);
    return value?.kind === "text" && more.length === 0 ? value.text : undefined;
  }

  /** The key of `table.key` and `table["key"]`, where it is known. */
  keyOf(access: Access): string | undefined {
    return access.type === "MemberExpression" ? access.identifier.name : this.textOf(access.index);
  }

  /** The key of an entry of a table constructor, where it has one that is a known text. */
  keyOfEntry(field: ast.TableConstructorExpression["fields"][number]): string | undefined {
    switch (field.type) {
      case "TableKeyString":
        return field.key.name;
      case "TableKey":
        return this.textOf(field.key);
      case "TableValue":
        return undefined;
    }
  }

  /** What a call requires, if it is one of `require`: `require(…)`, `pcall(require, …)`, under whatever name. */
  requiredBy(call: Call): readonly RequiredModule[] | undefined {
    const given = argumentsOf(call);
    const callees = this.of(call.base);
    let argument: ast.Expression | undefined;
    if (callees.some(isGlobal("require"))) argument = given[0];
    else if (callees.some(isGlobal("pcall")) && this.#isRequire(given[0])) argument = given[1];
    else if (callees.some(isGlobal("xpcall")) && this.#isRequire(given[0])) argument = given[2];
    else return undefined;
    const names = argument === undefined ? [unknown] : this.of(argument);
    return names.map((name) =>
      name.kind === "text"
        ? { module: name.text }
        : { beginning: name.kind === "unknown" ? (name.beginning ?? "") : "" },
    );
  }

  #isRequire(expression: ast.Expression | undefined): boolean {
    return expression !== undefined && this.of(expression).some(isGlobal("require"));
  }

  #valuesOf(node: ast.Expression): readonly StaticValue[] {
    switch (node.type) {
      case "StringLiteral":
        return [{ kind: "text", text: textOfLiteral(node.raw) }];
      case "NumericLiteral":
        return [{ kind: "number", number: node.value }];
      case "BooleanLiteral":
        return [{ kind: "boolean", boolean: node.value }];
      case "NilLiteral":
        return [nil];
      case "TableConstructorExpression":
        return [{ kind: "table", table: node }];
      case "FunctionDeclaration":
        return [{ kind: "function", function: node }];
      case "Identifier":
        return this.#variable(node);
      case "MemberExpression":
      case "IndexExpression":
        return this.#access(node);
      case "LogicalExpression":
        return distinct([...this.of(node.left), ...this.of(node.right)]);
      case "BinaryExpression":
        return node.operator === ".." ? this.#concatenation([node.left, node.right], "") : this.#arithmetic(node);
      case "UnaryExpression":
        return this.of(node.argument).map((value) =>
          node.operator === "-" && value.kind === "number" ? { kind: "number", number: -value.number } : unknown,
        );
      case "CallExpression":
      case "StringCallExpression":
      case "TableCallExpression":
        return this.#call(node, 0);
      case "VarargLiteral":
        return [unknown];
    }
  }

  #variable(node: ast.Identifier): readonly StaticValue[] {
    const local = this.#names.locals.get(node);
    if (local !== undefined) return this.#valuesIn(local);
    const assigned = this.#names.globals.get(node.name);
    return distinct([globalOf(node.name), ...(assigned === undefined ? [] : this.#valuesIn(assigned))]);
  }

  #valuesIn(variable: Variable): readonly StaticValue[] {
    const known = this.#ofVariables.get(variable);
    if (known !== undefined) return known;
    this.#ofVariables.set(variable, [unknown]);
    const assigned = variable.values.flatMap((value) => this.assigned(value));
    const all = variable.isOpen ? [...assigned, unknown] : assigned.length === 0 ? [nil] : assigned;
    const values = distinct(all);
    this.#ofVariables.set(variable, values.length > mostValues ? [unknown] : values);
    return values;
  }

  /** What one assignment puts into a name. */
  assigned({ expression, result }: Assigned): readonly StaticValue[] {
    if (result === 0) return this.of(expression);
    return isCall(expression) ? this.#call(expression, result) : [nil];
  }

  #access(node: Access): readonly StaticValue[] {
    const key = this.keyOf(node);
    return distinct(this.of(node.base).flatMap((base) => this.#member(base, key)));
  }

  #member(base: StaticValue, key: string | undefined): readonly StaticValue[] {
    switch (base.kind) {
      case "global":
        return [globalOf(...base.path, key ?? "*")];
      case "module":
        return [{ ...base, path: [...base.path, key ?? "*"] }];
      case "table": {
        const entries = base.table.fields.flatMap((field) => {
          return key !== undefined && this.keyOfEntry(field) === key ? this.of(field.value) : [];
        });
        return [...entries, unknown];
      }
      case "text":
        // The methods of strings: ("%s.x"):format(name)
        return key === undefined ? [unknown] : [globalOf("string", key)];
      case "number":
      case "boolean":
      case "nil":
      case "function":
      case "unknown":
        return [unknown];
    }
  }

  #call(node: Call, result: number): readonly StaticValue[] {
    const required = this.requiredBy(node);
    if (required !== undefined) {
      const isProtected = !this.of(node.base).some(isGlobal("require"));
      if (result !== (isProtected ? 1 : 0)) return [unknown];
      return required.map(({ module }) => (module === undefined ? unknown : moduleValue(module)));
    }
    if (result > 0) return [unknown];
    const given = argumentsOf(node);
    const self = node.base.type === "MemberExpression" && node.base.indexer === ":" ? [node.base.base] : [];
    const [callee] = this.of(node.base);
    switch (callee?.kind === "global" ? callee.path.join(".") : undefined) {
      case "string.format":
        return this.#format([...self, ...given]);
      case "table.concat":
        return this.#joined(given);
      case "tostring":
        return given[0] === undefined ? [unknown] : this.#concatenation([given[0]], "");
      default:
        return [unknown];
    }
  }

  /** Every text that the parts can give one after another. */
  #concatenation(parts: readonly ast.Expression[], separator: string): readonly StaticValue[] {
    let texts: readonly (TextSoFar | UnknownText)[] = [{ kind: "text", text: "" }];
    for (const [index, part] of parts.entries()) {
      const values = this.of(part);
      texts = texts.flatMap((before): readonly (TextSoFar | UnknownText)[] => {
        if (before.kind === "unknown") return [before];
        const joined = before.text + (index > 0 ? separator : "");
        return values.map((value) => {
          const text = textOfValue(value);
          if (text !== undefined) return { kind: "text", text: joined + text };
          return { kind: "unknown", beginning: joined + (value.kind === "unknown" ? (value.beginning ?? "") : "") };
        });
      });
      if (texts.length > mostValues) return [unknown];
    }
    return distinct(texts);
  }

  #format([pattern, ...rest]: readonly ast.Expression[]): readonly StaticValue[] {
    const template = pattern === undefined ? undefined : this.textOf(pattern);
    if (template === undefined) return [unknown];
    const texts = rest.map((argument) => this.of(argument).map(textOfValue));
    let used = 0;
    const unknowns: string[] = [];
    const text = template.replaceAll(/%(%|[^%\s\w]*[\d.]*\w)/g, (_, directive: string) => {
      if (directive === "%") return "%";
      const [value, ...more] = texts[used++] ?? [];
      if ((directive !== "s" && directive !== "d") || value === undefined || more.length > 0) unknowns.push(directive);
      return value ?? "";
    });
    return [unknowns.length === 0 ? { kind: "text", text } : unknown];
  }

  #joined([list, separator]: readonly ast.Expression[]): readonly StaticValue[] {
    const between = separator === undefined ? "" : this.textOf(separator);
    const [table, ...more] = list === undefined ? [] : this.of(list);
    if (table?.kind !== "table" || more.length > 0 || between === undefined) return [unknown];
    const items = table.table.fields.flatMap((field) => (field.type === "TableValue" ? [field.value] : []));
    return items.length === table.table.fields.length ? this.#concatenation(items, between) : [unknown];
  }

  #arithmetic(node: ast.BinaryExpression): readonly StaticValue[] {
    const [left, ...moreLeft] = this.of(node.left);
    const [right, ...moreRight] = this.of(node.right);
    if (left?.kind !== "number" || right?.kind !== "number" || moreLeft.length + moreRight.length > 0) return [unknown];
    switch (node.operator) {
      case "+":
        return [{ kind: "number", number: left.number + right.number }];
      case "-":
        return [{ kind: "number", number: left.number - right.number }];
      case "*":
        return [{ kind: "number", number: left.number * right.number }];
      case "/":
        return [{ kind: "number", number: left.number / right.number }];
      default:
        return [unknown];
    }
  }
}

type TextSoFar = Extract<StaticValue, { kind: "text" }>;
type UnknownText = Extract<StaticValue, { kind: "unknown" }>;

export function isCall(expression: ast.Expression): expression is Call {
  return (
    expression.type === "CallExpression" ||
    expression.type === "StringCallExpression" ||
    expression.type === "TableCallExpression"
  );
}

function isGlobal(name: string): (value: StaticValue) => boolean {
  return (value) => value.kind === "global" && value.path.length === 1 && value.path[0] === name;
}

/** `_G.x` is `x`. */
function globalOf(...path: readonly string[]): StaticValue {
  return { kind: "global", path: path.length > 1 && path[0] === "_G" ? path.slice(1) : path };
}

/** `require "ngx"` is the global `ngx`. */
function moduleValue(module: string): StaticValue {
  return module === "ngx" ? globalOf("ngx") : { kind: "module", module, path: [] };
}

function textOfValue(value: StaticValue): string | undefined {
  if (value.kind === "text") return value.text;
  return value.kind === "number" && Number.isInteger(value.number) ? String(value.number) : undefined;
}

function distinct(values: readonly StaticValue[]): readonly StaticValue[] {
  const byKey = new Map<unknown, StaticValue>();
  for (const value of values) byKey.set(keyOf(value), value);
  return [...byKey.values()];
}

/** Equal for equal values; tables and functions are themselves. */
function keyOf(value: StaticValue): unknown {
  switch (value.kind) {
    case "table":
      return value.table;
    case "function":
      return value.function;
    case "text":
    case "number":
    case "boolean":
    case "nil":
    case "global":
    case "module":
    case "unknown":
      return JSON.stringify(value);
  }
}

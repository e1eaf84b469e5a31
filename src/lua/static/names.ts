import type * as ast from "luaparse";

/** A variable of the source: a local one, or a global one that the source itself sets. */
export interface Variable {
  readonly name: string;
  /** All that is ever put into it, in source order: which assignment counts when is not followed. */
  readonly values: Assigned[];
  /** Whether it gets values that are not in the source: a parameter, a loop variable. */
  isOpen: boolean;
}

export interface Assigned {
  readonly expression: ast.Expression;
  /** Which of its results, from 0: `local ok, module = pcall(require, "x")`. */
  readonly result: number;
}

export type Call = ast.CallExpression | ast.StringCallExpression | ast.TableCallExpression;
export type Access = ast.MemberExpression | ast.IndexExpression;

/** `table.key = value`, and `function table.key() … end`. */
export interface FieldAssignment {
  readonly target: Access;
  readonly value: Assigned;
}

/** Every name of a chunk with what it stands for, and the nodes that questions are asked about; all in source order. */
export interface Names {
  /** Identifiers that are read or called, with their local variable; those that are not here are globals. */
  readonly locals: ReadonlyMap<ast.Identifier, Variable>;
  readonly globals: ReadonlyMap<string, Variable>;
  readonly identifiers: readonly ast.Identifier[];
  readonly accesses: readonly Access[];
  readonly calls: readonly Call[];
  readonly functions: readonly ast.FunctionDeclaration[];
  readonly fieldAssignments: readonly FieldAssignment[];
  /** What the chunk itself returns, first values only. */
  readonly returned: readonly ast.Expression[];
}

/** Finds what each name of a chunk stands for. No recursion: a source may be long chains of operators. */
export function resolveNames(chunk: ast.Chunk): Names {
  const walker = new Walker();
  walker.run(chunk);
  return walker;
}

/** The arguments of a call in any of its three spellings. */
export function argumentsOf(call: Call): readonly ast.Expression[] {
  switch (call.type) {
    case "CallExpression":
      return call.arguments;
    case "StringCallExpression":
      return [call.argument];
    case "TableCallExpression":
      return [call.arguments];
  }
}

interface Scope {
  readonly outer: Scope | undefined;
  readonly variables: Map<string, Variable>;
}

type Task = () => void;

class Walker implements Names {
  readonly locals = new Map<ast.Identifier, Variable>();
  readonly globals = new Map<string, Variable>();
  readonly identifiers: ast.Identifier[] = [];
  readonly accesses: Access[] = [];
  readonly calls: Call[] = [];
  readonly functions: ast.FunctionDeclaration[] = [];
  readonly fieldAssignments: FieldAssignment[] = [];
  readonly returned: ast.Expression[] = [];
  #scope: Scope = { outer: undefined, variables: new Map() };
  /** How many functions are open. */
  #depth = 0;
  /** What is left to do, the next thing last. */
  readonly #tasks: Task[] = [];

  run(chunk: ast.Chunk): void {
    this.#statements(chunk.body);
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) task();
  }

  #next(tasks: readonly Task[]): void {
    // Not `push(...tasks)`: there may be more than a call may have arguments.
    for (const task of tasks.toReversed()) this.#tasks.push(task);
  }

  #statements(body: readonly ast.Statement[]): void {
    this.#next(body.map((statement) => () => this.#statement(statement)));
  }

  #expressions(expressions: readonly (ast.Expression | null)[]): void {
    this.#next(expressions.flatMap((expression) => (expression === null ? [] : [() => this.#expression(expression)])));
  }

  #enter(): void {
    this.#scope = { outer: this.#scope, variables: new Map() };
  }

  #leave(): void {
    this.#scope = this.#scope.outer ?? this.#scope;
  }

  #block(body: readonly ast.Statement[], before: Task = () => undefined): void {
    this.#next([
      () => {
        this.#enter();
        before();
      },
      () => this.#statements(body),
      () => this.#leave(),
    ]);
  }

  #statement(node: ast.Statement): void {
    switch (node.type) {
      case "LocalStatement":
        this.#next([
          () => this.#expressions(node.init),
          () => node.variables.forEach(({ name }, index) => this.#declareLocal(name, assignedAt(node.init, index))),
        ]);
        return;
      case "AssignmentStatement":
        this.#next([
          () => this.#expressions(node.variables),
          () => this.#expressions(node.init),
          () => node.variables.forEach((target, index) => this.#assign(target, assignedAt(node.init, index))),
        ]);
        return;
      case "CallStatement":
        this.#expression(node.expression);
        return;
      case "FunctionDeclaration":
        this.#functionStatement(node);
        return;
      case "ReturnStatement":
        if (this.#depth === 0 && node.arguments[0] !== undefined) this.returned.push(node.arguments[0]);
        this.#expressions(node.arguments);
        return;
      case "IfStatement":
        this.#next(
          node.clauses.flatMap((clause) => [
            ...(clause.type === "ElseClause" ? [] : [() => this.#expression(clause.condition)]),
            () => this.#block(clause.body),
          ]),
        );
        return;
      case "WhileStatement":
        this.#next([() => this.#expression(node.condition), () => this.#block(node.body)]);
        return;
      case "RepeatStatement":
        // The condition sees the locals of the body.
        this.#next([
          () => this.#enter(),
          () => this.#statements(node.body),
          () => this.#expression(node.condition),
          () => this.#leave(),
        ]);
        return;
      case "DoStatement":
        this.#block(node.body);
        return;
      case "ForNumericStatement":
        this.#next([
          () => this.#expressions([node.start, node.end, node.step]),
          () => this.#block(node.body, () => this.#declareOpen(node.variable.name)),
        ]);
        return;
      case "ForGenericStatement":
        this.#next([
          () => this.#expressions(node.iterators),
          () => this.#block(node.body, () => node.variables.forEach(({ name }) => this.#declareOpen(name))),
        ]);
        return;
      case "LabelStatement":
      case "BreakStatement":
      case "GotoStatement":
        return;
    }
  }

  #functionStatement(node: ast.FunctionDeclaration): void {
    const value: Assigned = { expression: node, result: 0 };
    const { identifier } = node;
    // A local function sees itself.
    if (identifier?.type === "Identifier" && node.isLocal) this.#declareLocal(identifier.name, value);
    else if (identifier !== null) {
      this.#next([
        () => this.#expression(identifier),
        () => this.#assign(identifier, value),
        () => this.#function(node),
      ]);
      return;
    }
    this.#function(node);
  }

  #function(node: ast.FunctionDeclaration): void {
    this.functions.push(node);
    this.#next([
      () => this.#depth++,
      () =>
        this.#block(node.body, () => {
          if (node.identifier?.type === "MemberExpression" && node.identifier.indexer === ":")
            this.#declareOpen("self");
          for (const parameter of node.parameters)
            if (parameter.type === "Identifier") this.#declareOpen(parameter.name);
        }),
      () => this.#depth--,
    ]);
  }

  #expression(node: ast.Expression): void {
    switch (node.type) {
      case "Identifier":
        this.#read(node);
        return;
      case "FunctionDeclaration":
        this.#function(node);
        return;
      case "TableConstructorExpression":
        this.#expressions(
          node.fields.flatMap((field) => (field.type === "TableKey" ? [field.key, field.value] : [field.value])),
        );
        return;
      case "BinaryExpression":
      case "LogicalExpression":
        this.#expressions([node.left, node.right]);
        return;
      case "UnaryExpression":
        this.#expression(node.argument);
        return;
      case "MemberExpression":
        this.accesses.push(node);
        this.#expressions([node.base]);
        return;
      case "IndexExpression":
        this.accesses.push(node);
        this.#expressions([node.base, node.index]);
        return;
      case "CallExpression":
      case "StringCallExpression":
      case "TableCallExpression":
        this.calls.push(node);
        this.#expressions([node.base, ...argumentsOf(node)]);
        return;
      case "StringLiteral":
      case "NumericLiteral":
      case "BooleanLiteral":
      case "NilLiteral":
      case "VarargLiteral":
        return;
    }
  }

  #read(node: ast.Identifier): void {
    this.identifiers.push(node);
    const variable = this.#find(node.name);
    if (variable !== undefined) this.locals.set(node, variable);
  }

  #declareLocal(name: string, value: Assigned | undefined): void {
    this.#scope.variables.set(name, { name, values: value === undefined ? [] : [value], isOpen: false });
  }

  #declareOpen(name: string): void {
    this.#scope.variables.set(name, { name, values: [], isOpen: true });
  }

  #assign(target: ast.AssignmentStatement["variables"][number], value: Assigned | undefined): void {
    if (target.type !== "Identifier") {
      if (value !== undefined) this.fieldAssignments.push({ target, value });
      return;
    }
    if (value !== undefined) (this.#find(target.name) ?? this.#global(target.name)).values.push(value);
  }

  #global(name: string): Variable {
    const known = this.globals.get(name);
    if (known !== undefined) return known;
    const variable: Variable = { name, values: [], isOpen: false };
    this.globals.set(name, variable);
    return variable;
  }

  #find(name: string): Variable | undefined {
    for (let scope: Scope | undefined = this.#scope; scope !== undefined; scope = scope.outer) {
      const variable = scope.variables.get(name);
      if (variable !== undefined) return variable;
    }
    return undefined;
  }
}

/** What the index-th name of `a, b, c = …` gets: the last expression gives the rest, as far as it is a call. */
function assignedAt(init: readonly ast.Expression[], index: number): Assigned | undefined {
  const last = init.length - 1;
  const expression = init[Math.min(index, last)];
  return expression === undefined ? undefined : { expression, result: Math.max(0, index - last) };
}

/** A function of the source, with what stands directly in it, each in source order: as the compiler numbers them. */
export interface FunctionShape {
  /** Absent for the main chunk. */
  readonly range: readonly [number, number] | undefined;
  readonly constructors: readonly TableShape[];
  readonly functions: readonly FunctionShape[];
}

/** Up to here a search takes less than a map. */
const fewNames = 12;

/** Where a table constructor and its entries stand, as offsets into the source. */
export class TableShape {
  readonly offset: number;
  /** Keys that are written as a name or a string. */
  readonly #named: (readonly [string, number])[] = [];
  readonly #listed: number[] = [];
  #offsets: ReadonlyMap<string, number> | undefined;

  constructor(offset: number) {
    this.offset = offset;
  }

  addName(name: string, offset: number): void {
    this.#named.push([name, offset]);
  }

  addItem(offset: number): void {
    this.#listed.push(offset);
  }

  /** Where a name stands; the last one wins, as it does in Lua. */
  offsetOfName(name: string): number | undefined {
    if (this.#named.length > fewNames) {
      this.#offsets ??= new Map(this.#named);
      return this.#offsets.get(name);
    }
    for (let at = this.#named.length - 1; at >= 0; at--) {
      const [known, offset] = this.#named[at] ?? [];
      if (known === name) return offset;
    }
    return undefined;
  }

  /** Where an item without a key stands, counted from 1. */
  offsetOfItem(index: number): number | undefined {
    return this.#listed[index - 1];
  }
}

interface OpenFunction {
  range: [number, number] | undefined;
  readonly constructors: TableShape[];
  readonly functions: OpenFunction[];
}

/** A constructor that is not closed yet. */
interface OpenTable {
  readonly shape: TableShape;
  /** How many brackets and blocks are open inside it, itself included. */
  readonly level: number;
  /** What the next token directly in it belongs to. */
  place: "start" | "after a word" | "key" | "value";
  /** Where the entry begins. */
  start: number;
  word: string;
  /** The tokens of a key in brackets, parentheses aside, and the last of them. */
  keyTokens: number;
  keyToken: string;
}

/** Finds the shapes of functions and table constructors while a right source is read token by token. */
export class ShapeReader {
  readonly main: OpenFunction = { range: undefined, constructors: [], functions: [] };
  readonly #functions: OpenFunction[] = [this.main];
  readonly #tables: OpenTable[] = [];
  #table: OpenTable | undefined;

  /** To be called for each token, with the number of brackets and blocks that are open before it. */
  token(text: string, at: number, kind: "word" | "literal" | "symbol", level: number): void {
    const table = this.#table;
    if (table !== undefined) {
      if (level === table.level) inTable(table, text, at, kind);
      else if (table.place === "key" && !isBracket(text)) {
        table.keyTokens++;
        table.keyToken = text;
      }
    }
    if (text === "{" && kind === "symbol") this.#openTable(at, level + 1);
    else if (text === "}" && kind === "symbol" && table?.level === level) {
      this.#tables.pop();
      this.#table = this.#tables.at(-1);
    }
  }

  enterFunction(start: number): void {
    const entered: OpenFunction = { range: [start, start], constructors: [], functions: [] };
    this.#functions.at(-1)?.functions.push(entered);
    this.#functions.push(entered);
  }

  leaveFunction(end: number): void {
    const left = this.#functions.pop();
    if (left?.range !== undefined) left.range[1] = end;
  }

  #openTable(at: number, level: number): void {
    const shape = new TableShape(at);
    this.#functions.at(-1)?.constructors.push(shape);
    this.#table = { shape, level, place: "start", start: at, word: "", keyTokens: 0, keyToken: "" };
    this.#tables.push(this.#table);
  }
}

function inTable(table: OpenTable, text: string, at: number, kind: "word" | "literal" | "symbol"): void {
  const ends = kind === "symbol" && (text === "," || text === ";" || text === "}");
  switch (table.place) {
    case "start":
      if (ends) return;
      table.start = at;
      if (kind === "word") {
        table.place = "after a word";
        table.word = text;
      } else if (text === "[" && kind === "symbol") {
        table.place = "key";
        table.keyTokens = 0;
      } else {
        table.place = "value";
        table.shape.addItem(at);
      }
      return;
    case "after a word":
      if (text === "=" && kind === "symbol") table.shape.addName(table.word, table.start);
      else table.shape.addItem(table.start);
      table.place = "value";
      break;
    case "key":
      // the `=` behind the bracket
      if (table.keyTokens === 1 && /^["'[]/.test(table.keyToken))
        table.shape.addName(table.keyToken.slice(1, -1), table.start);
      table.place = "value";
      break;
    case "value":
  }
  if (ends) table.place = "start";
}

function isBracket(text: string): boolean {
  return text === "(" || text === ")" || text === "]";
}

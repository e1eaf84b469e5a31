import { SchemaError, type Position } from "../errors.js";

/** Counts what a recursive parser would have open at a place: brackets, blocks, and operators whose right side is pending. */
export class Nesting {
  #depth = 0;
  /** Pending operators at each open bracket or block, and whether it is a function. */
  readonly #open: { pending: number; readonly isFunction: boolean }[] = [{ pending: 0, isFunction: false }];
  readonly #limit: number;
  readonly #positionAt: (offset: number) => Position;

  constructor(limit: number, positionAt: (offset: number) => Position) {
    this.#limit = limit;
    this.#positionAt = positionAt;
  }

  /** How many brackets and blocks are open. */
  get level(): number {
    return this.#open.length;
  }

  /** Takes a word, and gives whether a function begins or ends with it. */
  word(word: string, at: number): "enters function" | "leaves function" | undefined {
    switch (word) {
      case "function":
        this.#deepen(at);
        this.#open.push({ pending: 0, isFunction: true });
        return "enters function";
      case "do":
      case "repeat":
      case "if":
        this.open(at);
        return undefined;
      case "end":
      case "until":
        return this.#close() ? "leaves function" : undefined;
      case "not":
        this.#operator(at);
        return undefined;
      case "local":
      case "return":
      case "then":
      case "else":
      case "elseif":
      case "and":
      case "or":
        this.#settle();
        return undefined;
      default:
        return undefined;
    }
  }

  symbol(symbol: string, at: number): void {
    switch (symbol) {
      case "(":
      case "{":
        this.open(at);
        break;
      case ")":
      case "]":
      case "}":
        this.#close();
        break;
      case ",":
      case ";":
      case "=":
        this.#settle();
        break;
      case "-":
      case "#":
      case "^":
      case "..":
        this.#operator(at);
    }
  }

  open(at: number): void {
    this.#deepen(at);
    this.#open.push({ pending: 0, isFunction: false });
  }

  #operator(at: number): void {
    const innermost = this.#open.at(-1);
    if (innermost !== undefined) innermost.pending++;
    this.#deepen(at);
  }

  #settle(): void {
    const innermost = this.#open.at(-1);
    if (innermost === undefined) return;
    this.#depth -= innermost.pending;
    innermost.pending = 0;
  }

  /** Gives whether it was a function. */
  #close(): boolean {
    if (this.#open.length === 1) return false; // one too many: the parser will say so
    const closed = this.#open.pop();
    this.#depth -= 1 + (closed?.pending ?? 0);
    return closed?.isFunction === true;
  }

  #deepen(at: number): void {
    if (++this.#depth <= this.#limit) return;
    throw new SchemaError("limit-source-depth", `the source is nested more than ${this.#limit} levels deep`, {
      position: this.#positionAt(at),
      nextStep: "Build deep structures in steps with local variables, or raise the limit `sourceDepth`.",
    });
  }
}

/** What the smallest source costs, in tokens. */
const smallestSource = 10;

/** Locals that may be visible at a time in one function, by the compiler's own bound. */
const mostLocals = 200;

/**
 * Estimates what it takes to parse and compile a source, from its tokens. Two things take longer the more of them there are:
 * fengari follows the whole list of pending jumps for each `and`, `elseif`, `break` or `goto` that it adds to it, and it
 * looks for a name among the locals of all functions around.
 */
export class CompileCost {
  #tokens = smallestSource;
  #jumps = 0;
  #lookUps = 0;
  /** The locals of each open function, the main chunk first. */
  readonly #locals = [0];
  /** The locals of all open functions. */
  #visible = 0;
  /** Whether the names that follow are declared. */
  #isDeclaring = false;

  symbol(symbol: string): void {
    this.#tokens++;
    if (symbol === "::") this.#jumps++;
    if (symbol !== "," && symbol !== "(") this.#isDeclaring = false;
  }

  literal(): void {
    this.#tokens++;
    this.#isDeclaring = false;
  }

  word(word: string): void {
    this.#tokens++;
    switch (word) {
      case "local":
      case "for":
        this.#isDeclaring = true;
        break;
      case "and":
      case "or":
      case "if":
      case "elseif":
      case "while":
      case "repeat":
      case "break":
      case "goto":
        this.#jumps++;
        this.#isDeclaring = false;
        break;
      default:
        if (this.#isDeclaring) this.#declare();
        this.#lookUps += (this.#visible * this.#locals.length * (8 + word.length)) / 1024;
    }
  }

  enterFunction(): void {
    this.#locals.push(0);
    this.#isDeclaring = true;
  }

  leaveFunction(): void {
    this.#visible -= this.#locals.pop() ?? 0;
  }

  /** In instructions. */
  get steps(): number {
    return Math.ceil(8 * this.#tokens + this.#jumps ** 2 / 32 + this.#lookUps);
  }

  /** Of what the compiler makes, and the parser leaves for a while. */
  get bytes(): number {
    return 200 * this.#tokens;
  }

  #declare(): void {
    const own = this.#locals.at(-1) ?? 0;
    if (own >= mostLocals) return;
    this.#locals[this.#locals.length - 1] = own + 1;
    this.#visible++;
  }
}

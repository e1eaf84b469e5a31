import { Undecidable } from "./lua.js";

/**
 * What Kong's own validators may do in one judgement, in steps of about a hundredth of a microsecond to a tenth. A hostile schema makes them take
 * hours: `one_of` with 50,000 values on a list of as many, or a JSON schema whose references double. No real one comes near.
 */
const mostSteps = 10_000_000;

/** Counts the work of one judgement. */
export class Work {
  #left = mostSteps;
  /** Made once: thousands of values may follow the one that was too much. */
  #exhausted: Undecidable | undefined;

  /** To be called before the work is done. Throws `Undecidable` where there would be too much. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left >= 0) return;
    this.#exhausted ??= new Undecidable(["the result of validators that take very long on this value"]);
    throw this.#exhausted;
  }
}

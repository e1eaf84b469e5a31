import { SchemaError, type Position, type SchemaErrorCode } from "../errors.js";
import type { Limits } from "./limits.js";
import type { StepBudget } from "./patterns.js";

/** What strings, tables and entries take at most beside their content, in V8 on a machine of 64 bits. */
export const stringBytes = 250;
export const tableBytes = 600;
export const entryBytes = 150;

/** While no more tables than these have got a metatable, a look-up cannot walk far along them. */
const freeMetatables = 8;

/** What an error costs that a `pcall` catches: it may come of a walk along 2000 metatables. */
const caughtSteps = 500;

/** What has to be paid before a piece of compiled code is run, or is given back where it is not. */
export interface Toll {
  readonly steps: number;
  readonly bytes: number;
}

/** How many times the bound on instructions the calls that belong together may take. */
const evaluationsPerBudget = 2;

/** What the calls of a schema's functions for one judgement may take together. */
export class CallBudget {
  readonly #steps: number;
  #left: number;

  constructor({ instructions }: Pick<Limits, "instructions">) {
    this.#steps = evaluationsPerBudget * instructions;
    this.#left = this.#steps;
  }

  /** Throws a `SchemaError` where more is taken than there is. */
  take(steps: number): void {
    this.#left -= steps;
    if (this.#left >= 0) return;
    throw new SchemaError(
      "limit-instructions",
      `the functions of the schema take more than ${this.#steps} instructions together`,
      { nextStep: "A validator needs a small part of this: simplify it, or raise the limit `instructions`." },
    );
  }
}

export interface MeterHost {
  /** Where the evaluation stands. */
  position(): Position | undefined;
  /** Ends the evaluation, whatever the schema does to go on. */
  fail(error: SchemaError): never;
}

/** Counts what an evaluation uses and throws a `SchemaError` *before* a bound is passed. */
export class Meter implements StepBudget {
  readonly limits: Limits;
  readonly #host: MeterHost;
  #steps = 0;
  #bytes = 0;
  // what was paid in advance may be given back
  #mostSteps = 0;
  #mostBytes = 0;
  #metatables = 0;

  constructor(limits: Limits, host: MeterHost) {
    this.limits = limits;
    this.#host = host;
  }

  /** The least bound on steps that would have been enough. */
  get stepsUsed(): number {
    return this.#mostSteps;
  }

  /** The least bound on bytes that would have been enough. */
  get bytesUsed(): number {
    return this.#mostBytes;
  }

  /** Starts the count of steps anew; that of bytes goes on, for what was allocated may still be in use. */
  beginCall(): void {
    this.#steps = 0;
    this.#mostSteps = 0;
  }

  toll({ steps, bytes }: Toll): void {
    this.spend(steps);
    this.allocate(bytes);
  }

  spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps <= this.#mostSteps) return;
    this.#mostSteps = this.#steps;
    if (this.#steps > this.limits.instructions) {
      this.#refuse("limit-instructions", `the evaluation takes more than ${this.limits.instructions} instructions`);
    }
  }

  allocate(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes <= this.#mostBytes) return;
    this.#mostBytes = this.#bytes;
    if (this.#bytes > this.limits.memoryBytes) {
      this.#refuse("limit-memory", `the evaluation allocates more than ${this.limits.memoryBytes} bytes`);
    }
  }

  /** Counts a string that is about to be made. */
  string(length: number): void {
    if (length > this.limits.stringBytes) {
      this.#refuse("limit-string", `a string of ${length} bytes is longer than ${this.limits.stringBytes}`);
    }
    this.spend(12 + (length >> 5));
    this.allocate(stringBytes + length);
  }

  /** Counts the text that a string gets when it is first used as a key or put in order. */
  key(length: number): void {
    this.spend(length >> 3);
    this.allocate(length);
  }

  table(): void {
    this.spend(4);
    this.allocate(tableBytes);
  }

  /** Counts entries that are added to a table. */
  entries(count: number): void {
    this.spend(2 * count);
    this.allocate(entryBytes * count);
  }

  metatable(): void {
    this.#metatables++;
    this.allocate(entryBytes);
  }

  /** Whether tables may be chained by their metatables so far that look-ups have to be followed. */
  get hasChains(): boolean {
    return this.#metatables > freeMetatables;
  }

  /** Counts an error that was caught, with the bytes of its message. */
  caught(length: number): void {
    this.spend(caughtSteps);
    this.string(length);
  }

  /** Refuses a stack that is deeper than the bound. */
  stack(slots: number): void {
    if (slots > this.limits.stackSlots) {
      this.#refuse(
        "limit-recursion",
        `calls are nested too deeply: the Lua stack has more than ${this.limits.stackSlots} slots`,
      );
    }
  }

  #refuse(code: SchemaErrorCode, message: string): never {
    this.#host.fail(
      new SchemaError(code, message, {
        position: this.#host.position(),
        nextStep: "A schema needs a small part of this: simplify it, or raise the limit in the option `limits`.",
      }),
    );
  }
}

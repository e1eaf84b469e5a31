import { SchemaError, type Position, type SchemaErrorCode } from "../errors.js";
import type { Limits } from "./limits.js";
import type { StepBudget } from "./patterns.js";

/** What a string takes beside its bytes, and what a table takes; measured on V8, rounded up. */
const stringOverhead = 64;
const tableBytes = 400;

/** Once this many tables have a metatable, every instruction may walk chains of them: it then costs more. */
const freeMetatables = 25;

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
  #metatables = 0;

  constructor(limits: Limits, host: MeterHost) {
    this.limits = limits;
    this.#host = host;
  }

  get stepsUsed(): number {
    return this.#steps;
  }

  get bytesUsed(): number {
    return this.#bytes;
  }

  /** Starts the count of instructions anew; that of bytes goes on, for what was allocated may still be in use. */
  beginCall(): void {
    this.#steps = 0;
  }

  /** Counts VM instructions. */
  instructions(count: number): void {
    this.spend(count * (1 + Math.floor(this.#metatables / freeMetatables)));
  }

  spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps > this.limits.instructions) {
      this.#refuse("limit-instructions", `the evaluation takes more than ${this.limits.instructions} instructions`);
    }
  }

  allocate(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.limits.memoryBytes) {
      this.#refuse("limit-memory", `the evaluation allocates more than ${this.limits.memoryBytes} bytes`);
    }
  }

  /** Counts a string that is about to be made. */
  string(length: number): void {
    if (length > this.limits.stringBytes) {
      this.#refuse("limit-string", `a string of ${length} bytes is longer than ${this.limits.stringBytes}`);
    }
    this.allocate(length + stringOverhead);
    this.spend(length >> 5);
  }

  table(): void {
    this.allocate(tableBytes);
  }

  metatable(): void {
    this.#metatables++;
    this.allocate(stringOverhead);
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

import { join } from "node:path";
import { SchemaError, type SchemaErrorCode } from "../errors.js";
import type { PluginSchema, ReadOptions } from "../schema/model.js";
import { checkedOptions, checkedSource } from "../schema/read-options.js";
import { deepFreeze } from "../schema/values.js";
import { type Ending, startThread } from "./thread.js";

export interface IsolatedReadOptions extends ReadOptions {
  /** Milliseconds until the reading is ended, the start of its thread included; 10,000 by default. */
  readonly deadlineMs?: number;
}

/** What the thread is given. */
export interface ReadJob {
  readonly source: string;
  readonly options: ReadOptions;
}

/** What the thread posts. An error is taken apart, for a clone of it would lose its code. */
export type ReadAnswer =
  { readonly ok: true; readonly schema: PluginSchema } | { readonly ok: false; readonly error: ErrorParts };

export type ErrorParts = Pick<SchemaError, "code" | "message" | "position" | "nextStep" | "errorTree">;

/**
 * As `readSchema`, with the same results and errors, but in a thread of its own that has no environment variables, a bounded
 * heap, and a deadline. Rejects with `SchemaError`; `limit-deadline` is the only code that hangs on a clock.
 */
export async function readSchemaIsolated(source: string, options: IsolatedReadOptions = {}): Promise<PluginSchema> {
  const job: ReadJob = { source: checkedSource(source), options: checkedOptions(options) };
  const deadlineMs = checkedDeadline(options.deadlineMs ?? defaultDeadlineMs);
  const thread = startThread(join(import.meta.dirname, "worker/read-schema.cjs"), { heapMegabytes });
  try {
    const answer = answerOf(await thread.ask(job, deadlineMs), deadlineMs);
    if (answer.ok) return deepFreeze(answer.schema);
    const { code, message, position, nextStep, errorTree } = answer.error;
    throw new SchemaError(code, message, { position, ...(nextStep === undefined ? {} : { nextStep }), errorTree });
  } finally {
    await thread.end();
  }
}

const defaultDeadlineMs = 10_000;
const heapMegabytes = 256;

/** The longest that a timer of Node's can wait. */
const longestDeadlineMs = 2 ** 31 - 1;

function checkedDeadline(deadlineMs: unknown): number {
  if (typeof deadlineMs === "number" && deadlineMs > 0 && deadlineMs <= longestDeadlineMs) return deadlineMs;
  throw new SchemaError("option-invalid", "the option `deadlineMs` is not a number of milliseconds", {
    nextStep: `Give a number above 0 and up to ${longestDeadlineMs}.`,
  });
}

function answerOf(ending: Ending, deadlineMs: number): ReadAnswer {
  switch (ending.kind) {
    case "answered":
      return ending.answer as ReadAnswer;
    case "too late":
      return refusal(
        "limit-deadline",
        `the schema was not read within ${deadlineMs} ms`,
        "Simplify the schema, or raise the option `deadlineMs`.",
      );
    case "out of memory":
      return refusal(
        "limit-memory",
        `reading the schema takes more than ${heapMegabytes} MiB`,
        "A schema needs a small part of this: simplify it, and leave the limits as they are.",
      );
    case "failed":
      throw ending.error;
  }
}

function refusal(code: SchemaErrorCode, message: string, nextStep: string): ReadAnswer {
  return { ok: false, error: { code, message, position: undefined, nextStep, errorTree: undefined } };
}

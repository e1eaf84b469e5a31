import { type Command, InvalidArgumentError } from "commander";
import type { Job, JobOutcome } from "./jobs/job.js";
import type { Surroundings } from "./surroundings.js";

/** What the command line says of the thread that a command runs in. */
export interface IsolationRequest {
  /** False with `--no-isolate`. */
  readonly isolate: boolean;
  /** In seconds. */
  readonly deadline: number;
}

/** Longer than thousands of instances take, and shorter than CI waits. */
const defaultDeadline = 300;

/** The longest that a timer of Node's can wait. */
const longestDeadline = 2_000_000;

/** Adds what every command has that evaluates schemas. */
export function addIsolationOptions(command: Command): Command {
  return command
    .option("--deadline <seconds>", "end the work after so long", seconds, defaultDeadline)
    .option("--no-isolate", "work in the main thread: without deadline, and with its environment and memory");
}

/** Runs a job where the command line wants it: in a thread of its own, or here. */
export async function runRequested(
  job: Job,
  { isolate, deadline }: IsolationRequest,
  { showProgress, runIsolated }: Surroundings,
  chunks?: AsyncIterable<Uint8Array>,
): Promise<JobOutcome> {
  const context = { showProgress, chunks };
  if (isolate && runIsolated !== undefined) return runIsolated(job, context, deadline);
  const { runJob } = await import("./jobs/job.js");
  return runJob(job, context);
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value <= longestDeadline) return value;
  throw new InvalidArgumentError("Write for example --deadline 60.");
}

import { join } from "node:path";
import { SchemaError } from "../errors.js";
import { type Ending, startThread } from "../isolated/thread.js";
import type { Job, JobContext, JobOutcome } from "./jobs/job.js";

/** Runs a job in a thread that is ended after so many seconds. */
export type RunIsolated = (job: Job, context: JobContext, deadline: number) => Promise<JobOutcome>;

/** A part of what a CI machine has; a schema alone is bounded far below. */
const heapMegabytes = 2048;

/** What the main thread sends: a job, and a piece of the log each time that it is asked for one. */
export type Question = { readonly job: Job } | { readonly chunk: Chunk };

/** Undefined at the end. */
export type Chunk = Uint8Array | undefined;

/** What the thread answers. */
export type Answer = { readonly outcome: JobOutcome } | { readonly wants: "chunk" };

/** Starts the thread that one job will run in: it loads the library while the inputs are read. */
export function startJobThread(): { readonly run: RunIsolated; readonly end: () => Promise<void> } {
  let show: JobContext["showProgress"];
  const thread = startThread(join(import.meta.dirname, "../worker/run-job.cjs"), {
    heapMegabytes,
    onNews: (news) => show?.(String(news)),
  });
  const ask = async (question: Question, deadline: number) =>
    answerOf(await thread.ask(question, deadline * 1000), deadline);
  return {
    run: async (job, { showProgress, chunks }, deadline) => {
      show = showProgress;
      const pieces = chunks?.[Symbol.asyncIterator]();
      let answer = await ask({ job }, deadline);
      while ("wants" in answer) {
        const next = await pieces?.next();
        answer = await ask({ chunk: next?.done === false ? next.value : undefined }, deadline);
      }
      return answer.outcome;
    },
    end: () => thread.end(),
  };
}

function answerOf(ending: Ending, deadline: number): Answer {
  switch (ending.kind) {
    case "answered":
      return ending.answer as Answer;
    case "too late":
      throw new SchemaError("limit-deadline", `the work was not done within ${deadline} seconds`, {
        nextStep: "Give less at a time, or raise --deadline.",
      });
    case "out of memory":
      throw new SchemaError("limit-memory", `the work takes more than ${heapMegabytes} MiB`, {
        nextStep: "Give less at a time.",
      });
    case "failed":
      throw ending.error;
  }
}

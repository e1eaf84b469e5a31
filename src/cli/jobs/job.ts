import { explainError } from "../explain.js";
import type { Outcome } from "../surroundings.js";
import { runAdaptJob, type AdaptJob } from "./adapt.js";
import { runCheckJob, type CheckJob } from "./check.js";
import { runDiagnoseJob, type DiagnoseJob } from "./diagnose.js";
import { runExplainJob, type ExplainJob } from "./explain.js";
import { runLintJob, type LintJob } from "./lint.js";
import { runPlanJob, type PlanJob } from "./plan.js";

/** All that a command needs once its inputs are read: plain data, so that it can run in another thread. */
export type Job = PlanJob | AdaptJob | CheckJob | LintJob | DiagnoseJob | ExplainJob;

/** What came of it, and the files that are to be replaced. */
export interface JobOutcome extends Outcome {
  readonly files?: readonly { readonly filename: string; readonly text: string }[];
}

/** What a job may use while it runs. */
export interface JobContext {
  /** Shows how far it is. */
  readonly showProgress: ((text: string) => void) | undefined;
  /** The log that `diagnose` is to read, piece by piece. */
  readonly chunks: AsyncIterable<Uint8Array> | undefined;
}

/** Runs a job in this thread. Reads no file, writes nothing and never throws. */
export async function runJob(job: Job, context: JobContext): Promise<JobOutcome> {
  try {
    // Loaded here and not at the start: help, usage errors and missing files do not need it.
    const library = await import("../../index.js");
    switch (job.kind) {
      case "plan":
        return runPlanJob(job, library, context);
      case "adapt":
        return runAdaptJob(job, library, context);
      case "check":
        return runCheckJob(job, library);
      case "lint":
        return runLintJob(job, library);
      case "diagnose":
        return await runDiagnoseJob(job, library, context);
      case "explain":
        return runExplainJob(job, library);
    }
  } catch (thrown) {
    return { exitCode: 1, stdout: "", stderr: explainError(thrown) };
  }
}

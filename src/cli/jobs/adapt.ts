import type * as Library from "../../index.js";
import type { Answer, Rename, TextFile } from "../../index.js";
import type { JobContext, JobOutcome } from "./job.js";
import { progressOn } from "./instances.js";
import { readVersions, type Versions } from "./versions.js";

/** decK files whose instances are edited: printed, or given back to be written. */
export interface AdaptJob extends Versions {
  readonly kind: "adapt";
  readonly files: readonly TextFile[];
  readonly answers: readonly Answer[];
  readonly renames: readonly Rename[];
  readonly write: boolean;
}

export function runAdaptJob(job: AdaptJob, library: typeof Library, context: JobContext): JobOutcome {
  const { judgeInstances, readInstanceFiles, renderOpenInstances, rewriteInstances } = library;
  const { files, answers, renames, write } = job;
  const [oldSchema, newSchema] = readVersions(job, library);
  const instances = readInstanceFiles(files, { format: "deck" });
  const options = { answers, renames, onJudged: progressOn(context) };
  const judged = judgeInstances(oldSchema, newSchema, instances, options);
  const rewritten = rewriteInstances(
    files,
    judged.map(({ edit }) => edit),
  );
  const open = renderOpenInstances(judged, oldSchema, newSchema);
  const changed = rewritten.flatMap(({ filename, text }, index) =>
    filename === undefined || text === files[index]?.text ? [] : [{ filename, text }],
  );
  return {
    exitCode: open.length > 0 ? 2 : 0,
    stdout: write ? changed.map(({ filename }) => `${filename}\n`).join("") : (rewritten[0]?.text ?? ""),
    stderr: open.map((words) => `kong-schema-advisor: ${words}\n`).join(""),
    files: write ? changed : [],
  };
}

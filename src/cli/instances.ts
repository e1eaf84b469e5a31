import { CliError } from "./errors.js";
import { isGit } from "./git.js";
import { missingInstances, readInstanceTexts, replaceFiles } from "./instance-files.js";
import type { AdaptRequest, CheckRequest, VersionsRequest } from "./instances-command.js";
import { runRequested } from "./isolation.js";
import { type InstanceTexts, isAnswer } from "./jobs/instances.js";
import type { Versions } from "./jobs/versions.js";
import { readingsOf } from "./reading-options.js";
import { textMaker } from "./schema-text.js";
import { readPlugin } from "./side.js";
import type { Outcome, Surroundings } from "./surroundings.js";
import { widthOf } from "./terminal.js";

/** Writes the edits into the decK files, or prints the one that there is. */
export async function runAdapt(request: AdaptRequest, surroundings: Surroundings): Promise<Outcome> {
  const { write = false } = request;
  const versions = await readVersions(request, surroundings);
  const { files, format, answers, renames } = requireFiles(request, surroundings);
  if (format === undefined ? files.some(isAnswer) : format !== "deck") {
    throw new CliError(
      "usage",
      "only decK files can be edited",
      "For other instances, rollout --format json says what each edit does.",
    );
  }
  if (write && files.some(({ filename }) => isGit(filename))) {
    throw new CliError(
      "usage",
      "a file in a git tree cannot be replaced",
      "Leave --write out, and save what is printed.",
    );
  }
  if (files.length > 1 && !write) {
    throw new CliError("usage", "one file can be printed", "Give one file, or --write to replace them all.");
  }
  const job = { kind: "adapt", ...versions, files, answers, renames, write } as const;
  const { files: edited = [], ...outcome } = await runRequested(job, request, surroundings);
  replaceFiles(
    edited.map((file) => ({ ...file, before: files.find(({ filename }) => filename === file.filename)?.text ?? "" })),
    surroundings,
  );
  return outcome;
}

/** Says what a push would do now. */
export async function runCheck(request: CheckRequest, surroundings: Surroundings): Promise<Outcome> {
  return runRequested(
    {
      kind: "check",
      ...(await readVersions(request, surroundings)),
      instances: request.instances === undefined ? undefined : readInstanceTexts(request, surroundings),
      format: request.format,
      width: widthOf(surroundings),
    },
    request,
    surroundings,
  );
}

async function readVersions(request: VersionsRequest, surroundings: Surroundings): Promise<Versions> {
  if (request.old === "-" && request.new === "-") {
    throw new CliError("stdin-used-twice", "both schemas cannot be standard input", "Give one of them as a file.");
  }
  const readings = readingsOf(request);
  const old = await readPlugin(request.old, surroundings);
  const now = await readPlugin(request.new, surroundings);
  return {
    old: textMaker(readings.old, surroundings)(old, now),
    new: textMaker(readings.new, surroundings)(now, old),
  };
}

function requireFiles(request: VersionsRequest, surroundings: Surroundings): InstanceTexts {
  if (request.instances === undefined) throw missingInstances("adapt");
  return readInstanceTexts(request, surroundings);
}

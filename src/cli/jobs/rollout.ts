import pc from "picocolors";
import type * as Library from "../../index.js";
import type { Answer, Rename } from "../../index.js";
import { CliError } from "../errors.js";
import type { RolloutRequest } from "../instances-command.js";
import type { Outcome } from "../surroundings.js";
import type { JobContext } from "./job.js";
import { type InstanceTexts, progressOn, readInstancesOf, readVersions, type Versions } from "./versions.js";

/** A plan with the user's own instances. */
export interface RolloutJob extends Versions, Pick<RolloutRequest, "format" | "maxPath" | "trust"> {
  readonly kind: "rollout";
  readonly instances: InstanceTexts;
  readonly answers: readonly Answer[];
  readonly renames: readonly Rename[];
  readonly controlPlane: "konnect" | "self-managed";
  readonly width: number;
  readonly colours: boolean;
}

export function runRolloutJob(job: RolloutJob, library: typeof Library, context: JobContext): Outcome {
  const { createReport, isStricterPath, planMigration, renderWithInstances, reportInstances } = library;
  const { format, maxPath, trust, answers, renames, controlPlane, width, colours } = job;
  const [oldSchema, newSchema] = readVersions(job, library);
  const instances = readInstancesOf(oldSchema, job.instances, library);
  const plan = planMigration(oldSchema, newSchema, trust === undefined || trust === "instances" ? {} : { trust });
  const options = { answers, renames, controlPlane, onJudged: progressOn(context) };
  const judged = reportInstances(plan, instances, options);
  if (judged === undefined) throw new CliError("usage", "there are no two versions to roll out between");
  const { instancePath } = judged;
  const path = trust !== "instances" ? plan.path : instancePath === "unknown" ? "cp-dp-sync" : instancePath;
  const isExceeded = maxPath !== undefined && isStricterPath(path, maxPath);
  return {
    exitCode: isExceeded ? 2 : 0,
    stdout: renderWithInstances(createReport(plan), judged, format, { width, palette: pc.createColors(colours) }),
    stderr: isExceeded ? `kong-schema-advisor: the path is ${path}: stricter than --max-path ${maxPath}\n` : "",
  };
}

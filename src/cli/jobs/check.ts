import type * as Library from "../../index.js";
import type { CheckRequest } from "../instances-command.js";
import type { Outcome } from "../surroundings.js";
import { instancesIn, type InstanceTexts } from "./instances.js";
import { readVersions, type Versions } from "./versions.js";

/** What a push does to a data plane that has the newer of the two. */
export interface CheckJob extends Versions, Pick<CheckRequest, "format"> {
  readonly kind: "check";
  readonly instances: InstanceTexts | undefined;
  readonly width: number;
}

export function runCheckJob(job: CheckJob, library: typeof Library): Outcome {
  const { checkSync, renderSyncCheck } = library;
  const [controlPlane, dataPlane] = readVersions(job, library);
  const instances =
    job.instances === undefined
      ? undefined
      : instancesIn(job.instances, library, controlPlane.options.pluginName ?? controlPlane.name);
  const check = checkSync(controlPlane, dataPlane, instances);
  return {
    exitCode: check.outcome.verdict === "accepted" ? 0 : 2,
    stdout: renderSyncCheck(check, job.format, job.width),
    stderr: "",
  };
}

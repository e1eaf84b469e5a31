import type { Acceptance, Format, Trust, UpdatePath } from "../index.js";
import type { NewPluginRequest } from "./deployment-options.js";
import type { InstanceRequest } from "./instance-files.js";
import type { IsolationRequest } from "./isolation.js";
import type { ReadingOptions } from "./reading-options.js";

/** What the command line asks of `plan` and `rollout`. */
export interface PlanRequest extends NewPluginRequest, InstanceRequest, IsolationRequest, ReadingOptions {
  /** Undefined: there is no old version, or it is a clone that an option gives. */
  readonly old: string | undefined;
  /** Undefined: it is a clone that an option gives. */
  readonly new: string | undefined;
  readonly format: Format;
  readonly maxPath?: UpdatePath;
  readonly accept?: readonly Acceptance[];
  /** `instances`: the gate acts on what the user's own instances need. */
  readonly trust?: Trust | "instances";
  readonly fromVersion?: string;
  readonly toVersion?: string;
}

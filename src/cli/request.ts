import type { Acceptance, Edition, Format, Trust, UpdatePath } from "../index.js";
import type { IsolationRequest } from "./isolation.js";
import type { NewPluginRequest } from "./deployment-options.js";

/** What the command line asks of `plan`. */
export interface PlanRequest extends NewPluginRequest, IsolationRequest {
  /** Undefined: there is no old version, or it is a clone that an option gives. */
  readonly old: string | undefined;
  /** Undefined: it is a clone that an option gives. */
  readonly new: string | undefined;
  readonly format: Format;
  readonly maxPath?: UpdatePath;
  readonly accept?: readonly Acceptance[];
  readonly trust?: Trust;
  readonly fromVersion?: string;
  readonly toVersion?: string;
  readonly gatewayVersion?: string;
  readonly edition?: Edition;
  readonly oldModulePath: string | undefined;
  readonly newModulePath: string | undefined;
}

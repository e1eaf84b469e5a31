import type { Acceptance, Edition, Format, Trust, UpdatePath } from "../index.js";

/** What the command line asks of `plan`. */
export interface PlanRequest {
  /** Undefined: there is no old version. */
  readonly old: string | undefined;
  readonly new: string;
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

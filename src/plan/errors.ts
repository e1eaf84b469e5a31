import { AdvisorError } from "../errors.js";

/** Why a plan cannot be made as it was asked for. */
export type PlanErrorCode =
  | "version-invalid"
  | "gateway-version-invalid"
  | "gateway-too-old"
  | "hosting-unsupported"
  | "strategy-unsupported"
  | "definition-missing"
  | "name-invalid"
  | "name-taken"
  | "name-not-new"
  | "ref-unsupported"
  | "clone-limit"
  | "priority-invalid"
  | "acceptance-invalid";

/** Thrown when options ask for a plan that cannot be made. */
export class PlanError extends AdvisorError {
  readonly code: PlanErrorCode;
  /** The address of the page that has the rule, where it is Kong's. */
  readonly page: string | undefined;

  constructor(code: PlanErrorCode, message: string, nextStep: string, page?: string) {
    super(message, undefined, page === undefined ? nextStep : `${nextStep} See ${page}`);
    this.code = code;
    this.page = page;
  }
}

import { AdvisorError } from "../errors.js";

/** Thrown when an option asks for a plan that cannot be made. */
export class PlanError extends AdvisorError {
  readonly code: "version-invalid";

  constructor(code: "version-invalid", option: string, value: string) {
    super(
      `${option} is ${JSON.stringify(value)}, which is no semantic version`,
      undefined,
      "Give three numbers, such as 1.4.0.",
    );
    this.code = code;
  }
}

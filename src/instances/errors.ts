import { AdvisorError, type Position } from "../errors.js";

/** Why a text was not read as plugin instances, or could not be edited. docs/instances.md says of each what to do. */
export type InstanceErrorCode =
  | "instances-too-large"
  | "instances-too-dense"
  | "instances-too-deep"
  | "instances-too-many-values"
  | "instances-syntax"
  | "instances-several-documents"
  | "instances-duplicate-key"
  | "instances-duplicate-anchor"
  | "instances-unknown-anchor"
  | "instances-cyclic"
  | "instances-tag"
  | "instances-format-version"
  | "instances-wrong-shape"
  | "instances-plugin-config-missing"
  | "instances-page-missing"
  | "instances-answer-invalid"
  | "instances-not-rewritten"
  | "answer-does-not-fit";

/** Thrown when a text cannot be read as plugin instances, or not be edited without changing what it must not. */
export class InstanceError extends AdvisorError {
  readonly code: InstanceErrorCode;

  constructor(code: InstanceErrorCode, message: string, position?: Position, nextStep?: string) {
    super(message, position, nextStep);
    this.code = code;
  }
}

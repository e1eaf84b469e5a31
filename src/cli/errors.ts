import { AdvisorError, type Position } from "../errors.js";

/** What can go wrong before or beside the comparison: the command line and the things that it names. */
export type CliErrorCode =
  | "usage"
  | "input-not-found"
  | "input-not-readable"
  | "input-not-utf8"
  | "input-too-large"
  | "output-not-writable"
  | "stdin-used-twice"
  | "folder-without-schema"
  | "sides-do-not-match"
  | "answer-without-schema"
  | "definitions-not-readable"
  | "definition-not-found"
  | "git-not-usable"
  | "git-ref-unknown"
  | "git-path-unknown";

export class CliError extends AdvisorError {
  readonly code: CliErrorCode;

  constructor(code: CliErrorCode, message: string, nextStep?: string, position?: Position) {
    super(message, position, nextStep);
    this.code = code;
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

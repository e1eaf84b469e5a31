import type { Rename } from "../changes/rename.js";
import { AdvisorError } from "../errors.js";
import { showPath, type FieldPath } from "../schema/model.js";

/** Thrown when a change is applied to a schema that has nothing of the kind at its place. */
export class ChangeError extends AdvisorError {
  readonly code = "change-does-not-fit";

  constructor(path: FieldPath) {
    super(
      `A change of ${path.length === 0 ? "the plugin" : showPath(path)} does not fit this schema`,
      undefined,
      "Apply changes to the old schema that they were found in.",
    );
  }
}

/** Thrown when a declared rename is none between the two schemas. */
export class RenameError extends AdvisorError {
  readonly code = "rename-does-not-fit";

  constructor({ from, to }: Rename, reason: string) {
    super(
      `${from} cannot be renamed to ${to}: ${reason}`,
      undefined,
      "Name a parameter of the old schema that the new one does not have, and the parameter of the new schema in which its value goes on, for example config.host=config.redis.host.",
    );
  }
}

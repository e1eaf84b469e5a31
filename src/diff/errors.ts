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

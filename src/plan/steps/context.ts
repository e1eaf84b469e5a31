import type { ClassifiedChange } from "../../classify/classified-change.js";
import type { UpdatePath } from "../../kong/update-paths.js";
import type { InstanceEditRule } from "../plan.js";

/** What a step needs to know of the plan that it stands in. */
export interface StepContext {
  /** The plugin's name before; the new one where there was none. */
  readonly oldName: string;
  readonly newName: string;
  /** The file with the new schema, as commands name it. */
  readonly schemaFile: string;
  readonly path: UpdatePath;
  readonly changes: readonly ClassifiedChange[];
  readonly instanceEdits: readonly InstanceEditRule[];
}

/** What it means that a payload is refused: kong/clustering/data_plane.lua and kong/clustering/config_helper.lua, 3.9.1. */
export const refusal =
  "A node refuses a payload as a whole: it keeps its last good configuration, and a node that has none serves nothing.";

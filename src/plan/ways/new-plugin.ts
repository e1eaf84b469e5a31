import { isStricterPath } from "../../kong/update-paths.js";
import type { ClassifiedChange } from "../../classify/classified-change.js";
import type { StepContext } from "../steps/context.js";
import { type Judgement, rejudge } from "./judge.js";

/**
 * Where the new version is a plugin of its own, no node judges an instance of the one by the schema of the other. What
 * is left of a change is whether the instances need another configuration when they move.
 */
export function judgeForNewPlugin(changes: readonly ClassifiedChange[]): readonly ClassifiedChange[] {
  return rejudge(changes, ({ change, path }) => {
    if (change.kind === "plugin-renamed") return moves;
    return isStricterPath(path, "short") ? edited : kept;
  });
}

const moves: Judgement = { path: "short", because: "That is how the two versions can be there at once." };
const kept: Judgement = { path: "short", because: "Instances keep their configuration when they move." };
const edited: Judgement = {
  path: "long",
  because: "Instances may need another configuration when they move to the new plugin; the old ones stay as they are.",
};

/** What the developer does when the version gets a name of its own. */
export function rename({ oldName, newName, files }: StepContext): readonly string[] {
  if (oldName === newName) return [];
  return [
    `Give the new version its name: ${newName} in ${files.schema}, in the name of its folder, and wherever the handler requires modules of its own.`,
  ];
}

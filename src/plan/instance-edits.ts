import { fieldsAlong } from "../changes/along.js";
import type { ChangeKind } from "../changes/kind.js";
import { changeKinds, type Change } from "../changes/registry.js";
import { nameOf } from "../changes/words.js";
import type { ClassifiedChange, CoveredParameter } from "../classify/classified-change.js";
import { isStricterPath } from "../kong/update-paths.js";
import type { RecordBody } from "../schema/model.js";
import type { InstanceEditRule } from "./plan.js";

/** What each existing instance must be given, must lose or must be checked for. */
export function instanceEdits(
  changes: readonly ClassifiedChange[],
  newSchema: RecordBody,
): readonly InstanceEditRule[] {
  return changes
    .filter(({ path }) => isStricterPath(path, "short"))
    .flatMap((classified) => editsFor(classified, newSchema));
}

function editsFor(classified: ClassifiedChange, newSchema: RecordBody): readonly InstanceEditRule[] {
  const { change, row, covers } = classified;
  const { remedy }: ChangeKind<Change> = changeKinds[change.kind];
  if (remedy === null) return [];
  const { action } = remedy;
  const value = action === "set" ? fieldsAlong(newSchema, change.path)[change.path.length - 1]?.default : undefined;
  const own: InstanceEditRule = {
    path: change.path,
    action,
    need: action === "review" ? "optional" : "required",
    ...(value === undefined ? {} : { value }),
    sentence: remedy.tell(change),
  };
  if (row !== "added") return [own];
  return [
    ...(mustBeSet(classified) ? [own] : []),
    ...covers.filter(mustBeSet).map((cover) => setCovered(cover, change)),
  ];
}

/** Whether nothing gives a new parameter a value, or nobody can tell. */
function mustBeSet({ column }: { readonly column: CoveredParameter["column"] }): boolean {
  return column === "required-no-default" || column === null;
}

function setCovered({ path }: CoveredParameter, change: Change): InstanceEditRule {
  const sentence = `Set ${nameOf(path)}: it comes with ${nameOf(change.path)}, is required and has no default.`;
  return { path, action: "set", need: "required", sentence };
}

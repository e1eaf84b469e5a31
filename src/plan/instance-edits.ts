import { fieldsAlong } from "../changes/along.js";
import { isEffectivelyRequired } from "../changes/effective.js";
import type { FieldAdded } from "../changes/kinds/field-added.js";
import type { ChangeKind } from "../changes/kind.js";
import { changeKinds, type Change } from "../changes/registry.js";
import { keepsOldName } from "../changes/move.js";
import { nameOf, named } from "../changes/words.js";
import type { ClassifiedChange } from "../classify/classified-change.js";
import { cellsOf } from "../classify/column.js";
import { isStricterPath } from "../kong/update-paths.js";
import type { Field, FieldPath, RecordBody } from "../schema/model.js";
import type { InstanceEditRule } from "./plan.js";

/** What each existing instance must be given, must lose or must be checked for; values are moved before anything is dropped. */
export function instanceEdits(
  changes: readonly ClassifiedChange[],
  newSchema: RecordBody,
): readonly InstanceEditRule[] {
  return changes
    .filter(({ path }) => isStricterPath(path, "short"))
    .flatMap((classified) => editsFor(classified, newSchema))
    .toSorted((a, b) => Number(b.action === "move") - Number(a.action === "move"));
}

function editsFor(classified: ClassifiedChange, newSchema: RecordBody): readonly InstanceEditRule[] {
  const { change } = classified;
  const { remedy }: ChangeKind<Change> = changeKinds[change.kind];
  if (remedy === null) return [];
  if (change.kind === "field-added")
    return missingValues(change, change.path, change.new, whereNeeded(change.path, newSchema));
  const action = change.subject === "field-move" && keepsOldName(change) ? "review" : remedy.action;
  const value = action === "set" ? fieldsAlong(newSchema, change.path)[change.path.length - 1]?.default : undefined;
  const to = change.subject === "field-move" ? change.to[0]?.path : undefined;
  return [
    {
      path: change.path,
      action,
      ...(action === "move" && to !== undefined ? { to } : {}),
      need: action === "review" ? "optional" : "required",
      ...(value === undefined ? {} : { value }),
      sentence: remedy.tell(change),
    },
  ];
}

/** What a new parameter asks every instance for: Kong fills in defaults, and builds a required record from those of its fields. */
function missingValues(change: FieldAdded, path: FieldPath, field: Field, where: string): readonly InstanceEditRule[] {
  const own = { path, action: "set" } as const;
  const { column } = cellsOf("added", field);
  if (column === null) {
    const sentence = `Set ${nameOf(path)} if it is required: its definition is not visible here.`;
    return [{ ...own, need: "optional", sentence }];
  }
  if (field.default !== undefined || !isEffectivelyRequired(field, path)) return [];
  if (field.type === "record") {
    return field.fields.flatMap(({ name, field: inner }) => missingValues(change, [...path, name], inner, where));
  }
  const sentence =
    path === change.path
      ? `Set ${named(path, field)}${where}: it is required and has no default.`
      : `Set ${named(path, field)}${where}: it comes with ${nameOf(change.path)}, is required and has no default.`;
  return [{ ...own, need: "required", sentence }];
}

/** The record around a parameter that not every instance has. */
function whereNeeded(path: FieldPath, schema: RecordBody): string {
  const above = fieldsAlong(schema, path).slice(0, -1);
  const index = above.findLastIndex(
    (field, at) => typeof path[at] === "object" || !isEffectivelyRequired(field, path.slice(0, at + 1)),
  );
  return index < 1 ? "" : ` wherever there is ${nameOf(path.slice(0, index + 1))}`;
}

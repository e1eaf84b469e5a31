import { nameOf } from "../changes/words.js";
import type { ClassifiedChange } from "./classified-change.js";
import { effectiveColumn } from "./column.js";

/**
 * The names of the new parameters that are stored with a value in every instance that is saved, or in every one that has what
 * is around them: the old schema does not know them.
 */
export function carriedByEveryEdit({
  row,
  effectiveColumn: column,
  isInEveryInstance,
  change,
}: ClassifiedChange): readonly string[] {
  if (change.subject === "field-move") {
    const carried = change.to.filter(
      ({ path, field, isOwn }) => isOwn && effectiveColumn(field, path) !== "optional-no-default",
    );
    return carried.map(({ path }) => nameOf(path));
  }
  if (row !== "added" || column === "optional-no-default") return [];
  const where = isInEveryInstance ? "" : ` (where there is ${nameOf(change.path.slice(0, -1))})`;
  return [`${nameOf(change.path)}${where}`];
}

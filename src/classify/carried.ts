import type { FieldPath } from "../schema/model.js";
import type { ClassifiedChange } from "./classified-change.js";
import { effectiveColumn } from "./column.js";

/** The new parameters that are stored with a value in every instance that is saved: the old schema does not know their names. */
export function carriedByEveryEdit({ row, effectiveColumn: column, change }: ClassifiedChange): readonly FieldPath[] {
  if (change.subject === "field-move") {
    const carried = change.to.filter(
      ({ path, field, isOwn }) => isOwn && effectiveColumn(field, path) !== "optional-no-default",
    );
    return carried.map(({ path }) => path);
  }
  return row === "added" && column !== "optional-no-default" ? [change.path] : [];
}

import type { DefinitionDifference, TypeDifference } from "../difference.js";
import { inType, isPlace } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { convertToNewType, wasTypeAndIsNow } from "../words.js";

export type ElementTypeChanged = Explained<DefinitionDifference | TypeDifference, "element-type-changed">;

export const elementTypeChanged: ChangeKind<ElementTypeChanged> = {
  id: "element-type-changed",
  summary: "The entries of a list have another data type.",
  why: "Every entry of every stored list is judged by the new type; only an empty list, or none, fits both.",
  updatePath: { row: "type-changed" },
  mirror: "element-type-changed",
  example: {
    old: `{ codes = { type = "array", elements = { type = "string" } } }`,
    new: `{ codes = { type = "array", elements = { type = "integer" } } }`,
  },
  remedy: { action: "convert", tell: convertToNewType },
  describe: wasTypeAndIsNow,
  find(difference) {
    const found = inType(difference);
    return found !== undefined && isPlace(found.path, "elements") ? explain("element-type-changed", found) : undefined;
  },
};

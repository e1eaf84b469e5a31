import type { DefinitionDifference, TypeDifference } from "../difference.js";
import { inType, isPlace } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { convertToNewType, wasTypeAndIsNow } from "../words.js";

export type ValueTypeChanged = Explained<DefinitionDifference | TypeDifference, "value-type-changed">;

export const valueTypeChanged: ChangeKind<ValueTypeChanged> = {
  id: "value-type-changed",
  summary: "The values of a map have another data type.",
  why: "Every value of every stored map is judged by the new type; only an empty map, or none, fits both.",
  updatePath: { row: "type-changed" },
  mirror: "value-type-changed",
  example: {
    old: `{ limits = { type = "map", keys = { type = "string" }, values = { type = "string" } } }`,
    new: `{ limits = { type = "map", keys = { type = "string" }, values = { type = "integer" } } }`,
  },
  remedy: { action: "convert", tell: convertToNewType },
  describe: wasTypeAndIsNow,
  find(difference) {
    const found = inType(difference);
    return found !== undefined && isPlace(found.path, "values") ? explain("value-type-changed", found) : undefined;
  },
};

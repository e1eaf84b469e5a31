import type { DefinitionDifference, TypeDifference } from "../difference.js";
import { inType, isPlace } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { convertToNewType, wasTypeAndIsNow } from "../words.js";

export type KeyTypeChanged = Explained<DefinitionDifference | TypeDifference, "key-type-changed">;

export const keyTypeChanged: ChangeKind<KeyTypeChanged> = {
  id: "key-type-changed",
  summary: "The keys of a map have another data type.",
  why: "Every key of every stored map is judged by the new type; JSON keys arrive as strings, so only an empty map, or none, fits both.",
  updatePath: { row: "type-changed" },
  mirror: "key-type-changed",
  example: {
    old: `{ limits = { type = "map", keys = { type = "string" }, values = { type = "integer" } } }`,
    new: `{ limits = { type = "map", keys = { type = "integer" }, values = { type = "integer" } } }`,
  },
  remedy: { action: "convert", tell: convertToNewType },
  describe: wasTypeAndIsNow,
  find(difference) {
    const found = inType(difference);
    return found !== undefined && isPlace(found.path, "keys") ? explain("key-type-changed", found) : undefined;
  },
};

import type { DefinitionDifference, TypeDifference } from "../difference.js";
import { inType } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { convertToNewType, wasTypeAndIsNow } from "../words.js";

export type TypeChanged = Explained<DefinitionDifference | TypeDifference, "type-changed">;

export const typeChanged: ChangeKind<TypeChanged> = {
  id: "type-changed",
  summary: "A configuration parameter has another data type, and no value but null fits both.",
  why: "A stored value of the old type is refused by data plane nodes with the new schema, and a new value by those with the old one.",
  updatePath: { row: "type-changed" },
  mirror: "type-changed",
  example: { old: `{ ttl = { type = "string" } }`, new: `{ ttl = { type = "integer" } }` },
  remedy: { action: "convert", tell: convertToNewType },
  describe: wasTypeAndIsNow,
  find(difference) {
    const found = inType(difference);
    return found === undefined ? undefined : explain("type-changed", found);
  },
};

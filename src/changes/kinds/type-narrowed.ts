import type { DefinitionDifference, TypeDifference } from "../difference.js";
import { inType } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { isTypeWidened, typeOf } from "../types.js";
import { convertToNewType, nameOf } from "../words.js";

export type TypeNarrowed = Explained<DefinitionDifference | TypeDifference, "type-narrowed">;

export const typeNarrowed: ChangeKind<TypeNarrowed> = {
  id: "type-narrowed",
  summary: "A configuration parameter has a narrower data type: only some of the old values fit it.",
  why: "A stored value that does not fit, such as 0.5 where an integer is now wanted, is refused by data plane nodes with the new schema.",
  updatePath: { row: "type-changed" },
  mirror: "type-widened",
  example: { old: `{ ttl = { type = "number" } }`, new: `{ ttl = { type = "integer" } }` },
  remedy: {
    action: "convert",
    tell: (change) =>
      change.old.type === "number"
        ? `Make ${nameOf(change.path)} a whole number wherever it is none: a fraction is refused under the new schema.`
        : convertToNewType(change),
  },
  describe: (change) =>
    `${nameOf(change.path)} was ${typeOf(change.old)} and is now the narrower ${typeOf(change.new)}`,
  find(difference) {
    const found = inType(difference);
    return found !== undefined && isTypeWidened(found.new, found.old) ? explain("type-narrowed", found) : undefined;
  },
};

import type { DefinitionDifference, TypeDifference } from "../difference.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { isTypeWidened, typeOf } from "../types.js";
import { inType } from "../find.js";
import { nameOf } from "../words.js";

export type TypeWidened = Explained<DefinitionDifference | TypeDifference, "type-widened">;

export const typeWidened: ChangeKind<TypeWidened> = {
  id: "type-widened",
  summary: "A configuration parameter has a wider data type: every old value fits the new type.",
  why: "Stored values stay good; a value that only the new type allows is refused by data plane nodes with the old schema.",
  updatePath: { row: "type-changed" },
  mirror: "type-narrowed",
  example: { old: `{ ttl = { type = "integer" } }`, new: `{ ttl = { type = "number" } }` },
  remedy: null,
  describe: (change) => `${nameOf(change.path)} was ${typeOf(change.old)} and is now the wider ${typeOf(change.new)}`,
  find(difference) {
    const found = inType(difference);
    return found !== undefined && isTypeWidened(found.old, found.new) ? explain("type-widened", found) : undefined;
  },
};

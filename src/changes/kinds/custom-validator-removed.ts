import type { AttributeDifference } from "../difference.js";
import { inAttribute, presence } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type CustomValidatorRemoved = Explained<AttributeDifference, "custom-validator-removed">;

export const customValidatorRemoved: ChangeKind<CustomValidatorRemoved> = {
  id: "custom-validator-removed",
  summary: "The custom validator of a configuration parameter was removed.",
  why: "Stored values stay good; a value that only the old function refused is refused by data plane nodes with the old schema.",
  updatePath: {
    derived: "short",
    freeze: "new-values",
    because:
      "Every stored value still passes; only a value that the old function refuses, saved before all data plane nodes have the new schema, is refused by those with the old one.",
  },
  mirror: "custom-validator-added",
  example: {
    old: `{ url = { type = "string", custom_validator = function(url) return url ~= "" end } }`,
    new: `{ url = { type = "string" } }`,
  },
  remedy: null,
  describe: (change) => `the custom validator of ${nameOf(change.path)} was removed`,
  find(difference) {
    const found = inAttribute(difference, "custom_validator");
    return found !== undefined && presence(found) === "removed"
      ? explain("custom-validator-removed", found)
      : undefined;
  },
};

import type { AttributeDifference } from "../difference.js";
import { inAttribute, presence } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type CustomValidatorAdded = Explained<AttributeDifference, "custom-validator-added">;

export const customValidatorAdded: ChangeKind<CustomValidatorAdded> = {
  id: "custom-validator-added",
  summary: "A configuration parameter has a custom validator, and had none.",
  why: "A stored value that the function refuses is refused by data plane nodes with the new schema.",
  updatePath: {
    derived: "long",
    because:
      "An instance whose value the new function refuses must be edited before a data plane node gets the new schema; the old schema accepts any value that the new one does.",
  },
  mirror: "custom-validator-removed",
  example: {
    old: `{ url = { type = "string" } }`,
    new: `{ url = { type = "string", custom_validator = function(url) return url:sub(1, 6) == "https:" end } }`,
  },
  remedy: {
    action: "review",
    tell: (change) =>
      `Check ${nameOf(change.path)} in every instance against the new function, and edit those that it refuses.`,
  },
  describe: (change) => `${nameOf(change.path)} has a custom validator, and had none`,
  find(difference) {
    const found = inAttribute(difference, "custom_validator");
    return found !== undefined && presence(found) === "added" ? explain("custom-validator-added", found) : undefined;
  },
};

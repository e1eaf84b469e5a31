import type { AttributeDifference } from "../difference.js";
import { inAttribute, presence } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type CustomValidatorChanged = Explained<AttributeDifference, "custom-validator-changed">;

export const customValidatorChanged: ChangeKind<CustomValidatorChanged> = {
  id: "custom-validator-changed",
  summary: "The custom validator of a configuration parameter is another function.",
  why: "What the two functions accept cannot be compared by reading them.",
  updatePath: {
    derived: "cp-dp-sync",
    because:
      "There may be no value that both functions accept, so an instance may have no configuration that the old and the new data plane nodes both accept.",
  },
  mirror: "custom-validator-changed",
  example: {
    old: `{ url = { type = "string", custom_validator = function(url) return url ~= "" end } }`,
    new: `{ url = { type = "string", custom_validator = function(url) return url:sub(1, 4) == "http" end } }`,
  },
  remedy: {
    action: "review",
    tell: (change) =>
      `Check ${nameOf(change.path)} in every instance against the new function, and edit those that it refuses.`,
  },
  describe: (change) => `the custom validator of ${nameOf(change.path)} is another function`,
  find(difference) {
    const found = inAttribute(difference, "custom_validator");
    return found !== undefined && presence(found) === "changed"
      ? explain("custom-validator-changed", found)
      : undefined;
  },
};

import type { AttributeDifference } from "../difference.js";
import { inAttribute, presence } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type DeprecationChanged = Explained<AttributeDifference, "deprecation-changed">;

export const deprecationChanged: ChangeKind<DeprecationChanged> = {
  id: "deprecation-changed",
  summary: "A configuration parameter is marked as deprecated, or no longer, or in other words.",
  why: "Kong logs a warning when a deprecated parameter is used; it judges no value by it.",
  updatePath: {
    derived: "short",
    freeze: "none",
    isHarmless: true,
    because: "Which values pass does not change; only a warning is logged.",
  },
  mirror: "deprecation-changed",
  example: {
    old: `{ url = { type = "string" } }`,
    new: `{ url = { type = "string", deprecation = { message = "use host", removal_in_version = "4.0" } } }`,
  },
  remedy: null,
  describe(change) {
    switch (presence(change)) {
      case "added":
        return `${nameOf(change.path)} is marked as deprecated`;
      case "removed":
        return `${nameOf(change.path)} is no longer marked as deprecated`;
      case "changed":
        return `the deprecation of ${nameOf(change.path)} is written in another way`;
    }
  },
  find(difference) {
    const found = inAttribute(difference, "deprecation");
    return found === undefined ? undefined : explain("deprecation-changed", found);
  },
};

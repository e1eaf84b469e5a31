import type { AttributeDifference } from "../difference.js";
import { inAttribute } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type DescriptionChanged = Explained<AttributeDifference, "description-changed">;

export const descriptionChanged: ChangeKind<DescriptionChanged> = {
  id: "description-changed",
  summary: "The description or the examples of a configuration parameter were edited.",
  why: "They are for readers; Kong judges no value by them.",
  updatePath: {
    derived: "short",
    freeze: "none",
    isHarmless: true,
    because: "Which values pass does not change.",
  },
  mirror: "description-changed",
  example: {
    old: `{ url = { type = "string" } }`,
    new: `{ url = { type = "string", description = "Where to send the events." } }`,
  },
  remedy: null,
  describe: (change) => `the ${change.attribute} of ${nameOf(change.path)} was edited`,
  find(difference) {
    const found = inAttribute(difference, "description") ?? inAttribute(difference, "examples");
    return found === undefined ? undefined : explain("description-changed", found);
  },
};

import type { AttributeDifference } from "../difference.js";
import { switchTurned } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { describeAttribute } from "../words.js";

export type UniqueChanged = Explained<AttributeDifference, "unique-changed">;

export const uniqueChanged: ChangeKind<UniqueChanged> = {
  id: "unique-changed",
  summary: "A configuration parameter is marked as unique, or no longer.",
  why: "Kong looks for duplicates of an entity's own fields; a plugin's configuration is one field to it.",
  updatePath: {
    derived: "short",
    freeze: "none",
    isHarmless: true,
    because: "Which values pass does not change.",
  },
  mirror: "unique-changed",
  example: {
    old: `{ url = { type = "string" } }`,
    new: `{ url = { type = "string", unique = true } }`,
  },
  remedy: null,
  describe: describeAttribute,
  find(difference) {
    const turned = switchTurned(difference, "unique", true) ?? switchTurned(difference, "unique", false);
    return turned === undefined ? undefined : explain("unique-changed", turned);
  },
};

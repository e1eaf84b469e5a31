import type { AttributeDifference } from "../difference.js";
import { switchTurned } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type AutoAdded = Explained<AttributeDifference, "auto-added">;

export const autoAdded: ChangeKind<AutoAdded> = {
  id: "auto-added",
  summary: "A configuration parameter is filled in by Kong where it is absent.",
  why: "Kong makes up a value for it when an instance is saved or read; a stored value stays.",
  updatePath: {
    derived: "short",
    freeze: "none",
    because: "Every stored value still passes; a value that Kong makes up is one that the old schema accepts.",
  },
  mirror: "auto-removed",
  example: {
    old: `{ url = { type = "string" } }`,
    new: `{ url = { type = "string", auto = true } }`,
  },
  remedy: null,
  describe: (change) => `${nameOf(change.path)} is now filled in by Kong where it is absent`,
  find(difference) {
    const turned = switchTurned(difference, "auto", true);
    return turned === undefined ? undefined : explain("auto-added", turned);
  },
};

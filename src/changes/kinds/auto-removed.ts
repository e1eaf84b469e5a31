import type { AttributeDifference } from "../difference.js";
import { switchTurned } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type AutoRemoved = Explained<AttributeDifference, "auto-removed">;

export const autoRemoved: ChangeKind<AutoRemoved> = {
  id: "auto-removed",
  summary: "A configuration parameter is no longer filled in by Kong where it is absent.",
  why: "A stored configuration that lacks the parameter is refused where it is required.",
  updatePath: {
    derived: "long",
    because:
      "A stored configuration that lacks the parameter has no value any more: such an instance must be given one before a data plane node gets the new schema.",
  },
  mirror: "auto-added",
  example: {
    old: `{ url = { type = "string", auto = true } }`,
    new: `{ url = { type = "string" } }`,
  },
  remedy: {
    action: "set",
    tell: (change) => `Set ${nameOf(change.path)} where it is absent: Kong does not fill it in any more.`,
  },
  describe: (change) => `${nameOf(change.path)} is no longer filled in by Kong where it is absent`,
  find(difference) {
    const turned = switchTurned(difference, "auto", false);
    return turned === undefined ? undefined : explain("auto-removed", turned);
  },
};

import type { ShorthandDifference } from "../difference.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type ShorthandRemoved = Explained<ShorthandDifference, "shorthand-removed">;

export const shorthandRemoved: ChangeKind<ShorthandRemoved> = {
  id: "shorthand-removed",
  summary: "A shorthand was removed: a name that Kong turned into other parameters when an instance was saved.",
  why: "It was never stored; but an instance that is saved again under that name is refused by the control plane.",
  updatePath: {
    derived: "short",
    freeze: "new-values",
    because:
      "Stored configurations do not have it: Kong stored the parameters that it stood for. Files from which instances are written, decK's for one, must use those parameters from now on.",
  },
  mirror: "shorthand-added",
  example: {
    old: `return { name = "example", fields = { { config = { type = "record", fields = { { host = { type = "string" } } }, shorthand_fields = { { server = { type = "string", func = function(value) return { host = value } end } } } } } } }`,
    new: `return { name = "example", fields = { { config = { type = "record", fields = { { host = { type = "string" } } } } } } }`,
  },
  remedy: null,
  describe: (change) => `the shorthand ${nameOf(change.path)} was removed`,
  find(difference) {
    if (difference.subject !== "shorthand" || !(difference.new.length === 0)) return undefined;
    return explain("shorthand-removed", difference);
  },
};

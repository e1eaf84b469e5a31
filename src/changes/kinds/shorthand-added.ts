import type { ShorthandDifference } from "../difference.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type ShorthandAdded = Explained<ShorthandDifference, "shorthand-added">;

export const shorthandAdded: ChangeKind<ShorthandAdded> = {
  id: "shorthand-added",
  summary: "A shorthand was added: a name that Kong turns into other parameters when an instance is saved.",
  why: "Only the parameters that it is turned into are stored; a data plane node with the old schema sees nothing of the shorthand.",
  updatePath: {
    derived: "short",
    freeze: "new-values",
    because:
      "Stored configurations do not have it; what an edited instance stores in its place are parameters that are judged by themselves.",
    unless: [
      {
        when: "the new schema has a parameter of the same name",
        applies: (site, { path }) => site.new.length === path.length,
        derived: "cp-dp-sync",
        because:
          "The parameter of the same name is stored, and data plane nodes with the new schema turn it into other parameters when they judge it: what comes of a stored value cannot be told.",
      },
    ],
  },
  mirror: "shorthand-removed",
  example: {
    old: `return { name = "example", fields = { { config = { type = "record", fields = { { host = { type = "string" } } } } } } }`,
    new: `return { name = "example", fields = { { config = { type = "record", fields = { { host = { type = "string" } } }, shorthand_fields = { { server = { type = "string", func = function(value) return { host = value } end } } } } } } }`,
  },
  remedy: null,
  describe: (change) => `the shorthand ${nameOf(change.path)} was added`,
  find(difference) {
    if (difference.subject !== "shorthand" || !(difference.old.length === 0)) return undefined;
    return explain("shorthand-added", difference);
  },
};

import type { ShorthandDifference } from "../difference.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type ShorthandChanged = Explained<ShorthandDifference, "shorthand-changed">;

export const shorthandChanged: ChangeKind<ShorthandChanged> = {
  id: "shorthand-changed",
  summary: "A shorthand is turned into other parameters, or in another way.",
  why: "Stored configurations keep what the old shorthand was turned into; an instance that is saved again may store something else.",
  updatePath: {
    derived: "short",
    freeze: "new-values",
    because:
      "Stored configurations do not have it, and what it is turned into are parameters that are judged by themselves.",
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
  mirror: "shorthand-changed",
  example: {
    old: `return { name = "example", fields = { { config = { type = "record", fields = { { host = { type = "string" } } }, shorthand_fields = { { server = { type = "string", func = function(value) return { host = value } end } } } } } } }`,
    new: `return { name = "example", fields = { { config = { type = "record", fields = { { host = { type = "string" } } }, shorthand_fields = { { server = { type = "string", func = function(value) return { host = value .. ".local" } end } } } } } } }`,
  },
  remedy: null,
  describe: (change) => `the shorthand ${nameOf(change.path)} is defined in another way`,
  find(difference) {
    if (difference.subject !== "shorthand" || !(difference.old.length > 0 && difference.new.length > 0))
      return undefined;
    return explain("shorthand-changed", difference);
  },
};

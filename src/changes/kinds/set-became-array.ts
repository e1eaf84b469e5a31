import type { TypeDifference } from "../difference.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type SetBecameArray = Explained<TypeDifference, "set-became-array">;

export const setBecameArray: ChangeKind<SetBecameArray> = {
  id: "set-became-array",
  summary: "A set is now an array: an entry may stand in it twice.",
  why: "Both are stored as lists; a data plane node with the old schema drops entries that stand twice.",
  updatePath: { row: "type-changed" },
  mirror: "array-became-set",
  example: {
    old: `{ hosts = { type = "set", elements = { type = "string" } } }`,
    new: `{ hosts = { type = "array", elements = { type = "string" } } }`,
  },
  remedy: null,
  describe: (change) => `${nameOf(change.path)} was a set and is now an array`,
  find(difference) {
    if (difference.subject !== "type" || difference.old.type !== "set") return undefined;
    return difference.new.type === "array" ? explain("set-became-array", difference) : undefined;
  },
};

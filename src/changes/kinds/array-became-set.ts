import type { TypeDifference } from "../difference.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type ArrayBecameSet = Explained<TypeDifference, "array-became-set">;

export const arrayBecameSet: ChangeKind<ArrayBecameSet> = {
  id: "array-became-set",
  summary: "An array is now a set: it no longer keeps an entry twice.",
  why: "Both are stored as lists; entries that stand twice are dropped when an instance is saved or read.",
  updatePath: { row: "type-changed" },
  mirror: "set-became-array",
  example: {
    old: `{ hosts = { type = "array", elements = { type = "string" } } }`,
    new: `{ hosts = { type = "set", elements = { type = "string" } } }`,
  },
  remedy: {
    action: "review",
    tell: (change) => `Check ${nameOf(change.path)} for entries that stand twice: only an array keeps them.`,
  },
  describe: (change) => `${nameOf(change.path)} was an array and is now a set`,
  find(difference) {
    if (difference.subject !== "type" || difference.old.type !== "array") return undefined;
    return difference.new.type === "set" ? explain("array-became-set", difference) : undefined;
  },
};

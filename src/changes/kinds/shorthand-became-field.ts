import type { FieldMove } from "../difference.js";
import { explain, movedPath, type ChangeKind, type Explained } from "../kind.js";
import { fieldBecameShorthand } from "./field-became-shorthand.js";
import { describeMove, nameOf, namesOfEnds } from "../words.js";

export type ShorthandBecameField = Explained<FieldMove, "shorthand-became-field">;

export const shorthandBecameField: ChangeKind<ShorthandBecameField> = {
  id: "shorthand-became-field",
  summary: "What was a shorthand is a configuration parameter of its own.",
  why: "Stored configurations have the parameters that the shorthand stood for, and nothing under its own name.",
  updatePath: movedPath,
  mirror: "field-became-shorthand",
  example: { old: fieldBecameShorthand.example.new, new: fieldBecameShorthand.example.old },
  remedy: {
    action: "move",
    tell: (change) =>
      `Set ${nameOf(change.path)} from what ${namesOfEnds(change.from) || "it stood for"} had; drop what the new schema does not know, also where it is null.`,
  },
  describe: describeMove,
  find(difference) {
    if (difference.subject !== "field-move") return undefined;
    return explain("shorthand-became-field", difference);
  },
};

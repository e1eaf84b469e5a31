import type { FieldAddition } from "../difference.js";
import { isPluginLevel } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { named } from "../words.js";

export type FieldAdded = Explained<FieldAddition, "field-added">;

export const fieldAdded: ChangeKind<FieldAdded> = {
  id: "field-added",
  summary: "A configuration parameter was added to the schema.",
  why: "Existing plugin instances have no value for it, and a data plane node with the old schema does not know it.",
  updatePath: { row: "added" },
  mirror: "field-removed",
  example: {
    old: `{ url = { type = "string" } }`,
    new: `{ url = { type = "string" } }, { ttl = { type = "integer" } }`,
  },
  remedy: {
    action: "set",
    tell: (change) => `Set ${named(change.path, change.new)}: it is required and has no default.`,
  },
  describe: (change) => `${named(change.path, change.new)} was added`,
  find(difference) {
    if (difference.subject !== "field-addition" || isPluginLevel(difference)) return undefined;
    return explain("field-added", difference);
  },
};

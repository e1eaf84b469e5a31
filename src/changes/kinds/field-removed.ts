import type { FieldRemoval } from "../difference.js";
import { isPluginLevel } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf, named } from "../words.js";

export type FieldRemoved = Explained<FieldRemoval, "field-removed">;

export const fieldRemoved: ChangeKind<FieldRemoved> = {
  id: "field-removed",
  summary: "A configuration parameter was removed from the schema.",
  why: "Stored configurations still carry it, and a data plane node with the new schema refuses a value that it does not know.",
  updatePath: { row: "removed" },
  mirror: "field-added",
  example: {
    old: `{ url = { type = "string" } }, { ttl = { type = "integer" } }`,
    new: `{ url = { type = "string" } }`,
  },
  remedy: {
    action: "drop",
    tell: (change) =>
      `Drop ${nameOf(change.path)}, also where it is null: the new schema does not know it, and an instance that is saved with it is refused.`,
  },
  describe: (change) => `${named(change.path, change.old)} was removed`,
  find(difference) {
    if (difference.subject !== "field-removal" || isPluginLevel(difference)) return undefined;
    return explain("field-removed", difference);
  },
};

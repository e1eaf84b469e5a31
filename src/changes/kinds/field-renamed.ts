import type { FieldMove } from "../difference.js";
import { isSameRecord, oneToOne } from "../find.js";
import { explain, movedPath, type ChangeKind, type Explained } from "../kind.js";
import { describeMove, tellMove } from "../words.js";

export type FieldRenamed = Explained<FieldMove, "field-renamed">;

export const fieldRenamed: ChangeKind<FieldRenamed> = {
  id: "field-renamed",
  summary: "A configuration parameter has another name.",
  why: "Stored configurations have its value under the old name; data plane nodes with the new schema know that name only if a shorthand keeps it.",
  updatePath: movedPath,
  mirror: "field-renamed",
  example: {
    old: `return { name = "example", fields = { { config = { type = "record", fields = { { blacklist = { type = "string" } } } } } } }`,
    new: `return { name = "example", fields = { { config = { type = "record", fields = { { deny = { type = "string" } } }, shorthand_fields = { { blacklist = { type = "string", deprecation = { message = "use deny", removal_in_version = "3.0", replaced_with = { { path = { "deny" } } } }, func = function(value) return { deny = value } end } } } } } } }`,
  },
  remedy: { action: "move", tell: tellMove },
  describe: describeMove,
  find(difference) {
    const ends = oneToOne(difference);
    return ends !== undefined && isSameRecord(ends) ? explain("field-renamed", ends.move) : undefined;
  },
};

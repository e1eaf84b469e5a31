import type { FieldMove } from "../difference.js";
import { keepsOldName } from "../move.js";
import { explain, movedPath, type ChangeKind, type Explained } from "../kind.js";
import { describeMove, tellOldName } from "../words.js";

export type FieldBecameShorthand = Explained<FieldMove, "field-became-shorthand">;

export const fieldBecameShorthand: ChangeKind<FieldBecameShorthand> = {
  id: "field-became-shorthand",
  summary: "A configuration parameter became a shorthand: Kong turns its value into other parameters.",
  why: "Stored configurations have its value under a name that is no parameter any more, and data plane nodes with the new schema turn it into others when they judge it.",
  updatePath: movedPath,
  mirror: "shorthand-became-field",
  example: {
    old: `return { name = "example", fields = { { config = { type = "record", fields = { { timeout = { type = "integer" } } } } } } }`,
    new: `return { name = "example", fields = { { config = { type = "record", fields = { { connect_timeout = { type = "integer" } }, { read_timeout = { type = "integer" } } }, shorthand_fields = { { timeout = { type = "integer", deprecation = { message = "use connect_timeout and read_timeout", removal_in_version = "3.0", replaced_with = { { path = { "connect_timeout" } }, { path = { "read_timeout" } } } }, func = function(value) return { connect_timeout = value, read_timeout = value } end } } } } } } }`,
  },
  remedy: { action: "review", tell: tellOldName },
  describe: describeMove,
  find(difference) {
    if (difference.subject !== "field-move" || !keepsOldName(difference)) return undefined;
    return explain("field-became-shorthand", difference);
  },
};

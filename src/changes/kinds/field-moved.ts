import type { FieldMove } from "../difference.js";
import { oneToOne } from "../find.js";
import { explain, movedPath, type ChangeKind, type Explained } from "../kind.js";
import { describeMove, tellMove } from "../words.js";

export type FieldMoved = Explained<FieldMove, "field-moved">;

export const fieldMoved: ChangeKind<FieldMoved> = {
  id: "field-moved",
  summary: "A configuration parameter has its place in another record.",
  why: "Stored configurations have its value at the old place; data plane nodes with the new schema know that place only if a shorthand keeps it.",
  updatePath: movedPath,
  mirror: "field-moved",
  example: {
    old: `return { name = "example", fields = { { config = { type = "record", fields = { { redis_host = { type = "string" } }, { redis = { type = "record", fields = { { port = { type = "integer" } } } } } } } } } }`,
    new: `return { name = "example", fields = { { config = { type = "record", fields = { { redis = { type = "record", fields = { { port = { type = "integer" } }, { host = { type = "string" } } } } } }, shorthand_fields = { { redis_host = { type = "string", deprecation = { message = "use redis.host", removal_in_version = "3.0", replaced_with = { { path = { "redis", "host" } } } }, func = function(value) return { redis = { host = value } } end } } } } } } }`,
  },
  remedy: { action: "move", tell: tellMove },
  describe: describeMove,
  find(difference) {
    const ends = oneToOne(difference);
    return ends === undefined ? undefined : explain("field-moved", ends.move);
  },
};

import type { DefinitionDifference } from "../difference.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { convertToNewType, nameOf } from "../words.js";

export type RecordBecameMap = Explained<DefinitionDifference, "record-became-map">;

export const recordBecameMap: ChangeKind<RecordBecameMap> = {
  id: "record-became-map",
  summary: "A record with fixed fields is now a map with free keys.",
  why: "A stored record carries an explicit null for each field that is not set, and a map refuses a null value.",
  updatePath: { row: "type-changed" },
  mirror: "map-became-record",
  example: {
    old: `{ headers = { type = "record", fields = { { host = { type = "string" } } } } }`,
    new: `{ headers = { type = "map", keys = { type = "string" }, values = { type = "string" } } }`,
  },
  remedy: { action: "convert", tell: convertToNewType },
  describe: (change) => `${nameOf(change.path)} was a record and is now a map`,
  find(difference) {
    if (difference.subject !== "definition" || difference.path.length < 2) return undefined;
    const became = difference.old.type === "record" && difference.new.type === "map";
    return became ? explain("record-became-map", difference) : undefined;
  },
};

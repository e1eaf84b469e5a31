import type { DefinitionDifference } from "../difference.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { convertToNewType, nameOf } from "../words.js";

export type MapBecameRecord = Explained<DefinitionDifference, "map-became-record">;

export const mapBecameRecord: ChangeKind<MapBecameRecord> = {
  id: "map-became-record",
  summary: "A map with free keys is now a record with fixed fields.",
  why: "A stored key that is no field of the record is refused as unknown by data plane nodes with the new schema.",
  updatePath: { row: "type-changed" },
  mirror: "record-became-map",
  example: {
    old: `{ headers = { type = "map", keys = { type = "string" }, values = { type = "string" } } }`,
    new: `{ headers = { type = "record", fields = { { host = { type = "string" } } } } }`,
  },
  remedy: { action: "convert", tell: convertToNewType },
  describe: (change) => `${nameOf(change.path)} was a map and is now a record`,
  find(difference) {
    if (difference.subject !== "definition" || difference.path.length < 2) return undefined;
    const became = difference.old.type === "map" && difference.new.type === "record";
    return became ? explain("map-became-record", difference) : undefined;
  },
};

import type { Position } from "../errors.js";
import { LuaTable } from "../lua/value.js";
import type { LuaValue } from "../lua/value.js";
import { Table } from "./engine/data.js";
import type { Data } from "./engine/data.js";
import type { Places } from "./metaschema-fields.js";

interface Errors {
  readonly root: LuaTable;
  readonly errors: Table;
  /** What the bare names of fields in the errors mean. */
  readonly places: Places;
  /** The source's table that each table of the schema was made from. */
  readonly origins: ReadonlyMap<Table, LuaTable>;
}

/**
 * Where in the source the first of Kong's errors stands, or the nearest place that is known. Kong's tree is walked along the schema, and an
 * error under the bare name of a field stands where its definition does.
 */
export function positionOfError({ root, errors, places, origins }: Errors): Position | undefined {
  const [first] = errors.entries();
  const place = first === undefined ? undefined : places.get(first[0]);
  const source = place === undefined ? undefined : origins.get(place.table);
  if (place === undefined || source === undefined) return walk(root, errors) ?? root.position;
  const entry = place.key === undefined ? undefined : source.entries.find(({ key }) => key === place.key);
  return entry?.position ?? source.position ?? root.position;
}

function walk(table: LuaTable, error: Data): Position | undefined {
  const [first] = error instanceof Table ? error.entries() : [];
  if (first === undefined) return table.position;
  const [key, inner] = first;
  const entry = typeof key === "string" || typeof key === "number" ? table.entry(key) : undefined;
  if (entry === undefined) return table.position;
  const value = namedContent(key, entry.value, inner);
  const position = value instanceof LuaTable ? walk(value, inner) : undefined;
  return (inner instanceof Table ? position : undefined) ?? entry.position ?? position ?? table.position;
}

/** An entry of `fields` is a map with one name; its errors are those of the definition under the name. */
function namedContent(key: Data, value: LuaValue, error: Data): LuaValue {
  if (typeof key !== "number" || !(value instanceof LuaTable) || !(error instanceof Table)) return value;
  const [only] = value.entries;
  return value.entries.length === 1 && only?.value instanceof LuaTable ? only.value : value;
}

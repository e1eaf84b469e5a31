import type { TValue } from "fengari/src/lobject.js";
import type { Table, TableEntry } from "fengari/src/ltable.js";
import { mapKey } from "./interop.js";
import type { Meter } from "./meter.js";

/**
 * The entry after the one with this key, or the first for nil; undefined at the end, null where there is no such key.
 * An entry that was removed while somebody walked the table leads on to the one after it, which may have been removed too:
 * fengari would walk over all of them without counting.
 */
export function nextEntry(table: Table, key: TValue, meter: Meter): TableEntry | undefined | null {
  if (key.value === null) return table.f;
  const place = mapKey(key);
  const found = table.strong.get(place);
  if (found !== undefined) return found.n;
  let entry = (isObject(place) ? table.dead_weak?.get(place) : undefined) ?? table.dead_strong.get(place);
  if (entry === undefined) return null;
  let steps = 0;
  do {
    entry = entry.n;
    steps++;
  } while (entry?.key.value === null);
  meter.spend(steps >> 2);
  return entry;
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

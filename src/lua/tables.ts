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
  if (key.value === null) return firstEntry(table, meter);
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

/** LuaJIT goes over the list in a table first; fengari over all entries in the order in which they were set. */
export function firstEntry(table: Table, meter: Meter): TableEntry | undefined {
  if (table.f !== undefined && table.f.key.value !== 1 && table.strong.has(1)) listFirst(table, meter);
  return table.f;
}

/** Moves the entries 1, 2, … to the front. */
function listFirst(table: Table, meter: Meter): void {
  let last: TableEntry | undefined;
  for (let index = 1, entry = table.strong.get(1); entry !== undefined; entry = table.strong.get(++index)) {
    meter.spend(1);
    if (entry.p !== undefined) entry.p.n = entry.n;
    else table.f = entry.n;
    if (entry.n !== undefined) entry.n.p = entry.p;
    else table.l = entry.p;
    const next: TableEntry | undefined = last === undefined ? table.f : last.n;
    entry.p = last;
    entry.n = next;
    if (last === undefined) table.f = entry;
    else last.n = entry;
    if (next === undefined) table.l = entry;
    else next.p = entry;
    last = entry;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

import type { Field, NamedField } from "../schema/model.js";

/** Two lists of named things, matched by name. */
export interface Pairs<T> {
  readonly removed: readonly (readonly [name: string, old: T])[];
  readonly added: readonly (readonly [name: string, now: T])[];
  readonly persisted: readonly (readonly [name: string, old: T, now: T])[];
}

/** Each in the order of its own side; what persists in the order of the new one. */
export function pairByName<T>(old: ReadonlyMap<string, T>, now: ReadonlyMap<string, T>): Pairs<T> {
  const removed: [string, T][] = [];
  const added: [string, T][] = [];
  const persisted: [string, T, T][] = [];
  for (const [name, before] of old) if (!now.has(name)) removed.push([name, before]);
  for (const [name, after] of now) {
    const before = old.get(name);
    if (before === undefined) added.push([name, after]);
    else persisted.push([name, before, after]);
  }
  return { removed, added, persisted };
}

/** All definitions of each name, in order. */
export function groupByName(fields: readonly NamedField[]): ReadonlyMap<string, readonly Field[]> {
  const groups = new Map<string, Field[]>();
  for (const { name, field } of fields) {
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [field]);
    else group.push(field);
  }
  return groups;
}

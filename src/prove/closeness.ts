import type { Json } from "../changes/json.js";
import type { Candidate } from "./nodes.js";
import { isObject } from "./objects.js";

/** The one with the shorter text: of two that show the same, it is easier to read. */
export function smaller<T extends { readonly candidate: Candidate }>(best: T | undefined, next: T): T {
  return best === undefined || size(next.candidate) < size(best.candidate) ? next : best;
}

/** How much there is to read. */
export function size(candidate: Candidate): number {
  return JSON.stringify(candidate).length;
}

/** How many values an edit changes; one that takes a value away counts a little more than one that gives another. */
export function distanceFrom(from: {
  readonly candidate: Candidate;
}): (to: { readonly candidate: Candidate }) => number {
  const before = leaves(from.candidate);
  return (to) => distance(before, leaves(to.candidate));
}

function distance(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): number {
  let changed = 0;
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const now = after.get(key);
    if (now === before.get(key)) continue;
    changed += now === undefined || now === "null" ? 1.5 : 1;
  }
  return changed;
}

/** Every value that is no object, by its path. */
function leaves({ config, instance = {} }: Candidate): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (value: Json, path: string): void => {
    if (isObject(value)) for (const [key, item] of Object.entries(value)) visit(item, `${path}.${JSON.stringify(key)}`);
    else found.set(path, JSON.stringify(value));
  };
  visit(config, "config");
  visit(instance, "instance");
  return found;
}

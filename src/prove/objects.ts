import type { Json, JsonObject } from "../changes/json.js";

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The entries whose names are not among these. */
export function without<T>(
  map: { readonly [name: string]: T },
  isLeftOut: (name: string) => boolean,
): { readonly [name: string]: T } {
  const left: [string, T][] = [];
  for (const entry of Object.entries(map)) if (!isLeftOut(entry[0])) left.push(entry);
  return Object.fromEntries(left);
}

/** The path of each key, of the objects in it too; what is within an object comes after it. */
export function keysIn(object: JsonObject): readonly (readonly string[])[] {
  return Object.entries(object).flatMap(([key, value]) => [
    [key],
    ...(isObject(value) ? keysIn(value).map((path) => [key, ...path]) : []),
  ]);
}

/** The object without what is at a path. */
export function withoutKey(object: JsonObject, [key = "", ...inside]: readonly string[]): JsonObject {
  if (inside.length === 0) return without(object, (name) => name === key);
  const value = object[key];
  return isObject(value) ? { ...object, [key]: withoutKey(value, inside) } : object;
}

/** The object with what has one of these names, at any depth. */
export function onlyNamed(object: JsonObject, names: ReadonlySet<string>): JsonObject {
  const kept = Object.entries(object).flatMap(([key, value]) => {
    const inside = isObject(value) ? onlyNamed(value, names) : {};
    if (Object.keys(inside).length > 0) return [[key, inside] as const];
    return names.has(key) ? [[key, value] as const] : [];
  });
  return Object.fromEntries(kept);
}

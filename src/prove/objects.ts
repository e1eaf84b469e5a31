import type { Json, JsonObject } from "../changes/json.js";

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The entries whose names are not among these. */
export function without<T>(
  map: { readonly [name: string]: T },
  isLeftOut: (name: string) => boolean,
): { readonly [name: string]: T } {
  return Object.fromEntries(Object.entries(map).filter(([name]) => !isLeftOut(name)));
}

/** The object with one key left out, in each possible way, those of objects in it included. */
export function withoutOneKey(object: JsonObject): readonly JsonObject[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const inside = isObject(value) ? withoutOneKey(value).map((smaller) => ({ ...object, [key]: smaller })) : [];
    return [without(object, (name) => name === key), ...inside];
  });
}

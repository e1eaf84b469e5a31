import { isDeepStrictEqual } from "node:util";
import type { SchemaTree } from "./model.js";

/** Whether two trees are the same, positions and function numbers aside. */
export function sameTree(a: SchemaTree, b: SchemaTree): boolean {
  return isDeepStrictEqual(withoutPlaces(a), withoutPlaces(b));
}

function withoutPlaces(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(withoutPlaces);
  if (typeof data !== "object" || data === null) return data;
  const isFunction = Object.hasOwn(data, "luaFunction");
  return Object.fromEntries(
    Object.entries(data)
      .filter(([key]) => key !== "position" && !(isFunction && key === "luaFunction"))
      .map(([key, value]) => [key, withoutPlaces(value)]),
  );
}

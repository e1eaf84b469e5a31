import type { Json } from "../changes/json.js";
import type { ShownSegment } from "../changes/rename.js";
import { isJsonList, isJsonMap, type ValuePath } from "./instance.js";
import { own } from "./values.js";

/** A place that a shown path stands for, with the keys that its `[]` and `{}` stood for. */
export interface Match {
  readonly path: ValuePath;
  readonly bound: ValuePath;
}

/** All places in a value that a shown path stands for. */
export function matchesIn(value: Json, pattern: readonly ShownSegment[]): readonly Match[] {
  return matches(value, pattern, { path: [], bound: [] });
}

function matches(
  value: Json | undefined,
  [segment, ...rest]: readonly ShownSegment[],
  { path, bound }: Match,
): readonly Match[] {
  if (segment === undefined) return value === undefined || value === null ? [] : [{ path, bound }];
  if (typeof segment === "string") {
    return isJsonMap(value) ? matches(own(value, segment), rest, { path: [...path, segment], bound }) : [];
  }
  const inside = (key: string | number, item: Json) =>
    matches(item, rest, { path: [...path, key], bound: [...bound, key] });
  if (segment.in === "elements") return isJsonList(value) ? value.flatMap((item, index) => inside(index, item)) : [];
  return isJsonMap(value) ? Object.entries(value).flatMap(([key, item]) => inside(key, item)) : [];
}

/** The place that a shown path stands for once its `[]` and `{}` are bound; undefined where they are not as many. */
export function placeFor(pattern: readonly ShownSegment[], bound: ValuePath): ValuePath | undefined {
  const keys = [...bound];
  const path = pattern.map((segment) => (typeof segment === "string" ? segment : keys.shift()));
  return keys.length === 0 && path.every((key) => key !== undefined) ? path : undefined;
}

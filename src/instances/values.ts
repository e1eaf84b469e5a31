import type { Value } from "../schema/model.js";
import { type Json, type JsonObject, valueJson } from "../changes/json.js";
import { isJsonList, isJsonMap, type ValuePath } from "./instance.js";

/** One value that is another one after than before; `undefined` where there is none. */
export interface ValueChange {
  readonly path: ValuePath;
  readonly old: Json | undefined;
  readonly new: Json | undefined;
}

/** Where two values differ: inside maps entry by entry, everything else as a whole. Null and nothing are the same to a handler. */
export function valueChanges(
  old: Value | undefined,
  now: Value | undefined,
  path: ValuePath = [],
): readonly ValueChange[] {
  return changesBetween(jsonOf(old), jsonOf(now), path);
}

function jsonOf(value: Value | undefined): Json | undefined {
  return value === undefined ? undefined : valueJson(value);
}

function changesBetween(old: Json | undefined, now: Json | undefined, path: ValuePath): readonly ValueChange[] {
  if (isJsonMap(old) && isJsonMap(now)) {
    return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((key) =>
      changesBetween(own(old, key), own(now, key), [...path, key]),
    );
  }
  const [before, after] = [old ?? undefined, now ?? undefined];
  return isSameJson(before, after) ? [] : [{ path, old: before, new: after }];
}

/** Whether two values are the same JSON, whatever the order of keys. */
export function isSameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (isJsonList(a) && isJsonList(b))
    return a.length === b.length && a.every((item, index) => isSameJson(item, b[index]));
  if (!isJsonMap(a) || !isJsonMap(b)) return isEmpty(a) && isEmpty(b) ? true : a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSameJson(a[key], b[key]))
  );
}

/** To Lua an empty list and an empty map are one thing. */
function isEmpty(value: Json | undefined): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** The value under a key that the map itself has. */
export function own(map: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The value at a path; undefined where it ends before. */
export function valueAt(value: Json | undefined, path: ValuePath): Json | undefined {
  let current = value;
  for (const key of path) {
    if (typeof key === "number") current = isJsonList(current) ? current[key] : undefined;
    else current = isJsonMap(current) ? own(current, key) : undefined;
  }
  return current;
}

/** A copy with another value at a path, or without any; maps that are not there on the way are made. */
export function withValue(map: JsonObject, path: ValuePath, value: Json | undefined): JsonObject {
  const changed = replaced(map, path, value);
  return isJsonMap(changed) ? changed : {};
}

function replaced(current: Json | undefined, path: ValuePath, value: Json | undefined): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof key === "number") {
    const list = isJsonList(current) ? current : [];
    return list.flatMap((item, index) => {
      const kept = index === key ? replaced(item, rest, value) : item;
      return kept === undefined ? [] : [kept];
    });
  }
  const entries = new Map(Object.entries(isJsonMap(current) ? current : {}));
  const inner = replaced(entries.get(key), rest, value);
  if (inner === undefined) entries.delete(key);
  else entries.set(key, inner);
  return Object.fromEntries(entries);
}

/** `config.redis.host`, `config.bursts[2].size` (Kong counts from 1); a key that could be misread is quoted. */
export function showValuePath(path: ValuePath): string {
  let shown = "";
  for (const key of path) {
    if (typeof key === "number") shown += `[${key + 1}]`;
    else if (!/^[\w$@-]+$/.test(key)) shown += `[${JSON.stringify(key)}]`;
    else shown += shown === "" ? key : `.${key}`;
  }
  return shown;
}

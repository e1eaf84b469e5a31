import type { Value } from "../schema/model.js";
import { isBytes, isLuaFunction, isMixedTable, isOpaque, isValueMap } from "../schema/model.js";

/**
 * A text that two values share exactly when they are equal: functions by their digest, opaque values by their path,
 * tables whatever the order of their keys.
 */
export function valueKey(value: Value | undefined): string {
  if (value === undefined) return "absent";
  if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
  // JSON has no words for these three, and -0 equals 0 in Lua.
  if (typeof value === "number") return String(value);
  if (isLuaFunction(value)) return `function:${value.digest}`;
  if (isOpaque(value)) return `opaque:${JSON.stringify(value.opaque)}`;
  if (isBytes(value)) return `bytes:${value.bytes}`;
  if (isMixedTable(value)) {
    const entries = value.luaTable.map(([key, item]) => `${valueKey(key)}=${valueKey(item)}`);
    return `table:{${entries.sort().join(",")}}`;
  }
  if (isList(value)) return `[${value.map(valueKey).join(",")}]`;
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${valueKey(item)}`);
  return `{${entries.sort().join(",")}}`;
}

export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, at) => sameValue(item, b[at]));
  if (isValueMap(a) && isValueMap(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
    );
  }
  return valueKey(a) === valueKey(b);
}

/** Whether a value is a list; `Array.isArray` alone does not narrow a readonly array. */
export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether anything in a value comes from a module that is not visible here. */
export function hasOpaque(value: Value | undefined): boolean {
  if (value === undefined || value === null || typeof value !== "object") return false;
  if (isOpaque(value)) return true;
  if (isLuaFunction(value) || isBytes(value)) return false;
  if (isMixedTable(value)) return value.luaTable.some(([key, item]) => hasOpaque(key) || hasOpaque(item));
  if (isList(value)) return value.some(hasOpaque);
  return Object.values(value).some(hasOpaque);
}

/** What stands inside a value at keys and list indices (from 0). */
export function valueAt(value: Value | undefined, path: readonly (string | number)[]): Value | undefined {
  let at = value;
  for (const step of path) {
    if (typeof step === "number") at = isList(at) ? at[step] : undefined;
    else at = isValueMap(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  }
  return at;
}

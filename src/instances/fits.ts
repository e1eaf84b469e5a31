import { valueKey } from "../changes/value-key.js";
import { fieldKey } from "../diff/same.js";
import type { Field, Value } from "../schema/model.js";

/** Attributes that say nothing about which values a field takes, once there is one. */
const silent: ReadonlySet<string> = new Set([
  "description",
  "deprecation",
  "encrypted",
  "auto",
  "unique",
  "immutable",
  "err",
  "indexed",
]);

/** Whether a field takes every value that another one takes, as far as their definitions alone show it. */
export function takesAllOf(field: Field, other: Field): boolean {
  if (field.type !== other.type && !(field.type === "number" && other.type === "integer")) return false;
  if (field.type !== "string" && field.type !== "number" && field.type !== "integer" && field.type !== "boolean") {
    return fieldKey(field) === fieldKey(other);
  }
  return Object.entries(field.attributes).every(([name, limit]) => {
    const before = other.attributes[name];
    return silent.has(name) || (before !== undefined && isLooserOrSame(name, limit, before));
  });
}

function isLooserOrSame(name: string, limit: Value, before: Value): boolean {
  if (valueKey(limit) === valueKey(before)) return true;
  if (name === "one_of") return isList(limit) && isList(before) && before.every((value) => limit.includes(value));
  return name === "gt" && typeof limit === "number" && typeof before === "number" && limit <= before;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

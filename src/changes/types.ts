import type { Field } from "../schema/model.js";

/** `integer`, `array of string`, `map of string to record`. */
export function typeOf(field: Field): string {
  switch (field.type) {
    case "array":
    case "set":
      return `${field.type} of ${typeOf(field.elements)}`;
    case "map":
      return `map of ${typeOf(field.keys)} to ${typeOf(field.values)}`;
    case "opaque":
      return `defined by ${field.opaque}, which is not visible here`;
    case "string":
    case "number":
    case "integer":
    case "boolean":
    case "json":
    case "function":
    case "any":
    case "foreign":
    case "record":
      return field.type;
  }
}

/** Whether a value of the old type can be one of the new as it is: the types are the same, or the new one is wider. */
export function fitsType(old: Field, now: Field): boolean {
  return typeOf(old) === typeOf(now) || isTypeWidened(old, now);
}

/** Whether every value of the old type is a value of the new one too: integer in number, anything in `any`. */
export function isTypeWidened(old: Field, now: Field): boolean {
  if (old.type === now.type || old.type === "opaque") return false;
  return (old.type === "integer" && now.type === "number") || now.type === "any";
}

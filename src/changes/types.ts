import type { Field } from "../schema/model.js";

/** Whether every value of the old type is a value of the new one too: integer in number, anything in `any`. */
export function isTypeWidened(old: Field, now: Field): boolean {
  if (old.type === now.type || old.type === "opaque") return false;
  return (old.type === "integer" && now.type === "number") || now.type === "any";
}

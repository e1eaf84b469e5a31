import type { Field, FieldPath } from "../schema/model.js";

/**
 * Whether Kong treats the field as required, as far as its own definition and place decide: elements, keys and values
 * always are (`validate_elements` and the map branch of `Schema:validate_field`, kong/db/schema/init.lua 3.9.1), and so
 * is a record without the attribute where only records are above it (`make_records_required`, kong/db/schema/entity.lua).
 */
export function isEffectivelyRequired(field: Field, path: FieldPath): boolean {
  if (field.required === true) return true;
  if (typeof path.at(-1) === "object") return true;
  return (
    field.type === "record" && field.required === undefined && path.every((segment) => typeof segment === "string")
  );
}

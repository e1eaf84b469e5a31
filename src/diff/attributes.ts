import type { Field, Value, ValueMap } from "../schema/model.js";

/** The part of a field that holds its attributes. */
interface Attributes {
  readonly required?: boolean | undefined;
  readonly default?: Value | undefined;
  readonly attributes: ValueMap;
}

/** All attributes of a field by name, `required` and `default` among them. */
export function attributesOf(field: Attributes): ReadonlyMap<string, Value> {
  const all = new Map<string, Value>(Object.entries(field.attributes));
  if (field.required !== undefined) all.set("required", field.required);
  if (field.default !== undefined) all.set("default", field.default);
  return all;
}

/** The field with one attribute given, replaced or, by `undefined`, taken away. */
export function withAttribute(field: Field, attribute: string, value: Value | undefined): Field {
  const { required, default: defaultValue, attributes, ...rest } = field;
  const all = new Map(attributesOf({ required, default: defaultValue, attributes }));
  if (value === undefined) all.delete(attribute);
  else all.set(attribute, value);
  const nowRequired = all.get("required");
  const nowDefault = all.get("default");
  // What is written as `required` and is no boolean (a value of a module that is not visible) stays with the others.
  if (typeof nowRequired === "boolean") all.delete("required");
  all.delete("default");
  return {
    ...rest,
    ...(typeof nowRequired === "boolean" ? { required: nowRequired } : {}),
    ...(nowDefault === undefined ? {} : { default: nowDefault }),
    attributes: Object.fromEntries(all),
  };
}

import type { Json, JsonObject } from "../changes/json.js";
import type { PluginSchema } from "../schema/model.js";
import type { InstanceEdit } from "./edit.js";
import { isJsonList, isJsonMap, type PluginInstance } from "./instance.js";
import { own } from "./values.js";

/** Fields that no schema looks at, and that Kong takes in this form whatever they say: they tell instances apart, not judgements. */
const harmless: Readonly<Record<string, (value: Json) => boolean>> = {
  instance_name: isPlainText,
  tags: (value) => isJsonList(value) && value.every(isPlainText),
  service: isReference,
  route: isReference,
  consumer: isReference,
  consumer_group: isReference,
};

function isPlainText(value: Json): boolean {
  return typeof value === "string" && /^[\w.~-]{1,100}$/.test(value);
}

function isReference(value: Json): boolean {
  return isJsonMap(value) && Object.keys(value).length === 1 && typeof value["id"] === "string" && isUuid(value["id"]);
}

function isUuid(text: string): boolean {
  return /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/.test(text);
}

/** The harmless fields that no function of the schemas is shown. */
export function harmlessFields(schemas: readonly PluginSchema[]): ReadonlySet<string> {
  const trees = schemas.flatMap((schema) => [schema, ...(schema.dataPlane === undefined ? [] : [schema.dataPlane])]);
  if (trees.some(({ entityChecks }) => entityChecks.length > 0)) return new Set();
  const judged = trees.flatMap(({ fields }) =>
    fields.flatMap(({ name, field }) => (field.attributes["custom_validator"] === undefined ? [] : [name])),
  );
  return new Set(Object.keys(harmless).filter((name) => !judged.includes(name)));
}

/** A text that two instances share if nodes cannot but answer the same to both. */
export function judgementKey(
  { name, form, config, fields, placeholders }: PluginInstance,
  unseen: ReadonlySet<string>,
): string {
  const told = Object.entries(fields).map(([key, value]) => [
    key,
    unseen.has(key) && isHarmless(key, value) ? "…" : [value],
  ]);
  return JSON.stringify([name, form, config, told, placeholders]);
}

/** The same edit for another instance with the same key: what tells the two apart stays its own. */
export function editFor(instance: PluginInstance, edit: InstanceEdit): InstanceEdit {
  const fields: JsonObject = Object.fromEntries(
    Object.entries(edit.fields).map(([key, value]) => {
      const given = own(instance.fields, key);
      return [key, given !== undefined && isHarmless(key, value) ? given : value];
    }),
  );
  return { ...edit, instance, fields };
}

function isHarmless(key: string, value: Json): boolean {
  return Object.hasOwn(harmless, key) && harmless[key]?.(value) === true;
}

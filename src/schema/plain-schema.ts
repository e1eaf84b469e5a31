import { LuaFunctionValue, LuaOpaque, LuaTable } from "../lua/value.js";
import type { LuaValue } from "../lua/value.js";
import { length } from "./engine/lua.js";
import type { MetaCheck, MetaEntry, MetaField } from "./metaschema.js";
import { mayStandOn, requiredAttributes } from "./metaschema-fields.js";

/**
 * Finds out without the engine that Kong loads a schema, as far as its defaults are right: making the metaschema's definitions and filling
 * them in would take a third of the first read in a process. Nearly every schema holds nothing but known attributes with values of the right
 * kind; of all others, refused ones included, nothing is said.
 *
 * Gives the fields that have a default, in the order in which Kong judges these; undefined where the engine has to judge the schema.
 */
export function findDefaults(root: LuaTable, metaschema: MetaField): readonly LuaTable[] | undefined {
  const defaults: LuaTable[] = [];
  return root.get("fields") !== undefined && isRecord(metaschema, root, defaults) ? defaults : undefined;
}

/** Whether a value is surely taken for an attribute of this kind. `field` is the table that it stands in. */
function isTaken(is: MetaField, value: LuaValue, field: LuaTable, defaults: LuaTable[]): boolean {
  switch (is.type) {
    case "string":
      return typeof value === "string" && value !== "" && isInBounds(is, value) && (is.one_of?.includes(value) ?? true);
    case "boolean":
    case "number":
      return typeof value === is.type;
    case "integer":
      return Number.isInteger(value);
    case "function":
      return value instanceof LuaFunctionValue;
    case "any":
      return is.custom_validator === undefined && !(value instanceof LuaOpaque);
    case "self":
      defaults.push(field);
      return isJudgedAlone(field, value);
    case "array":
      return value instanceof LuaTable && isList(is, value, defaults);
    case "map":
      return value instanceof LuaTable && isMap(is, value, defaults);
    case "record":
      return value instanceof LuaTable && isRecord(is, value, defaults);
  }
}

function isList(is: MetaField, list: LuaTable, defaults: LuaTable[]): boolean {
  const { elements } = is;
  return (
    elements !== undefined &&
    list.entries.every(({ key, value }, at) => key === at + 1 && isItem(elements, value, list, defaults)) &&
    isInBounds(is, list.entries)
  );
}

function isMap(is: MetaField, map: LuaTable, defaults: LuaTable[]): boolean {
  const { keys, values } = is;
  return (
    keys?.type === "string" &&
    values !== undefined &&
    map.entries.every(({ key, value }) => isItem(keys, key, map, defaults) && isItem(values, value, map, defaults)) &&
    isInBounds(is, map.entries)
  );
}

/** What is in a list or map is required there. */
function isItem(is: MetaField, item: LuaValue, collection: LuaTable, defaults: LuaTable[]): boolean {
  return item !== null && isTaken(is, item, collection, defaults);
}

function isRecord({ fields = [], entity_checks = [] }: MetaField, record: LuaTable, defaults: LuaTable[]): boolean {
  const { byName, required } = namesIn(fields);
  for (const { key, value } of record.entries) {
    const is = typeof key === "string" ? byName.get(key) : undefined;
    if (is === undefined || !isTaken(is, value, record, defaults)) return false;
  }
  return (
    required.every((name) => record.get(name) !== undefined) &&
    entity_checks.every((check) => isPassed(check, record)) &&
    hasFittingAttributes(record)
  );
}

interface Names {
  readonly byName: ReadonlyMap<string, MetaField>;
  readonly required: readonly string[];
}

const names = new WeakMap<readonly MetaEntry[], Names>();

function namesIn(fields: readonly MetaEntry[]): Names {
  const known = names.get(fields);
  if (known !== undefined) return known;
  const byName = new Map(fields.flatMap((entry) => Object.entries(entry)));
  const required = Array.from(byName).flatMap(([name, is]) => (is.required === true ? [name] : []));
  const made = { byName, required };
  names.set(fields, made);
  return made;
}

function isInBounds({ len_eq, len_min = 0, len_max }: MetaField, value: string | readonly unknown[]): boolean {
  if (len_eq === undefined && len_min === 0 && len_max === undefined) return true;
  const size = typeof value === "string" ? length(value) : value.length;
  return (len_eq ?? size) === size && size >= len_min && size <= (len_max ?? size);
}

/** Whether a check of a record is passed. Of those in the metaschema two are often asked. */
function isPassed({ only_one_of, conditional }: MetaCheck, record: LuaTable): boolean {
  if (only_one_of !== undefined) {
    const [only] = record.entries;
    return record.entries.length === 1 && only?.value instanceof LuaTable && only.value.entries.length > 0;
  }
  return conditional !== undefined && record.get(conditional.if_field) === undefined;
}

/** The rules of `checkFields`; a table without a type is no field. */
function hasFittingAttributes(record: LuaTable): boolean {
  const type = record.get("type");
  if (typeof type !== "string") return true;
  // What a JSON schema hangs on stands elsewhere.
  if (type === "json") return false;
  return (
    requiredAttributes(type).every((name) => record.get(name) !== undefined) &&
    record.entries.every(({ key }) => mayStandOn(key, type))
  );
}

const scalars: ReadonlySet<unknown> = new Set(["boolean", "integer", "number", "string"]);

/**
 * Whether the engine judges a default by the field's own attributes alone. It sees the definitions and checks beneath a field as filling in
 * has left them.
 */
function isJudgedAlone(field: LuaTable, value: LuaValue): boolean {
  switch (field.get("type")) {
    case "boolean":
    case "integer":
    case "number":
    case "string":
      return true;
    case "array":
    case "set":
      return isEmpty(value) || isScalar(field.get("elements"));
    case "map":
      return isEmpty(value) || (isScalar(field.get("keys")) && isScalar(field.get("values")));
    default:
      return false;
  }
}

function isEmpty(value: LuaValue): boolean {
  return value instanceof LuaTable && value.entries.length === 0;
}

function isScalar(definition: LuaValue | undefined): boolean {
  return definition instanceof LuaTable && scalars.has(definition.get("type"));
}

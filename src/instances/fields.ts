import {
  findField,
  type Field,
  isLuaFunction,
  isMixedTable,
  isOpaque,
  type RecordBody,
  type Value,
} from "../schema/model.js";
import type { ValuePath } from "./instance.js";
import { showValuePath } from "./values.js";

/** The field that a value belongs to; undefined where the schema has none. */
export function fieldOfValue(body: RecordBody, path: ValuePath): Field | undefined {
  return walk(body, path).field;
}

/** Whether there is a parameter under a name that an answer may have: `config.bursts[].size`, `config.bursts[2].size`. */
export function hasParameter(body: RecordBody, shown: string): boolean {
  const keys = [...shown.matchAll(/[^.[\]{}]+|\[\d*\]|\["(.*?)"\]|\{\}/g)].map(([part, quoted]) => quoted ?? part);
  if (keys.length === 0) return false;
  return keys.some((_, index) => {
    const { field } = walk(body, keys.slice(0, index + 1));
    return field !== undefined && (index === keys.length - 1 || ["json", "any", "opaque"].includes(field.type));
  });
}

/** The names that an answer for a value may have: for all list entries and map values alike, or for this one. */
export function answerNames(body: RecordBody, path: ValuePath): readonly [string, string] {
  return [walk(body, path).shown, showValuePath(path)];
}

interface Walked {
  readonly field: Field | undefined;
  /** `config.bursts[].size`, `config.overrides{}`: the shown form of the schema's path. */
  readonly shown: string;
}

function walk(body: RecordBody, path: ValuePath): Walked {
  let inside: RecordBody | Field | undefined = body;
  let shown = "";
  for (const key of path) {
    if (inside !== undefined && "elements" in inside) {
      shown += "[]";
      inside = inside.elements;
    } else if (inside !== undefined && "values" in inside) {
      shown += "{}";
      inside = inside.values;
    } else {
      shown += shown === "" ? String(key) : `.${key}`;
      inside = inside !== undefined && "fields" in inside ? findField(inside.fields, String(key))?.field : undefined;
    }
  }
  return { field: inside !== undefined && "type" in inside ? inside : undefined, shown };
}

/** What a field wants, for someone who has to choose a value: `integer, greater than 0`. */
export function describeField(field: Field | undefined): string {
  if (field === undefined) return "nothing";
  const { attributes } = field;
  const limits = [
    ...tell(attributes["one_of"], (value) => `one of ${listed(value)}`),
    ...tell(attributes["gt"], (value) => `greater than ${shown(value)}`),
    ...tell(attributes["between"], (value) => `between ${listed(value, " and ")}`),
    ...tell(attributes["eq"], (value) => `only ${shown(value)}`),
    ...tell(attributes["len_min"], (value) => `at least ${shown(value)} long`),
    ...tell(attributes["len_max"], (value) => `at most ${shown(value)} long`),
    ...tell(attributes["match"], (value) => `matching ${shown(value)}`),
    ...tell(attributes["starts_with"], (value) => `starting with ${shown(value)}`),
    ...tell(attributes["custom_validator"], () => "as a function of the schema allows"),
  ];
  return [typeName(field), ...limits].join(", ");
}

function typeName(field: Field): string {
  switch (field.type) {
    case "array":
    case "set":
      return `${field.type} of ${typeName(field.elements)}`;
    case "map":
      return `map of ${typeName(field.keys)} to ${typeName(field.values)}`;
    case "record":
      return `record of ${field.fields.map(({ name }) => name).join(", ")}`;
    case "opaque":
      return "something that is not visible here";
    case "string":
    case "number":
    case "integer":
    case "boolean":
    case "json":
    case "function":
    case "any":
    case "foreign":
      return field.type;
  }
}

function tell(value: Value | undefined, words: (value: Value) => string): readonly string[] {
  return value === undefined ? [] : [words(value)];
}

function listed(value: Value, separator = ", "): string {
  return isList(value) ? value.map(shown).join(separator) : shown(value);
}

function shown(value: Value): string {
  const isHidden = isOpaque(value) || isLuaFunction(value) || isMixedTable(value);
  return isHidden ? "what is not visible here" : typeof value === "string" ? value : JSON.stringify(value);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

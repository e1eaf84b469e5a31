import { isList } from "./value-key.js";
import {
  isBytes,
  isLuaFunction,
  isMixedTable,
  isOpaque,
  type Field,
  type NamedField,
  type RecordBody,
  type Value,
} from "../schema/model.js";

/** Plain JSON data. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** A value of a schema as JSON; what JSON has no form for is written as the report's description says. */
export function valueJson(value: Value): Json {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (isLuaFunction(value)) return { luaFunction: value.digest };
  if (isOpaque(value)) return { opaque: value.opaque };
  if (isBytes(value)) return { bytes: value.bytes };
  if (isMixedTable(value)) return { luaTable: value.luaTable.map(([key, item]) => [valueJson(key), valueJson(item)]) };
  if (isList(value)) return value.map(valueJson);
  return mapJson(value);
}

/** A field as Kong's schemas write it. */
export function fieldJson(field: Field): Json {
  return {
    ...(field.type === "opaque" ? { opaque: field.opaque } : { type: field.type }),
    ...(field.required === undefined ? {} : { required: field.required }),
    ...(field.default === undefined ? {} : { default: valueJson(field.default) }),
    ...mapJson(field.attributes),
    ...insideJson(field),
  };
}

function mapJson(map: { readonly [key: string]: Value }): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, valueJson(value)]));
}

function insideJson(field: Field): JsonObject {
  switch (field.type) {
    case "array":
    case "set":
      return { elements: fieldJson(field.elements) };
    case "map":
      return { keys: fieldJson(field.keys), values: fieldJson(field.values) };
    case "record":
      return bodyJson(field);
    case "string":
    case "number":
    case "integer":
    case "boolean":
    case "json":
    case "function":
    case "any":
    case "foreign":
    case "opaque":
      return {};
  }
}

function bodyJson({ fields, shorthandFields, entityChecks }: RecordBody): JsonObject {
  return {
    fields: fields.map(namedJson),
    ...(shorthandFields.length === 0 ? {} : { shorthand_fields: shorthandFields.map(namedJson) }),
    ...(entityChecks.length === 0 ? {} : { entity_checks: entityChecks.map(({ check }) => valueJson(check)) }),
  };
}

function namedJson({ name, field }: NamedField): Json {
  // A computed key, unlike an assigned one, is an own key whatever it is called.
  return { [name]: fieldJson(field) };
}

import { formatGeneral, formatNumber, parseNumber } from "../../lua/numbers.js";
import { Table } from "./data.js";
import type { Data } from "./data.js";
import {
  LuaRaise,
  Undecidable,
  concat,
  display,
  index,
  isDeepEqual,
  isLess,
  isTruthy,
  items,
  luaType,
  pairs,
} from "./lua.js";
import { findsRegex } from "./pcre.js";
import type { Work } from "./work.js";

/**
 * Why a value does not fit a JSON schema (draft 4), undefined where it does: in the words of lua-resty-ljsonschema 1.2.0, which Kong 3.9.1 uses
 * without marks of arrays, so that an empty table is an object and an array.
 */
export function jsonSchemaError(schema: Data, value: Data, work: Work): string | undefined {
  return new JsonSchema(schema, work).error(schema, value);
}

/** What a schema says of a value, one keyword or a few that are judged together; the first error counts. */
type Keyword = (input: {
  readonly value: Data;
  readonly get: (keyword: string) => Data | undefined;
  readonly judge: (schema: Data, value: Data) => string | undefined;
  readonly work: Work;
}) => string | undefined;

class JsonSchema {
  readonly #root: Data;
  readonly #work: Work;

  constructor(root: Data, work: Work) {
    this.#root = root;
    this.#work = work;
  }

  error(reference: Data, value: Data): string | undefined {
    this.#work.spend(stepsPerSchema + sizeOf(value));
    const schema = this.#resolve(reference);
    const get = (keyword: string) => index(schema, keyword);
    const judge = (inner: Data, item: Data) => this.error(inner, item);
    for (const keyword of keywords) {
      const error = keyword({ value, get, judge, work: this.#work });
      if (error !== undefined) return error;
    }
    return undefined;
  }

  #resolve(schema: Data): Data {
    let resolved = schema;
    for (let hops = 0; hops < 100; hops++) {
      const reference = index(resolved, "$ref");
      if (!isTruthy(reference)) return resolved;
      const text = display(reference);
      if (!text.startsWith("#")) throw new Undecidable([`the JSON schema '${text}'`]);
      resolved = this.#at(text.slice(1));
    }
    throw new Undecidable(["a JSON schema whose references go in a circle"]);
  }

  #at(pointer: string): Data {
    let found: Data | undefined = this.#root;
    for (const part of pointer.split("/").filter((segment) => segment !== "")) {
      const number = parseNumber(part);
      const name = part
        .replace(/%([\dA-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
        .replaceAll("~1", "/")
        .replaceAll("~0", "~");
      found = index(found, number === undefined ? name : number + 1);
      if (found === undefined) throw new LuaRaise(`reference not found: #${pointer}`);
    }
    return found;
  }
}

/** What judging by a schema takes that says nothing. */
const stepsPerSchema = 50;

/** Entries of a table, characters of a text. */
function sizeOf(value: Data): number {
  if (value instanceof Table) return value.list.length + value.rest.size;
  return typeof value === "string" ? value.length : 1;
}

const objectKeywords = [
  "properties",
  "additionalProperties",
  "patternProperties",
  "minProperties",
  "maxProperties",
  "dependencies",
  "required",
] as const;

const keywords: readonly Keyword[] = [
  ({ value, get }) => {
    const type = get("type");
    if (type === undefined) return undefined;
    const types = type instanceof Table ? type : undefined;
    if ((types?.list ?? [type]).some((name) => isOfType(value, display(name)))) return undefined;
    const wanted = types === undefined ? display(type) : `one of ${concat(types, ", ")}`;
    return `wrong type: expected ${wanted}, got ${typeName(value)}`;
  },

  ({ value, get, judge, work }) => {
    // `additionalProperties = false` alone forbids nothing: the library looks at objects only where one of these is truthy.
    if (!isObject(value) || !objectKeywords.some((keyword) => isTruthy(get(keyword)))) return undefined;
    const properties = entriesOf(get("properties"));
    const required = isTruthy(get("required")) ? items(get("required")) : [];
    for (const [name, schema] of properties) {
      const item = value.get(name);
      if (item === undefined) {
        work.spend(required.length);
        if (required.includes(name)) return `property ${display(name)} is required`;
        continue;
      }
      const error = judge(schema, item);
      if (error !== undefined) return `property ${display(name)} validation failed: ${error}`;
    }
    const missing = required.find((name) => value.get(name) === undefined);
    if (missing !== undefined) return `property ${display(missing)} is required`;
    for (const [name, dependency] of entriesOf(get("dependencies"))) {
      if (value.get(name) === undefined) continue;
      const error = dependencyError(name, dependency, value, judge);
      if (error !== undefined) return error;
    }
    return extraPropertyError(value, get, judge, work);
  },

  ({ value, get }) => {
    if (!isObject(value)) return undefined;
    const count = value.entries().length;
    const [least, most] = [get("minProperties"), get("maxProperties")];
    if (isTruthy(least) && isLess(count, least)) return `expect object to have at least ${display(least)} properties`;
    if (isTruthy(most) && isLess(most, count)) return `expect object to have at most ${display(most)} properties`;
    return undefined;
  },

  ({ value, get, judge, work }) => {
    if (!isArray(value)) return undefined;
    const [least, most] = [get("minItems"), get("maxItems")];
    const count = value.list.length;
    if (isTruthy(least) && isLess(count, least)) return `expect array to have at least ${display(least)} items`;
    if (isTruthy(most) && isLess(most, count)) return `expect array to have at most ${display(most)} items`;
    return (
      itemError(value.list, get, judge) ?? (isTruthy(get("uniqueItems")) ? duplicateError(value.list, work) : undefined)
    );
  },

  ({ value, get, work }) => {
    if (luaType(value) !== "string") return undefined;
    const text = display(value);
    const count = Array.from(text).length;
    const [least, most, pattern] = [get("minLength"), get("maxLength"), get("pattern")];
    if (isTruthy(least) && isLess(count, least))
      return `string too short, expected at least ${display(least)}, got ${count}`;
    if (isTruthy(most) && isLess(most, count))
      return `string too long, expected at most ${display(most)}, got ${count}`;
    if (isTruthy(pattern) && !findsRegex(value, pattern, work)) {
      return `failed to match pattern ${display(pattern)} with ${quoted(text)}`;
    }
    return isTruthy(get("format")) ? formatError(text, display(get("format"))) : undefined;
  },

  ({ value, get }) => {
    if (typeof value !== "number") return undefined;
    const [least, most, factor] = [get("minimum"), get("maximum"), get("multipleOf")];
    if (isTruthy(least)) {
      const isStrict = isTruthy(get("exclusiveMinimum"));
      if (isStrict ? !isLess(least, value) : isLess(value, least)) {
        return `expected ${exact(value)} to be ${isStrict ? "sctrictly greater" : "greater"} than ${exact(least)}`;
      }
    }
    if (isTruthy(most)) {
      const isStrict = isTruthy(get("exclusiveMaximum"));
      if (isStrict ? !isLess(value, most) : isLess(most, value)) {
        return `expected ${exact(value)} to be ${isStrict ? "sctrictly smaller" : "smaller"} than ${exact(most)}`;
      }
    }
    if (typeof factor !== "number") return undefined;
    const isMultiple = Number.isInteger(factor) ? value % factor === 0 : Number.isInteger(value / factor);
    return isMultiple ? undefined : `expected ${formatNumber(value)} to be a multiple of ${formatNumber(factor)}`;
  },

  ({ value, get, work }) => {
    const options = get("enum");
    if (!isTruthy(options)) return undefined;
    work.spend(items(options).length * comparing(value));
    if (items(options).some((option) => isDeepEqual(value, option))) return undefined;
    return "matches none of the enum values";
  },

  ({ value, get, judge }) => {
    for (const [at, schema] of listOfSchemas(get("allOf")).entries()) {
      const error = judge(schema, value);
      if (error !== undefined) return `allOf ${at + 1} failed: ${error}`;
    }
    return undefined;
  },

  ({ value, get, judge }) => {
    if (!isTruthy(get("anyOf"))) return undefined;
    const errors = listOfSchemas(get("anyOf")).map((schema) => judge(schema, value));
    if (errors.includes(undefined)) return undefined;
    const all = errors.map((error, at) => `${at + 1}) ${error ?? ""}`).join("; ");
    return `object needs one of the following rectifications: ${all}`;
  },

  ({ value, get, judge }) => {
    if (!isTruthy(get("oneOf"))) return undefined;
    const matching = listOfSchemas(get("oneOf")).flatMap((schema, at) =>
      judge(schema, value) === undefined ? [at + 1] : [],
    );
    const [first, second] = matching;
    if (first === undefined) return "value should match only one schema, but matches none";
    if (second === undefined) return undefined;
    return `value should match only one schema, but matches both schemas ${first} and ${second}`;
  },

  ({ value, get, judge }) => {
    const schema = get("not");
    if (!isTruthy(schema) || judge(schema, value) !== undefined) return undefined;
    return "value wasn't supposed to match schema";
  },
];

function listOfSchemas(list: Data | undefined): readonly Data[] {
  return isTruthy(list) ? items(list) : [];
}

function entriesOf(table: Data | undefined): readonly (readonly [Data, Data])[] {
  return isTruthy(table) ? pairs(table) : [];
}

function isObject(value: Data): value is Table {
  return value instanceof Table && (value.isEmpty || value.list.length === 0 || value.rest.size > 0);
}

function isArray(value: Data): value is Table {
  return value instanceof Table && value.rest.size === 0;
}

function isOfType(value: Data, type: string): boolean {
  switch (type) {
    case "object":
      return isObject(value);
    case "array":
      return isArray(value);
    case "table":
      return value instanceof Table;
    case "integer":
      return Number.isInteger(value);
    case "null":
      return value === null;
    case "string":
    case "boolean":
    case "number":
    case "function":
      return luaType(value) === type;
    default:
      throw new LuaRaise(`invalid JSON type: ${type}`);
  }
}

function typeName(value: Data): string {
  if (value instanceof Table) return value.list.length > 0 && value.rest.size === 0 ? "array" : "object";
  if (typeof value === "number") return Math.floor(value) === value ? "integer" : "number";
  return value === null ? "null" : luaType(value);
}

function dependencyError(
  name: Data,
  dependency: Data,
  value: Table,
  judge: (schema: Data, value: Data) => string | undefined,
): string | undefined {
  const needed = items(dependency);
  if (needed.length > 0) {
    const missing = needed.find((other) => value.get(other) === undefined);
    return missing === undefined ? undefined : `property ${display(missing)} is required when ${display(name)} is set`;
  }
  const error = judge(dependency, value);
  return error === undefined ? undefined : `failed to validate dependent schema for ${display(name)}: ${error}`;
}

/** `patternProperties` and `additionalProperties` */
function extraPropertyError(
  value: Table,
  get: (keyword: string) => Data | undefined,
  judge: (schema: Data, value: Data) => string | undefined,
  work: Work,
): string | undefined {
  const patterns = entriesOf(get("patternProperties"));
  const additional = get("additionalProperties");
  const properties = get("properties");
  for (const [name, item] of value.entries()) {
    let isMatched = isTruthy(properties) && index(properties, name) !== undefined;
    for (const [pattern, schema] of patterns) {
      if (!findsRegex(display(name), pattern, work)) continue;
      const error = judge(schema, item);
      if (error !== undefined) return `failed to validate ${display(name)} (matching ${display(pattern)}): ${error}`;
      isMatched = true;
    }
    if (isMatched || additional === undefined || additional === true) continue;
    if (!(additional instanceof Table)) return `additional properties forbidden, found ${display(name)}`;
    const error = judge(additional, item);
    if (error !== undefined) return `failed to validate additional property ${display(name)}: ${error}`;
  }
  return undefined;
}

function itemError(
  list: readonly Data[],
  get: (keyword: string) => Data | undefined,
  judge: (schema: Data, value: Data) => string | undefined,
): string | undefined {
  const schemas = get("items");
  if (!isTruthy(schemas)) return undefined;
  const tuple = items(schemas);
  const additional = get("additionalItems");
  for (const [at, item] of list.entries()) {
    const own = tuple.length === 0 ? schemas : tuple[at];
    if (own === undefined && additional === false) return "found unexpected extra items in array";
    const schema = own ?? (additional instanceof Table ? additional : undefined);
    if (schema === undefined) return undefined;
    const error = judge(schema, item);
    if (error === undefined) continue;
    return `failed to validate ${own === undefined ? "additional item" : "item"} ${at + 1}: ${error}`;
  }
  return undefined;
}

function duplicateError(list: readonly Data[], work: Work): string | undefined {
  for (const [at, item] of list.entries()) {
    work.spend(at * comparing(item));
    const earlier = list.slice(0, at).findIndex((other) => isDeepEqual(item, other));
    if (earlier >= 0) return `expected unique items but items ${at + 1} and ${earlier + 1} are equal`;
  }
  return undefined;
}

/** What comparing a value with another takes: tables are walked, those in them too. */
function comparing(value: Data): number {
  if (!(value instanceof Table)) return 1;
  return value.entries().reduce((sum, [, item]) => sum + comparing(item), 20);
}

/** A number with as many digits as it takes to read it back. */
function exact(value: Data | undefined): string {
  if (typeof value !== "number") return display(value);
  for (let precision = 6; precision < 17; precision++) {
    const text = formatGeneral(value, precision, false);
    if (Number(text) === value) return text;
  }
  return formatGeneral(value, 17, false);
}

function quoted(text: string): string {
  return `"${text.replace(/["\\\n]/g, "\\$&")}"`;
}

function formatError(text: string, format: string): string | undefined {
  switch (format) {
    case "date":
      return dateError(text, format, text);
    case "time":
      return isTime(text) ? undefined : `expected valid "time", got ${quoted(text)}`;
    case "date-time": {
      const [, date, time] = /^([^]+)[tT]([^]+)$/.exec(text) ?? [];
      if (date === undefined || time === undefined) return `expected valid "date-time", got ${quoted(text)}`;
      return (
        dateError(date, format, text) ?? (isTime(time) ? undefined : `expected valid "date-time", got ${quoted(text)}`)
      );
    }
    default:
      return undefined;
  }
}

function dateError(date: string, format: string, text: string): string | undefined {
  const [, ...parts] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? [];
  const [year = -1, month = -1, day = -1] = parts.map(Number);
  const isLeap = year % 400 === 0 || (year % 100 !== 0 && year % 4 === 0);
  const isRange = day >= 0 && day <= 31 && month >= 0 && month <= 12 && year >= 0;
  if (isRange && month === 2 && isLeap && day > 29) return `expected valid leap year date, got ${quoted(text)}`;
  const last = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return isRange && day <= last ? undefined : `expected valid "${format}", got ${quoted(text)}`;
}

function isTime(time: string): boolean {
  const [, hour, , seconds, sign, rest = ""] = /^(\d\d):([0-5]\d):([\d.]+)([Zz+-])([^]*)$/.exec(time) ?? [];
  if (hour === undefined || seconds === undefined || Number(hour) > 23) return false;
  const second = parseNumber(seconds) ?? -1;
  if (second < 0 || second > 60) return false;
  if (sign === "+" || sign === "-") {
    const [, offset] = /^(\d\d):([0-5]\d)$/.exec(rest) ?? [];
    return offset !== undefined && Number(offset) <= 23;
  }
  return /[Zz]$/.test(time);
}

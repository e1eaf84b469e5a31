import type { Json } from "../changes/json.js";
import { constraints } from "../changes/constraints.js";
import { isList, valueKey } from "../changes/value-key.js";
import { isMixedTable, isOpaque, isValueMap, type Field, type Value } from "../schema/model.js";
import { textsFor } from "./lua-pattern.js";

/** Longer texts and lists are not made, even where a limit asks for them. */
const longest = 4096;

/**
 * Values at which a scalar field's answer can turn: its default, what it names, both sides of each limit, and some of
 * every common form. Whether it accepts one is for the engine to say.
 */
export function samplesOf(field: Field): readonly Json[] {
  const named = namedValues(field);
  return distinct([...named, ...ofType(field), ...bannedValues(field)]);
}

export function distinct<T extends Json | undefined>(values: readonly T[]): readonly T[] {
  const byText = new Map(values.map((value) => [JSON.stringify(value), value]));
  return [...byText.values()];
}

/** A value of a schema that a user could give too. */
export function jsonOf(value: Value): Json | undefined {
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) return value.flatMap((item) => jsonOf(item) ?? []);
  if (!isValueMap(value) || isOpaque(value) || isMixedTable(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const json = jsonOf(item);
      return json === undefined ? [] : [[key, json]];
    }),
  );
}

/** What the schema itself says: a default, one value, some choices. */
function namedValues({ default: preset, attributes }: Field): readonly Json[] {
  return [attributes["eq"], ...listIn(attributes["one_of"]), preset].flatMap(plain);
}

function bannedValues({ attributes }: Field): readonly Json[] {
  return [attributes["ne"], ...listIn(attributes["not_one_of"])].flatMap(plain);
}

function plain(value: Value | undefined): readonly Json[] {
  const json = value === undefined ? undefined : jsonOf(value);
  return json === undefined ? [] : [json];
}

function ofType(field: Field): readonly Json[] {
  switch (field.type) {
    case "boolean":
      return [true, false];
    case "integer":
      return numbers(field).map(Math.round);
    case "number":
      return [...numbers(field), 1.5];
    case "string":
      return texts(field);
    case "json":
      return ['{"a":1}', "x"];
    case "any":
      return ["x", 1];
    case "foreign":
      return [{ id: someUuid }];
    case "function":
    case "opaque":
    case "array":
    case "set":
    case "map":
    case "record":
      return [];
  }
}

/** Whether more than the type decides which values pass. */
export function isConstrained({ attributes }: Field): boolean {
  return Object.keys(attributes).some((name) => Object.hasOwn(constraints, name) || name === "custom_validator");
}

function numbers(field: Field): readonly number[] {
  const { attributes } = field;
  if (!isConstrained(field)) return [1, 0, 2];
  const gt = attributes["gt"];
  const [low, high] = listIn(attributes["between"]);
  return [
    ...(typeof gt === "number" ? [gt + 1, gt] : []),
    ...(typeof low === "number" ? [low, low - 1] : []),
    ...(typeof high === "number" ? [high, high + 1] : []),
    ...[1, 0, -1, 1000],
  ];
}

export const someUuid = "00000000-0000-4000-8000-000000000001";

/** What serverless plugins ask for. */
const someCode = "return function() end";

/** One of each form that validators commonly ask for. */
const commonTexts: readonly string[] = [
  "x",
  "1",
  "X-Test",
  "/x",
  "x.test",
  "http://x.test/",
  "10.0.0.1",
  someUuid,
  "a b/%?$(",
];

function texts(field: Field): readonly string[] {
  const { attributes } = field;
  const reference = attributes["referenceable"] === true ? ["{vault://env/x}"] : [];
  // Two plain ones: a rule elsewhere may speak of one of them.
  if (!isConstrained(field)) return ["x", "", "xy", ...reference];
  const patterns = [
    attributes["match"],
    ...patternsIn(attributes["match_all"]),
    ...anyPatterns(attributes["match_any"]),
  ];
  const made = patterns.flatMap((pattern) => (typeof pattern === "string" ? textsFor(pattern) : []));
  const banned = [attributes["not_match"], ...patternsIn(attributes["match_none"])].flatMap((pattern) =>
    typeof pattern === "string" ? textsFor(pattern).slice(0, 1) : [],
  );
  const start = attributes["starts_with"];
  const lengths = lengthsOf(field);
  const fitting = [...made, ...(typeof start === "string" ? [`${start}x`, start] : [])];
  return [
    ...(attributes["is_regex"] === undefined ? [] : ["^x$"]),
    ...fitting,
    ...lengths.map((length) => (typeof start === "string" ? start.padEnd(length, "x") : "x".repeat(length))),
    ...lengths.flatMap((length) => fitting.slice(0, 2).map((text) => text.repeat(length).slice(0, length))),
    ...commonTexts,
    ...banned,
    ...(attributes["custom_validator"] === undefined ? [] : [someCode]),
    ...(attributes["timestamp"] === undefined ? [] : ["2030-01-01T00:00:00Z"]),
    ...reference,
  ];
}

/** Both sides of each limit on a length. */
export function lengthsOf({ type, attributes }: Field): readonly number[] {
  const { len_min: least, len_max: most, len_eq: only } = attributes;
  const lengths = [
    ...(typeof only === "number" ? [only, only + 1] : []),
    ...(typeof least === "number" ? [least, least - 1] : type === "string" ? [0] : []),
    ...(typeof most === "number" ? [most, most + 1] : []),
  ];
  return lengths.filter((length) => Number.isInteger(length) && length >= 0 && length <= longest);
}

function patternsIn(value: Value | undefined): readonly Value[] {
  return listIn(value).flatMap((item) => (isValueMap(item) ? (item["pattern"] ?? []) : []));
}

function anyPatterns(value: Value | undefined): readonly Value[] {
  return isValueMap(value) ? listIn(value["patterns"]) : [];
}

function listIn(value: Value | undefined): readonly Value[] {
  return isList(value) ? value : [];
}

/** Whether a value is one that a definition names, whatever its form. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || valueKey(a) === valueKey(b);
}

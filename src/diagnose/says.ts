import { isEffectivelyRequired } from "../changes/effective.js";
import {
  findField,
  isLuaFunction,
  isOpaque,
  isValueMap,
  type EntityCheck,
  type Field,
  type RecordBody,
  type SchemaTree,
  type Value,
} from "../schema/model.js";
import { isList } from "../changes/value-key.js";
import { problemOf } from "./problems.js";

type Path = readonly (string | number)[];

/**
 * Whether a node with this schema can say such a thing of a place: `undefined` where the schema does not tell, for the value that it
 * was said of is not known, and functions say what they like.
 */
export function canSay(tree: SchemaTree, path: Path, message: string): boolean | undefined {
  const bodies = bodiesAt(tree, path);
  const above = path.length === 0 ? [] : bodiesAt(tree, path.slice(0, -1));
  const fields = fieldsAt(tree, path);
  const name = path.at(-1);
  switch (problemOf(message)) {
    case "unknown-field":
      // What may stand beside `config` is not the schema's to say.
      if (path.length < 2) return undefined;
      return typeof name === "string" && above.some((body) => !hasField(body, name));
    case "required-field-missing":
      return (
        fields.some((field) => field.type === "map" || isEffectivelyRequired(field, namesOf(path))) ||
        above.some(({ entityChecks }) => entityChecks.some(({ check }) => demands(check, name)))
      );
    case "wrong-type":
      // Keys come from JSON: they are strings, and only other types refuse them.
      return fields.some(
        ({ type }, index) => message.endsWith(` ${type}`) && !(type === "string" && isKey(fields, index)),
      );
    case "value-refused": {
      const refusing = fields.filter((field) => explainsRefusal(field, message));
      // A reference into a vault passes where it is allowed, and whether the value is one is not known.
      return (
        refusing.length > 0 && (refusing.every(({ attributes }) => attributes["referenceable"] !== true) || undefined)
      );
    }
    case "scope-refused":
      return fields.some(({ attributes }) => attributes["eq"] === null);
    case "plugin-not-enabled":
      return !message.includes(`'${tree.name}'`);
    case "entity-check":
      return bodies.some(({ entityChecks }) => entityChecks.some((check) => explainsCheck(check, message)));
    case "deprecated-mismatch":
      return undefined;
    default:
      return canSayItsOwn(fields, bodies, message);
  }
}

/** A text that is not Kong's: an `err`, or what a function gives. */
function canSayItsOwn(fields: readonly Field[], bodies: readonly RecordBody[], message: string): boolean | undefined {
  if (fields.some(({ attributes }) => attributes["err"] === message)) return true;
  const hasFunction =
    fields.some(({ attributes }) => isFunction(attributes["custom_validator"])) ||
    bodies.some(({ entityChecks }) =>
      entityChecks.some(({ check }) => isValueMap(check) && "custom_entity_check" in check),
    );
  return hasFunction ? undefined : false;
}

function isFunction(value: Value | undefined): boolean {
  return isLuaFunction(value) || isOpaque(value);
}

/** The fields that an error at a place can speak of: that of a map does not say whether a key or a value is meant. */
function fieldsAt(tree: SchemaTree, path: Path): readonly Field[] {
  let fields = topLevel(tree, path[0]);
  for (const segment of path.slice(1)) fields = fields.flatMap((field) => inside(field, segment));
  return fields.flatMap((field) => (field.type === "map" ? [field, field.keys, field.values] : [field]));
}

function topLevel(tree: SchemaTree, name: string | number | undefined): readonly Field[] {
  const found = typeof name === "string" ? findField(tree.fields, name) : undefined;
  return found === undefined ? [] : [found.field];
}

function inside(field: Field, segment: string | number): readonly Field[] {
  switch (field.type) {
    case "array":
    case "set":
      return typeof segment === "number" ? [field.elements] : inside(field.elements, segment);
    case "map":
      // An error inside a value stands below the map's name, without the key.
      return inside(field.values, segment);
    case "record": {
      const found =
        typeof segment === "string"
          ? (findField(field.fields, segment) ?? findField(field.shorthandFields, segment))
          : undefined;
      return found === undefined ? [] : [found.field];
    }
    case "string":
    case "number":
    case "integer":
    case "boolean":
    case "json":
    case "function":
    case "any":
    case "foreign":
    case "opaque":
      return [];
  }
}

/** The records at a place, the plugin itself for none. */
function bodiesAt(tree: SchemaTree, path: Path): readonly RecordBody[] {
  if (path.length === 0) return [tree];
  return fieldsAt(tree, path).flatMap((field) => (field.type === "record" ? [field] : []));
}

/** Of a map its keys stand second, between itself and its values. */
function isKey(fields: readonly Field[], index: number): boolean {
  const before = fields[index - 1];
  return before?.type === "map" && before.keys === fields[index];
}

/** `conditional` with `then_match = { required = true }` makes a field required. */
function demands(check: EntityCheck["check"], name: string | number | undefined): boolean {
  const conditional = isValueMap(check) ? check["conditional"] : undefined;
  return isValueMap(conditional) && conditional["then_field"] === name;
}

function hasField({ fields, shorthandFields }: RecordBody, name: string): boolean {
  return findField(fields, name) !== undefined || findField(shorthandFields, name) !== undefined;
}

/** As far as the rules for records look at it. */
function namesOf(path: Path) {
  return path.map((segment) => (typeof segment === "number" ? ({ in: "elements" } as const) : segment));
}

/** What Kong says where an attribute does not let a value pass. */
const refusals: Readonly<Record<string, (argument: Value) => string | RegExp>> = {
  eq: (argument) => `value must be ${shown(argument)}`,
  ne: (argument) => `value must not be ${shown(argument)}`,
  gt: (argument) => `value must be greater than ${shown(argument)}`,
  len_eq: (argument) => `length must be ${shown(argument)}`,
  len_min: (argument) => `length must be at least ${shown(argument)}`,
  len_max: (argument) => `length must be at most ${shown(argument)}`,
  starts_with: (argument) => `should start with: ${shown(argument)}`,
  contains: (argument) => `expected to contain: ${shown(argument)}`,
  between: (argument) => `value should be between ${listed(argument).map(truncated).join(" and ")}`,
  match: () => /^invalid value: /,
  not_match: () => /^invalid value: /,
  match_all: () => /^invalid value: /,
  match_any: () => /^invalid value: /,
  match_none: () => /^invalid value: /,
  is_regex: () => /^not a valid regex: /,
  timestamp: () => "expected a valid timestamp",
  uuid: () => "expected a valid UUID",
  custom_validator: () => /^failed validating: /,
};

/** Lists of choices, whose order Kong does not keep. */
const choices: Readonly<Record<string, string>> = { one_of: "expected one of: ", not_one_of: "must not be one of: " };

function explainsRefusal({ type, attributes }: Field, message: string): boolean {
  // Kong refuses empty strings unless the schema says otherwise.
  if (type === "string" && attributes["len_min"] === undefined && message === "length must be at least 1") return true;
  return Object.entries(attributes).some(([attribute, argument]) => {
    const before = choices[attribute];
    if (before !== undefined) {
      return (
        message.startsWith(before) && sameChoices(message.slice(before.length).split(", "), listed(argument).map(shown))
      );
    }
    const expected = refusals[attribute]?.(argument);
    return typeof expected === "string" ? message === expected : expected?.test(message) === true;
  });
}

/** `{ at_least_one_of = { "a", "b" } }` says "…: 'a', 'b'"; `conditional` names the field that it looks at. */
function explainsCheck({ check }: EntityCheck, message: string): boolean {
  if (!isValueMap(check)) return false;
  const named = [...message.matchAll(/'([^']*)'/g)].map(([, name = ""]) => name);
  return Object.entries(check).some(([kind, argument]) => {
    const starts = checkMessages[kind];
    if (starts === undefined || !message.startsWith(starts)) return false;
    const ofConditional = isValueMap(argument) ? argument["if_field"] : undefined;
    return sameChoices(named, ofConditional === undefined ? listed(argument).map(shown) : [shown(ofConditional)]);
  });
}

const checkMessages: Readonly<Record<string, string>> = {
  at_least_one_of: "at least one of these fields must be non-empty: ",
  only_one_of: "exactly one of these fields must be non-empty: ",
  distinct: "values of these fields must be distinct: ",
  mutually_required: "all or none of these fields must be set: ",
  mutually_exclusive: "only one or none of these fields must be set: ",
  conditional: "failed conditional validation given value of field ",
};

function listed(value: Value): readonly Value[] {
  return isList(value) ? value : [];
}

function sameChoices(one: readonly string[], other: readonly string[]): boolean {
  return [...one].sort().join("\n") === [...other].sort().join("\n");
}

function shown(value: Value): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "null";
}

/** `%d` cuts off what is behind the point. */
function truncated(value: Value): string {
  return typeof value === "number" ? String(Math.trunc(value)) : shown(value);
}

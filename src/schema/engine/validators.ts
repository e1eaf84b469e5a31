import { LuaBytes } from "../../lua/value.js";
import { Table } from "./data.js";
import type { Data } from "./data.js";
import type { FieldDefinition } from "./definitions.js";
import type { Host } from "./host.js";
import { passed, refused } from "./judged.js";
import type { Judged } from "./judged.js";
import {
  LuaRaise,
  bytesOf,
  concat,
  display,
  formatInteger,
  index,
  isEqual,
  isLess,
  isStringOrNumber,
  isTruthy,
  items,
  length,
  luaType,
} from "./lua.js";
import { messages, quotedList } from "./messages.js";
import { isRegex } from "./pcre.js";

interface Validation {
  readonly value: Data;
  /** What the attribute says: the limit, the pattern, the list. */
  readonly argument: Data;
  readonly field: FieldDefinition;
  readonly host: Host;
}

/** Why a value does not pass, undefined if it does. Without an error of its own Kong's general words stand. */
type Validator = (validation: Validation) => { readonly error: Data | undefined } | undefined;

/**
 * Kong's validators (`Schema.validators`, kong/db/schema/init.lua 3.9.1) by their attribute, in the order in which they run; the first that
 * refuses ends it. The metaschema lets some stand on types that they cannot judge: they raise then, as in Kong.
 */
const validators: Readonly<Record<string, Validator>> = {
  eq: ({ value, argument }) => unless(isEqual(value, argument), () => `value must be ${nameOf(argument)}`),
  ne: ({ value, argument }) =>
    unless(!isEqual(value, argument), () => `value must not be ${argument === null ? "null" : display(value)}`),
  not_one_of: ({ value, argument, host }) =>
    unless(!includes(argument, value, host), () => `must not be one of: ${listOf(argument, host)}`),
  one_of: ({ value, argument, host }) =>
    unless(includes(argument, value, host), () => `expected one of: ${listOf(argument, host)}`),
  gt: ({ value, argument }) => unless(isLess(argument, value), () => `value must be greater than ${display(argument)}`),
  timestamp: ({ value }) => unless(isLess(0, value)),
  uuid: ({ value }) => unless(length(value) === 36 && uuidPattern.test(display(value))),
  is_regex: ({ value }) => unless(isRegex(value)),
  between: ({ value, argument }) => {
    const [low, high] = [index(argument, 1), index(argument, 2)];
    return unless(
      !isLess(value, low) && !isLess(high, value),
      () => `value should be between ${formatInteger(low)} and ${formatInteger(high)}`,
    );
  },
  len_eq: (validation) => unless(isEqual(sizeOf(validation), validation.argument), () => lengthError("be", validation)),
  len_min: (validation) =>
    unless(!isLess(sizeOf(validation), validation.argument), () => lengthError("be at least", validation)),
  len_max: (validation) =>
    unless(!isLess(validation.argument, sizeOf(validation)), () => lengthError("be at most", validation)),
  starts_with: ({ value, argument }) =>
    unless(startsWith(value, argument), () => `should start with: ${display(argument)}`),
  not_match: ({ value, argument, host }) =>
    unless(!isMatch(value, argument, host), () => `invalid value: ${display(value)}`),
  match_none: ({ value, argument, host }) => firstError(argument, (pattern) => !isMatch(value, pattern, host)),
  match: ({ value, argument, host }) =>
    unless(isMatch(value, argument, host), () => `invalid value: ${display(value)}`),
  match_all: ({ value, argument, host }) => firstError(argument, (pattern) => isMatch(value, pattern, host)),
  match_any: ({ value, argument, host }) =>
    unless(
      items(index(argument, "patterns")).some((pattern) => isMatch(value, pattern, host)),
      () => index(argument, "err"),
    ),
  contains: ({ value, argument, host }) =>
    unless(includes(value, argument, host), () => `expected to contain: ${display(argument)}`),
  custom_validator: ({ value, argument, host }) => {
    const [isValid, error] = host.call(argument, [value]);
    return unless(isTruthy(isValid), () => error);
  },
  mutually_exclusive_subsets: ({ value, argument, host }) => {
    host.work.spend(length(value) + items(argument).reduce((sum: number, subset) => sum + length(subset), 0));
    const used = subsetsUsed(value, argument);
    return unless(used.length <= 1, () => `these sets are mutually exclusive: ${quotedList(used)}`);
  },
};

const inOrder = Object.entries(validators);

/** Kong's words for a validator that gives none; the others say `failed validating`. */
const generalWords: Readonly<Record<string, (value: Data) => string>> = {
  timestamp: () => messages.timestamp,
  uuid: () => messages.uuid,
  is_regex: (value) => `not a valid regex: ${display(value)}`,
  match_none: (value) => `invalid value: ${display(value)}`,
  match_all: (value) => `invalid value: ${display(value)}`,
  match_any: (value) => `invalid value: ${display(value)}`,
};

/** Whether a field judges its values beyond their type. A `timestamp` is one of those that Kong makes up. */
export function hasOwnValidators(field: FieldDefinition): boolean {
  return inOrder.some(([attribute]) => attribute !== "timestamp" && field.get(attribute) !== undefined);
}

interface OwnValidator {
  readonly attribute: string;
  readonly argument: Data;
  readonly validator: Validator;
}

const known = new WeakMap<FieldDefinition, readonly OwnValidator[]>();

/** The validators that a field has, in the order in which they run. */
function validatorsOf(field: FieldDefinition): readonly OwnValidator[] {
  const found = known.get(field);
  if (found !== undefined) return found;
  const own: OwnValidator[] = [];
  for (const [attribute, validator] of inOrder) {
    const argument = attribute === "len_min" ? shortestLength(field) : field.get(attribute);
    if (argument !== undefined) own.push({ attribute, argument, validator });
  }
  known.set(field, own);
  return own;
}

/** Runs a field's validators on a value of the field's type. */
export function runValidators(field: FieldDefinition, value: Data, host: Host): Judged {
  for (const { attribute, argument, validator } of validatorsOf(field)) {
    const refusal = host.attempt(() => validator({ value, argument, field, host }));
    if (refusal === undefined) continue;
    const words = isTruthy(refusal.error)
      ? refusal.error
      : (generalWords[attribute]?.(value) ?? `failed validating: ${display(value)}`);
    return refused(customError(field) ?? words);
  }
  return passed;
}

/** The field's own `err`, which replaces Kong's words. */
export function customError(field: FieldDefinition): Data | undefined {
  const error = field.get("err");
  return isTruthy(error) ? error : undefined;
}

function unless(isValid: boolean, error?: () => Data | undefined): { readonly error: Data | undefined } | undefined {
  return isValid ? undefined : { error: error?.() };
}

/** An empty string is refused unless `len_min` says otherwise. */
function shortestLength(field: FieldDefinition): Data | undefined {
  const given = field.get("len_min");
  return field.type === "string" && !isTruthy(given) ? 1 : given;
}

function nameOf(value: Data): string {
  return value === null ? "null" : display(value);
}

/** The texts of a list, which stand in the error of each value that is not one of them. */
function listOf(list: Data, host: Host): string {
  host.work.spend(4 * length(list));
  return concat(list, ", ");
}

function includes(list: Data, wanted: Data, host: Host): boolean {
  host.work.spend(length(list));
  return items(list).some((item) => isEqual(item, wanted));
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The length in bytes or entries. A map's entries count beside its list part, so a list counts twice as a map. */
function sizeOf({ value, field }: Validation): number {
  const size = length(value);
  return field.type === "map" && value instanceof Table ? size + value.entries().length : size;
}

function lengthError(relation: string, { argument }: Validation): string {
  return `length must ${relation} ${formatInteger(argument)}`;
}

function startsWith(value: Data, start: Data): boolean {
  if (!isStringOrNumber(value)) {
    throw new LuaRaise(`bad argument #1 to 'sub' (string expected, got ${luaType(value)})`);
  }
  if (length(start) === 0) return true;
  if (typeof start === "string" && !(value instanceof LuaBytes)) return display(value).startsWith(start);
  const bytes = bytesOf(typeof value === "number" ? display(value) : value);
  return bytesOf(start).every((byte, at) => bytes[at] === byte);
}

/** `value:match(pattern)` */
function isMatch(value: Data, pattern: Data | undefined, host: Host): boolean {
  if (luaType(value) === "table") throw new LuaRaise("attempt to call method 'match' (a nil value)");
  if (luaType(value) !== "string") throw new LuaRaise(`attempt to index a ${luaType(value)} value`);
  if (!isStringOrNumber(pattern)) {
    throw new LuaRaise(`bad argument #1 to 'match' (string expected, got ${luaType(pattern)})`);
  }
  return host.matches(value, typeof pattern === "number" ? display(pattern) : pattern);
}

/** The error of the first entry whose pattern does not do what it should. */
function firstError(
  entries: Data,
  isAsWanted: (pattern: Data | undefined) => boolean,
): { readonly error: Data | undefined } | undefined {
  const failed = items(entries).find((entry) => !isAsWanted(index(entry, "pattern")));
  return failed === undefined ? undefined : { error: index(failed, "err") };
}

/** The subsets that the values of a list belong to, in the order of the values; the last subset that names a value has it. */
function subsetsUsed(value: Data, subsets: Data): readonly Data[] {
  const subsetOf = new Map<Data, Data>();
  for (const subset of items(subsets)) for (const member of items(subset)) subsetOf.set(member, subset);
  const used = new Set<Data>();
  for (const item of items(value)) {
    const subset = subsetOf.get(item);
    if (subset !== undefined) used.add(subset);
  }
  return [...used];
}

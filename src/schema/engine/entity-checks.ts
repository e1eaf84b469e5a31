import { LuaOpaque } from "../../lua/value.js";
import { Table, tableOf } from "./data.js";
import type { Data } from "./data.js";
import { FieldDefinition, fieldAt, valueAt } from "./definitions.js";
import type { RecordDefinition } from "./definitions.js";
import type { Host } from "./host.js";
import { refused } from "./judged.js";
import { LuaRaise, Undecidable, assign, display, index, isTruthy, items, luaType } from "./lua.js";
import { messages, quotedList } from "./messages.js";
import { writePretty } from "./pretty.js";
import { isReference } from "./references.js";
import { validateField } from "./validate.js";

interface CheckInput {
  /** The fields that the check asks for, and no others. */
  readonly entity: Table;
  /** What the schema says after the check's name. */
  readonly argument: Data;
  readonly fieldAt: (path: string) => FieldDefinition | undefined;
  /** The record's errors so far; `conditional` adds to them. */
  readonly errors: Table;
  readonly host: Host;
}

/** Why a check fails: what its general words are filled with, or an error in the schema's own words. */
interface Failure {
  readonly detail: Data | undefined;
  readonly ownWords?: Data | undefined;
}

interface EntityCheck {
  /** The attributes of the argument that name fields; without them the argument is itself the list of names. */
  readonly sources?: readonly string[];
  /** Those of `sources` whose fields must be there for the check to run. */
  readonly requiredSources?: readonly string[];
  readonly runsWithMissing: boolean;
  readonly runsWithInvalid: boolean;
  /** Kong's words around the detail. */
  readonly words?: (detail: string) => string;
  readonly check: (input: CheckInput) => Failure | undefined;
}

/** Kong's entity checkers (`Schema.entity_checkers`, kong/db/schema/init.lua 3.9.1). */
const entityChecks: Readonly<Record<string, EntityCheck>> = {
  at_least_one_of: {
    runsWithMissing: true,
    runsWithInvalid: true,
    words: (names) => `at least one of these fields must be non-empty: ${names}`,
    check: (input) => failUnless(filled(input, input.argument).length > 0, input.argument),
  },
  conditional_at_least_one_of: {
    sources: ["if_field", "then_at_least_one_of", "else_then_at_least_one_of"],
    runsWithMissing: true,
    runsWithInvalid: true,
    words: (names) => `at least one of these fields must be non-empty: ${names}`,
    check: conditionalAtLeastOneOf,
  },
  only_one_of: {
    runsWithMissing: false,
    runsWithInvalid: true,
    words: (names) => `exactly one of these fields must be non-empty: ${names}`,
    check: (input) => failUnless(filled(input, input.argument).length === 1, input.argument),
  },
  distinct: {
    runsWithMissing: false,
    runsWithInvalid: true,
    words: (names) => `values of these fields must be distinct: ${names}`,
    check: (input) => {
      const values = filled(input, input.argument).map((name) => valueAt(input.entity, name));
      for (const value of values) if (value instanceof LuaOpaque) throw new Undecidable([value.path]);
      return failUnless(new Set(values).size === values.length, input.argument);
    },
  },
  conditional: {
    sources: ["if_field", "then_field"],
    requiredSources: ["if_field"],
    runsWithMissing: false,
    runsWithInvalid: true,
    words: (field) => `failed conditional validation given value of field '${field}'`,
    check: conditional,
  },
  custom_entity_check: {
    sources: ["field_sources"],
    requiredSources: ["field_sources"],
    runsWithMissing: false,
    runsWithInvalid: false,
    check: ({ entity, argument, host }) => {
      const [isValid, detail, ownWords] = host.call(index(argument, "fn"), [entity]);
      return isTruthy(isValid) ? undefined : { detail, ownWords };
    },
  },
  mutually_required: {
    runsWithMissing: true,
    runsWithInvalid: false,
    words: (names) => `all or none of these fields must be set: ${names}`,
    check: (input) => {
      const set = filled(input, input.argument).length;
      return failUnless(set === 0 || set === items(input.argument).length, input.argument);
    },
  },
  mutually_exclusive: {
    runsWithMissing: true,
    runsWithInvalid: false,
    words: (names) => `only one or none of these fields must be set: ${names}`,
    check: (input) => failUnless(filled(input, input.argument).length <= 1, input.argument),
  },
  mutually_exclusive_sets: {
    sources: ["set1", "set2"],
    runsWithMissing: true,
    runsWithInvalid: false,
    words: (sets) => `these sets are mutually exclusive: ${sets}`,
    check: (input) => {
      const sets = ["set1", "set2"].map((name) => filled(input, index(input.argument, name)));
      if (sets.some((set) => set.length === 0)) return undefined;
      return { detail: sets.map((set) => `(${quotedList(set)})`).join(", ") };
    },
  },
};

/** Runs a record's entity checks and those of its specialisation, adding to its errors. */
export function runEntityChecks(definition: RecordDefinition, record: Table, errors: Table, host: Host): void {
  const specialised = definition.subschemaOf(record)?.record;
  if (definition.entityChecks.length === 0 && specialised === undefined) return;
  const find = (path: string) => fieldAt(definition, path);
  const findSpecialised = (path: string) => fieldAt(definition, path, specialised);
  for (const check of definition.entityChecks) runCheck(check, record, find, errors, host);
  for (const check of specialised?.entityChecks ?? []) runCheck(check, record, findSpecialised, errors, host);
}

function runCheck(
  declared: Data,
  record: Table,
  find: (path: string) => FieldDefinition | undefined,
  errors: Table,
  host: Host,
): void {
  const error = host.attempt(() => {
    if (declared instanceof LuaOpaque) throw new Undecidable([declared.path]);
    // In validating a default the metaschema has filled the check in with nulls, and Kong takes any one of its keys: mostly a null.
    const [entry, ...others] = declared instanceof Table ? declared.entries() : [];
    if (entry === undefined || others.length > 0) return undefined;
    const [name, argument] = entry;
    const check = typeof name === "string" && Object.hasOwn(entityChecks, name) ? entityChecks[name] : undefined;
    if (check === undefined) throw new LuaRaise("attempt to index local 'checker' (a nil value)");
    const failure = fail(check, argument, record, find, errors, host);
    return failure === undefined ? undefined : errorText(display(name), check, argument, failure);
  });
  if (error !== undefined) addEntityError(errors, error);
}

/** `run_entity_check` */
function fail(
  check: EntityCheck,
  argument: Data,
  record: Table,
  find: (path: string) => FieldDefinition | undefined,
  errors: Table,
  host: Host,
): Failure | undefined {
  const { names, required } = fieldsOf(check, argument);
  const entity = new Table();
  const missing: string[] = [];
  let hasNone = true;
  let hasInvalid = false;
  for (const name of names) {
    const value = valueAt(record, name);
    if (value === undefined) {
      const isNeeded =
        !check.runsWithMissing && !isTruthy(index(argument, "run_with_missing_fields")) && required.has(name);
      if (isNeeded && !isNilable(find(name))) missing.push(name);
    } else {
      hasNone = false;
      const field = find(name);
      // A check that would have to look into a vault is not run at all.
      if (field?.type === "string" && field.has("referenceable") && isReference(value)) return undefined;
    }
    if (isTruthy(errors.get(name))) hasInvalid = true;
    assignAt(entity, name, value);
  }
  if (hasInvalid && !check.runsWithInvalid && !isTruthy(index(argument, "run_with_invalid_fields"))) return undefined;
  if (hasNone && !check.runsWithMissing) return undefined;
  if (missing.length > 0) {
    for (const name of missing) assignAt(errors, name, messages.requiredForEntityCheck);
    return undefined;
  }
  return check.check({ entity, argument, fieldAt: find, errors, host });
}

function isNilable(field: FieldDefinition | undefined): boolean {
  if (field === undefined) throw new LuaRaise("attempt to index a nil value");
  return field.has("nilable");
}

interface NamedFields {
  readonly names: readonly string[];
  readonly required: ReadonlySet<string>;
}

const namedFields = new WeakMap<Table, NamedFields>();

/** The fields that a check speaks of: always the same for the same table in the same schema. */
function fieldsOf(check: EntityCheck, argument: Data): NamedFields {
  const known = argument instanceof Table ? namedFields.get(argument) : undefined;
  if (known !== undefined) return known;
  const found = findFields(check, argument);
  if (argument instanceof Table) namedFields.set(argument, found);
  return found;
}

function findFields(check: EntityCheck, argument: Data): NamedFields {
  if (check.sources === undefined) {
    const names = namesIn(argument);
    return { names, required: new Set(names) };
  }
  const bySource = check.sources.map((source) => [source, namesIn(index(argument, source))] as const);
  const required = bySource.filter(([source]) => check.requiredSources?.includes(source) === true);
  return { names: bySource.flatMap(([, names]) => names), required: new Set(required.flatMap(([, names]) => names)) };
}

/** A name, or a list of names, or nothing. */
function namesIn(source: Data | undefined): readonly string[] {
  if (typeof source === "string") return [source];
  return source instanceof Table ? source.list.filter((name) => typeof name === "string") : [];
}

/** Those of the named fields that are not empty. */
function filled({ entity }: CheckInput, names: Data | undefined): readonly string[] {
  return namesIn(names).filter((name) => isNonEmpty(valueAt(entity, name)));
}

/** Whether a value is set: null, an empty string and an empty table are not, and `false` is (`is_nonempty`). */
export function isNonEmpty(value: Data | undefined): boolean {
  if (value === undefined || value === null || value === "") return false;
  return !(value instanceof Table && value.isEmpty);
}

function failUnless(isValid: boolean, names: Data): Failure | undefined {
  return isValid ? undefined : { detail: quotedList(items(names)) };
}

function conditional(input: CheckInput): Failure | undefined {
  const { entity, argument, errors, host } = input;
  const ifField = nameAt(argument, "if_field");
  const thenField = nameAt(argument, "then_field");
  const thenValue = valueAt(entity, thenField) ?? null;
  if (!isMatched(input, ifField, index(argument, "if_match"), valueAt(entity, ifField))) return undefined;
  const then = condition(input, thenField, index(argument, "then_match"));
  // Kong has tied the condition to the field when it ran first, so that the field's own `required` counts here too.
  if (then.get("required") === true && thenValue === null) {
    assignAt(errors, thenField, messages.required);
    return { detail: ifField };
  }
  const judged = validateField(then, thenValue, host);
  if (judged.ok) return undefined;
  assignAt(errors, thenField, judged.error);
  return { detail: ifField, ownWords: ownWords(argument, "then_err", ifField) };
}

function conditionalAtLeastOneOf(input: CheckInput): Failure | undefined {
  const { entity, argument } = input;
  const ifField = nameAt(argument, "if_field");
  const ifValue = valueAt(entity, ifField);
  if (ifValue === undefined) return undefined;
  const isElse = !isMatched(input, ifField, index(argument, "if_match"), ifValue);
  if (isElse) {
    const elseMatch = index(argument, "else_match");
    if (elseMatch === undefined || !isMatched(input, ifField, elseMatch, ifValue)) return undefined;
  }
  const names = index(argument, isElse ? "else_then_at_least_one_of" : "then_at_least_one_of");
  items(names);
  if (filled(input, names).length > 0) return undefined;
  const detail = quotedList(items(names));
  return { detail, ownWords: ownWords(argument, isElse ? "else_then_err" : "then_err", detail) };
}

/** Whether a value passes a condition. Throws `Undecidable` where that is not known. */
function isMatched(input: CheckInput, name: string, match: Data | undefined, value: Data | undefined): boolean {
  const before = input.host.undecided;
  const judged =
    value === undefined ? refused(undefined) : validateField(condition(input, name, match), value, input.host);
  if (judged.ok && input.host.undecided > before) throw new Undecidable([...input.host.missing]);
  return judged.ok;
}

/** A condition says only what differs from the field's own definition. */
function condition(input: CheckInput, name: string, match: Data | undefined): FieldDefinition {
  if (!(match instanceof Table)) {
    throw new LuaRaise(`bad argument #1 to 'setmetatable' (table expected, got ${luaType(match)})`);
  }
  const field = input.fieldAt(name);
  const known = conditions.get(match);
  if (known !== undefined && known.base === field) return known;
  const made = new FieldDefinition(match, field);
  conditions.set(match, made);
  return made;
}

const conditions = new WeakMap<Table, FieldDefinition>();

function nameAt(argument: Data, key: string): string {
  const name = index(argument, key);
  if (typeof name === "string") return name;
  throw new LuaRaise(`bad argument #1 to 'find' (string expected, got ${luaType(name)})`);
}

/** The schema's own words for a failure, with the detail in place of `%s`. */
function ownWords(argument: Data, key: string, detail: string): Data | undefined {
  const words = index(argument, key);
  return isTruthy(words) ? formatWith(display(words), detail) : undefined;
}

/** `words:format(detail)` */
function formatWith(words: string, detail: string): string {
  let isUsed = false;
  return words.replace(/%(.?)/gs, (_, directive: string) => {
    if (directive === "%") return "%";
    if (directive !== "s" || isUsed) throw new LuaRaise("bad argument to 'format'");
    isUsed = true;
    return detail;
  });
}

function errorText(name: string, check: EntityCheck, argument: Data, { detail, ownWords: own }: Failure): Data {
  if (isTruthy(own)) return own;
  if (check.words !== undefined) return check.words(display(detail));
  if (isTruthy(detail)) return detail;
  const shown = writePretty(tableOf([["name", argument]])).replace(/\s+/g, " ");
  return `failed entity check: ${name}(${shown})`;
}

/** Adds to the errors of the record itself. */
export function addEntityError(errors: Table, error: Data): void {
  const known = errors.get("@entity");
  const list = known instanceof Table ? known : new Table();
  list.set(list.list.length + 1, error);
  errors.set("@entity", list);
}

/** `set_field`: sets a value by a name or a dotted path, with new tables on the way. */
function assignAt(table: Data, path: string, value: Data | undefined): void {
  const dot = path.indexOf(".");
  if (dot < 0) {
    assign(table, path, value);
    return;
  }
  const head = path.slice(0, dot);
  if (index(table, head) === undefined) assign(table, head, new Table());
  assignAt(index(table, head) ?? null, path.slice(dot + 1), value);
}

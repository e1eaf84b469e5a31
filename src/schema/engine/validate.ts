import { LuaOpaque } from "../../lua/value.js";
import { Table } from "./data.js";
import type { Data } from "./data.js";
import { FieldDefinition } from "./definitions.js";
import type { RecordDefinition, Subschema } from "./definitions.js";
import { runEntityChecks } from "./entity-checks.js";
import { fillRecord, type Filled } from "./fill.js";
import { validateForeignKey } from "./foreign.js";
import type { Host } from "./host.js";
import { validateJson } from "./json-field.js";
import { passed, refused } from "./judged.js";
import type { Judged } from "./judged.js";
import { LuaRaise, Undecidable, display, index, luaType } from "./lua.js";
import { messages } from "./messages.js";
import { isReference } from "./references.js";
import { runTransformationChecks } from "./transformations.js";
import { customError, runValidators } from "./validators.js";

/**
 * The errors of a filled record as Kong's tree, empty where there are none: `Schema:validate` with a full check
 * (kong/db/schema/init.lua, 3.9.1). Errors of the record itself stand under `@entity`.
 */
export function validateRecord(
  definition: RecordDefinition,
  record: Table,
  original: Table | undefined,
  host: Host,
): Table {
  const { subschema } = definition;
  if (subschema !== undefined) {
    const key = record.get(subschema.keyField);
    if (key === undefined || key === null) return errorAt(subschema.keyField, messages.required);
    if (definition.subschemaOf(record) === undefined)
      return errorAt(subschema.keyField, unknownSubschema(subschema, key));
  }
  const errors = validateFields(definition, record, host);
  for (const { name, field } of definition.requiredFields) {
    const value = record.get(name);
    if ((value === undefined || value === null) && host.attempt(() => field.has("required")) === true) {
      errors.set(name, messages.required);
    }
  }
  runEntityChecks(definition, record, errors, host);
  runTransformationChecks(definition, record, original, errors);
  return errors;
}

function errorAt(name: string, error: string): Table {
  const errors = new Table();
  errors.set(name, error);
  return errors;
}

function unknownSubschema({ unknownKey }: Subschema, key: Data): string {
  return unknownKey.replace("%s", () => display(typeof key === "string" ? key : index(key, 1)));
}

/** `validate_fields` */
function validateFields(definition: RecordDefinition, record: Table, host: Host): Table {
  const errors = new Table();
  const specialised = definition.subschemaOf(record)?.record;
  for (const [key, value] of record.entries()) {
    const name = typeof key === "string" ? key : host.attempt(() => display(key));
    if (name === undefined) continue; // a key that is not visible
    const general = definition.field(name);
    const field = specialised?.field(name) ?? general;
    if (value === null && field === general && field?.takesNull === true) continue;
    const judged = host.attempt(() => validateMember(definition, general, field, key, value, record, host));
    if (judged?.ok === false) errors.set(key, judged.error);
  }
  return errors;
}

function validateMember(
  definition: RecordDefinition,
  general: FieldDefinition | undefined,
  field: FieldDefinition | undefined,
  key: Data,
  value: Data,
  record: Table,
  host: Host,
): Judged {
  if (general?.type === "json" || field?.type === "json") return validateJson(field, key, value, record, host);
  if (general?.type === "self") return validateAgainstItself(record, value, host);
  if (key === "updated_at" && host.rules.skipsUpdatedAt) return passed;
  if (general !== undefined && field !== undefined) return validateField(field, value, host);
  if (definition.hidden.length > 0) throw new Undecidable(definition.hidden);
  // A data plane lets a null pass under a name that it does not know; a control plane does not.
  return value === null && host.role === "data_plane" ? passed : refused(messages.unknown);
}

/** `validate_field` */
export function validateField(field: FieldDefinition, value: Data, host: Host): Judged {
  if (field.type instanceof LuaOpaque) throw new Undecidable([field.type.path]);
  if (value instanceof LuaOpaque) return validateOpaque(field, value, host);
  if (value === null) return validateNull(field);
  if (field.get("eq") === null) return refused(customError(field) ?? "value must be null");
  if (field.has("abstract")) return refused(messages.abstract);
  const judged = validateType(field, value, host);
  if (judged === "skip the validators") return passed;
  if (!judged.ok) return judged;
  return runValidators(field, value, host);
}

/** What is taken to fit its field fits; what a condition says beyond that it is set is not known. */
function validateOpaque({ base, attributes }: FieldDefinition, { path }: LuaOpaque, host: Host): Judged {
  const asksOnlyIfSet = base === undefined || attributes.entries().every(([name]) => name === "required");
  if (host.assumed.has(path) && asksOnlyIfSet) return passed;
  throw new Undecidable([path]);
}

function validateNull(field: FieldDefinition): Judged {
  if (field.get("ne") === null) return refused(customError(field) ?? "value must not be null");
  const wanted = field.get("eq");
  if (wanted !== undefined && wanted !== null) return refused(`value must be ${display(wanted)}`);
  return field.has("required") ? refused(messages.required) : passed;
}

function validateType(field: FieldDefinition, value: Data, host: Host): Judged | "skip the validators" {
  const { type } = field;
  switch (type) {
    case "array":
    case "set":
      if (!(value instanceof Table) || value.rest.size > 0) return refused(messages[type]);
      return validateElements(field, value, host);
    case "map":
      if (!(value instanceof Table)) return refused(messages.map);
      return validateMap(field, value, host);
    case "record":
      if (!(value instanceof Table)) return refused(messages.record);
      return validateNestedRecord(field, value, host);
    case "foreign":
      return validateForeignKey(field, value, host);
    case "integer":
      return Number.isInteger(value) ? passed : refused(messages.integer);
    case "string":
      if (luaType(value) !== "string") return refused(messages.string);
      return field.has("referenceable") && isReference(value) ? "skip the validators" : passed;
    case "function":
    case "number":
    case "boolean":
      return luaType(value) === type ? passed : refused(messages[type]);
    case "json":
      // No Lua type is called "json" and Kong has no message for it: only a record's own field can be of this type.
      return refused(undefined);
    case "any":
      return passed;
    default:
      return refused(`invalid type: ${display(type)}`);
  }
}

function validateElements(field: FieldDefinition, list: Table, host: Host): Judged {
  const element = field.requiredChild("elements");
  const errors = new Table();
  let isPassed = true;
  for (const [at, item] of list.list.entries()) {
    const judged = host.attempt(() => validateField(element, item, host));
    if (judged?.ok !== false) continue;
    isPassed = false;
    errors.set(at + 1, judged.error);
  }
  return isPassed ? passed : refused(errors);
}

/** Only the first error of a map is reported, without its key. */
function validateMap(field: FieldDefinition, map: Table, host: Host): Judged {
  const keyField = field.requiredChild("keys");
  const valueField = field.requiredChild("values");
  for (const [key, value] of map.entries()) {
    const keyJudged = host.attempt(() => validateField(keyField, key, host));
    if (keyJudged?.ok === false) return keyJudged;
    const valueJudged = host.attempt(() => validateField(valueField, value, host));
    if (valueJudged?.ok === false) return valueJudged;
  }
  return passed;
}

function validateNestedRecord(field: FieldDefinition, value: Table, host: Host): Judged {
  const definition = field.record();
  // Kong fills in a copy at every depth; where the record around this one was, another time changes nothing.
  const filled: Filled =
    value.filledBy === definition
      ? { ok: true, record: value }
      : fillRecord(definition, value, { context: "insert", nulls: true }, host);
  // Kong hands on what filling in gave without looking at its error, and asserts that it is a table.
  if (!filled.ok) throw new LuaRaise(messages.badInput);
  const errors = validateRecord(definition, filled.record, undefined, host);
  return errors.isEmpty ? passed : refused(errors);
}

/** A field's `default` is validated by the very definition that it stands in; whatever that raises is one error. */
export function validateAgainstItself(attributes: Table, value: Data, host: Host): Judged {
  try {
    return validateField(new FieldDefinition(attributes), value, host);
  } catch (error) {
    if (error instanceof LuaRaise) return refused(messages.cannotValidate);
    throw error;
  }
}

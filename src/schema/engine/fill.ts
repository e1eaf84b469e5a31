import { LuaOpaque } from "../../lua/value.js";
import { Table, deepCopy, deepCopyTable, listOf } from "./data.js";
import type { Data } from "./data.js";
import type { FieldDefinition, RecordDefinition } from "./definitions.js";
import type { Host } from "./host.js";
import { Undecidable, isLess, isTruthy } from "./lua.js";
import { References } from "./references.js";
import { hasOwnValidators } from "./validators.js";
import { applyShorthands, isShownInReading } from "./shorthands.js";

/** `insert` also stands for Kong's `upsert` (PUT), which fills in the same way. */
export type FillContext = "insert" | "update" | "select";

export interface FillOptions {
  readonly context: FillContext;
  /** In the context `select`: whether nulls are kept, as a control plane keeps them. A plugin's handler gets none. */
  readonly nulls: boolean;
}

export type Filled = { readonly ok: true; readonly record: Table } | { readonly ok: false; readonly errors: Table };

/** Kong's `process_auto_fields` (kong/db/schema/init.lua, 3.9.1): defaults, nulls, expanded records, converted shorthands. */
export function fillRecord(definition: RecordDefinition, given: Table, options: FillOptions, host: Host): Filled {
  return fillIn(definition, options.context === "select" ? given : deepCopyTable(given), options, host);
}

/**
 * The same for a record within one that is filled in, which is a copy already. Kong copies it once more: that matters only where code of the
 * schema has put one table in two places.
 */
function fillNested(definition: RecordDefinition, given: Table, options: FillOptions, host: Host): Filled {
  return host.hasRunCode ? fillRecord(definition, given, options, host) : fillIn(definition, given, options, host);
}

function fillIn(definition: RecordDefinition, record: Table, options: FillOptions, host: Host): Filled {
  const isSelect = options.context === "select";
  const isInsert = options.context === "insert";
  const errors = applyShorthands(definition, record, isSelect, host);
  if (errors !== undefined) return { ok: false, errors };

  const references =
    isSelect && !options.nulls && host.role === "data_plane" ? new References(record, host.rules) : undefined;
  for (const { name, field } of definition.fieldsOf(record)) {
    if (isInsert && field.absentBecomes !== "what filling in makes" && record.get(name) === undefined) {
      if (field.absentBecomes === "null") record.set(name, null);
      continue;
    }
    const filled = host.attempt(() => fillField(name, field, record.get(name), options, host));
    if (filled === undefined) continue;
    if (!filled.ok && host.rules.reportsNestedShorthands) return filled;
    const made = filled.ok ? filled.value : undefined;
    const value = isSelect ? asRead(field, made, options.nulls) : made;
    record.set(name, references === undefined ? value : references.takeFrom(name, field, value));
  }
  if (definition.hidden.length > 0) {
    host.attempt(() => {
      throw new Undecidable(definition.hidden);
    });
  }
  if (isSelect) dropUnreadable(definition, record, options.nulls, references, host);
  record.filledBy = isInsert && definition.isInert ? definition : undefined;
  return { ok: true, record };
}

type FilledValue =
  { readonly ok: true; readonly value: Data | undefined } | { readonly ok: false; readonly errors: Table };

function fillField(
  name: string,
  field: FieldDefinition,
  given: Data | undefined,
  options: FillOptions,
  host: Host,
): FilledValue {
  if (field.type instanceof LuaOpaque) throw new Undecidable([field.type.path]);
  return adjust(field, automaticValue(name, field, given, options) ?? given, options, host);
}

/**
 * What Kong makes up on insert for a field with `auto = true`. The same input must give the same output, so ours is neither random nor of the
 * clock; where the field's own validators would judge it, it is a value that nobody can see.
 */
function automaticValue(
  name: string,
  field: FieldDefinition,
  given: Data | undefined,
  { context }: FillOptions,
): Data | undefined {
  if (!field.has("auto") || context === "select") return undefined;
  const isInsert = context === "insert";
  const isEmpty = given === undefined || given === null;
  const standIn = (value: Data) =>
    hasOwnValidators(field) ? new LuaOpaque(`the value that Kong makes up for ${name}`) : value;
  if (field.has("uuid")) return isInsert && given === undefined ? "00000000-0000-4000-8000-000000000000" : undefined;
  if (field.type === "string") return isInsert && given === undefined ? standIn("0".repeat(32)) : undefined;
  const isTime = (name === "created_at" && isInsert && isEmpty) || name === "updated_at";
  return isTime && (field.type === "number" || field.type === "integer") ? standIn(1) : undefined;
}

/** `adjust_field_for_context` */
function adjust(field: FieldDefinition, given: Data | undefined, options: FillOptions, host: Host): FilledValue {
  const { context } = options;
  if (context === "select" && given === null && field.get("required") === true) {
    return { ok: true, value: missingValue(field, given, host) };
  }
  if (field.has("abstract") || given instanceof LuaOpaque) return { ok: true, value: given };
  let value: Data | undefined = given;
  if (field.type === "record") {
    if (isFilledAsRecord(field, value, context)) {
      value = isTruthy(value) ? value : missingValue(field, value, host);
      if (value instanceof Table) {
        const filled = fillNested(field.record(), value, options, host);
        return filled.ok ? { ok: true, value: filled.record } : filled;
      }
    }
  } else if (value instanceof Table) {
    value = adjustCollection(field, value, options, host);
  }
  if (value === undefined && context !== "update") value = missingValue(field, value, host);
  return { ok: true, value };
}

/** `should_recurse_record` */
function isFilledAsRecord(field: FieldDefinition, value: Data | undefined, context: FillContext): boolean {
  if (value === null) return false;
  return value !== undefined || (context !== "update" && field.get("required") === true);
}

function adjustCollection(field: FieldDefinition, given: Table, options: FillOptions, host: Host): Table {
  if (field.type !== "array" && field.type !== "set" && field.type !== "map") return given;
  const value = field.type === "set" ? withoutDuplicates(given) : given;
  if (field.type === "array" && value.rest.size === 0) value.isMarkedArray = true;
  const part = field.type === "map" ? "values" : "elements";
  // A node that has validated a collection has marked its elements as required; reading is done with a definition that has not.
  const child = options.context === "select" ? field.child(part) : field.requiredChild(part);
  for (const [key, item] of value.entries()) {
    const adjusted = adjust(child, item, options, host);
    // Kong looks at the value only: an element whose shorthand is refused becomes nil here, and the hole is refused later.
    value.set(key, adjusted.ok ? adjusted.value : undefined);
  }
  return value;
}

/** `make_set`: tables are told apart by identity, so equal records in a set stay. */
function withoutDuplicates(value: Table): Table {
  if (value.rest.size > 0) return value;
  if (value.list.length === 0) {
    value.isMarkedArray = true;
    return value;
  }
  return listOf(new Set(value.list));
}

/** `handle_missing_field` */
function missingValue(field: FieldDefinition, value: Data | undefined, host: Host): Data | undefined {
  const fallback = field.get("default");
  if (fallback !== undefined) {
    const copy = deepCopy(fallback);
    if ((field.type === "array" || field.type === "set") && copy instanceof Table) copy.isMarkedArray = true;
    return copy;
  }
  if (field.has("nilable")) return value;
  if (field.get("required") !== true) return null;
  if (field.has("abstract") || field.type !== "record") return undefined;
  const filled = fillNested(field.record(), new Table(), { context: "insert", nulls: true }, host);
  return filled.ok ? filled.record : undefined;
}

function asRead(field: FieldDefinition, value: Data | undefined, nulls: boolean): Data | undefined {
  if (value === null && !nulls) return undefined;
  return field.type === "integer" && typeof value === "number" ? Math.floor(value) : value;
}

/** Reading drops what the schema does not know, and empty strings where they are not allowed. */
function dropUnreadable(
  definition: RecordDefinition,
  record: Table,
  nulls: boolean,
  references: References | undefined,
  host: Host,
): void {
  for (const [key, value] of record.entries()) {
    if (!isReadable(definition, key, host)) record.set(key, undefined);
    else if (value === "" && isNonEmptyString(definition, key) && references?.has(key) !== true) {
      record.set(key, nulls ? null : undefined);
    }
  }
  if (references !== undefined && !references.found.isEmpty) record.set("$refs", references.found);
}

function isReadable(definition: RecordDefinition, key: Data, host: Host): boolean {
  // Kong's table of fields has them by number too, so the first entries of a list that was stored for a record stay.
  if (typeof key === "number") return Number.isInteger(key) && key > 0 && key <= definition.fields.length;
  if (typeof key !== "string") return false;
  if (definition.field(key) !== undefined) return true;
  return definition.shorthands.some(({ name, field }) => name === key && isShownInReading(field, host.rules));
}

function isNonEmptyString(definition: RecordDefinition, key: Data): boolean {
  const field = typeof key === "string" ? definition.field(key) : undefined;
  if (field?.type !== "string") return false;
  const shortest = field.get("len_min");
  return !isTruthy(shortest) || isLess(0, shortest);
}

import { isSince } from "../kong/release.js";
import type { Release } from "../kong/release.js";
import { LuaFunctionValue } from "../lua/value.js";
import { Table } from "./engine/data.js";
import type { Data } from "./engine/data.js";
import { RecordDefinition } from "./engine/definitions.js";

/**
 * What Kong demands of a plugin's schema, as definitions for the same engine that judges configurations: `MetaSubSchema` of
 * kong/db/schema/metaschema.lua, at each minor release from 2.8 to 3.9. The rules that take code are in check-metaschema.ts.
 */

/** The definition of an attribute, written as Kong's tables are. */
export interface MetaField {
  readonly type: "any" | "array" | "boolean" | "function" | "integer" | "map" | "number" | "record" | "self" | "string";
  readonly required?: true;
  /** Filling in leaves it absent where it is. */
  readonly nilable?: true;
  readonly len_eq?: number;
  readonly len_min?: number;
  readonly len_max?: number;
  readonly one_of?: readonly string[];
  readonly custom_validator?: LuaFunctionValue;
  readonly elements?: MetaField;
  readonly keys?: MetaField;
  readonly values?: MetaField;
  readonly fields?: readonly MetaEntry[];
  readonly entity_checks?: readonly MetaCheck[];
}

/** One name with its definition. */
export type MetaEntry = Readonly<Record<string, MetaField>>;

export interface MetaCheck {
  readonly at_least_one_of?: readonly string[];
  readonly only_one_of?: readonly string[];
  readonly mutually_required?: readonly string[];
  readonly mutually_exclusive_sets?: { readonly set1: readonly string[]; readonly set2: readonly string[] };
  readonly conditional?: {
    readonly if_field: string;
    readonly if_match: object;
    readonly then_field: string;
    readonly then_match: object;
  };
}

/** An attribute, and the releases that know it where that is not all from 2.8 on. */
interface AttributeRow {
  readonly name: string;
  readonly is: MetaField;
  readonly since?: string;
  /** The first release that does not know it any more. */
  readonly until?: string;
}

/** The types of fields; a shorthand field may have those only that need no further definition. */
const typeRows: readonly { readonly type: string; readonly since?: string; readonly shorthand: boolean }[] = [
  { type: "array", shorthand: true },
  { type: "set", shorthand: true },
  { type: "string", shorthand: true },
  { type: "number", shorthand: true },
  { type: "boolean", shorthand: true },
  { type: "integer", shorthand: true },
  { type: "foreign", shorthand: false },
  { type: "map", shorthand: true },
  { type: "record", shorthand: false },
  { type: "function", shorthand: false },
  { type: "json", since: "3.5", shorthand: true },
];

/** Judges a JSON schema; see `jsonSchemaValidator` in check-metaschema.ts. */
export const jsonSchemaFunction = new LuaFunctionValue("engine:json_schema", "engine:json_schema", undefined);

const string: MetaField = { type: "string" };
const boolean: MetaField = { type: "boolean" };
const integer: MetaField = { type: "integer" };
const any: MetaField = { type: "any" };
const strings: MetaField = { type: "array", elements: string };
const patterns: MetaField = {
  type: "array",
  elements: { type: "record", fields: [{ pattern: { type: "string", required: true } }, { err: string }] },
};
const jsonSchema: MetaField = { type: "any", custom_validator: jsonSchemaFunction };

/** Attributes that say what a value must be; a condition of an entity check may have them too. */
const validatorRows: readonly AttributeRow[] = [
  { name: "between", until: "3.4", is: { type: "array", elements: integer, len_eq: 2 } },
  { name: "between", since: "3.4", is: { type: "array", elements: { type: "number" }, len_eq: 2 } },
  { name: "eq", is: any },
  { name: "ne", is: any },
  { name: "gt", is: { type: "number" } },
  { name: "len_eq", is: integer },
  { name: "len_min", is: integer },
  { name: "len_max", is: integer },
  { name: "match", is: string },
  { name: "not_match", is: string },
  { name: "match_all", is: patterns },
  { name: "match_none", is: patterns },
  {
    name: "match_any",
    is: { type: "record", fields: [{ patterns: { ...strings, required: true } }, { err: string }] },
  },
  { name: "starts_with", is: string },
  { name: "one_of", is: { type: "array", elements: any } },
  { name: "not_one_of", is: { type: "array", elements: any } },
  { name: "contains", is: any },
  { name: "is_regex", is: boolean },
  { name: "timestamp", is: boolean },
  { name: "uuid", is: boolean },
  { name: "custom_validator", is: { type: "function" } },
  { name: "mutually_exclusive_subsets", is: { type: "array", elements: strings } },
];

/** All other attributes but the type and those that hold fields. */
const attributeRows: readonly AttributeRow[] = [
  { name: "required", is: boolean },
  { name: "reference", is: string },
  { name: "description", since: "3.4", is: { type: "string", len_min: 10, len_max: 500 } },
  { name: "examples", since: "3.6", is: { type: "array", elements: any } },
  { name: "auto", is: boolean },
  { name: "unique", is: boolean },
  { name: "unique_across_ws", is: boolean },
  { name: "on_delete", is: { type: "string", one_of: ["restrict", "cascade", "null"] } },
  { name: "default", is: { type: "self" } },
  { name: "abstract", is: boolean },
  { name: "generate_admin_api", is: boolean },
  { name: "immutable", is: boolean },
  { name: "legacy", until: "3.0", is: boolean },
  { name: "err", is: string },
  { name: "encrypted", is: boolean },
  { name: "referenceable", is: boolean },
  {
    name: "json_schema",
    since: "3.5",
    is: {
      type: "record",
      fields: [
        { namespace: { type: "string", one_of: ["proxy-wasm-filters"] } },
        { parent_subschema_key: string },
        { optional: boolean },
        { inline: jsonSchema },
        { default: jsonSchema },
      ],
      entity_checks: [
        { at_least_one_of: ["inline", "namespace", "parent_subschema_key"] },
        { mutually_required: ["namespace", "parent_subschema_key"] },
        { mutually_exclusive_sets: { set1: ["inline"], set2: ["namespace", "parent_subschema_key", "optional"] } },
      ],
    },
  },
  { name: "transient", since: "3.8", is: boolean },
  { name: "deprecation", since: "3.7", until: "3.8", is: deprecation([]) },
  {
    name: "deprecation",
    since: "3.8",
    is: deprecation([
      {
        replaced_with: {
          type: "array",
          elements: {
            type: "record",
            fields: [
              { path: { ...strings, len_min: 1, required: true } },
              { reverse_mapping_function: { type: "function" } },
            ],
          },
        },
      },
    ]),
  },
];

function deprecation(further: readonly MetaEntry[]): MetaField {
  return {
    type: "record",
    fields: [
      { message: { type: "string", required: true } },
      { removal_in_version: { type: "string", required: true } },
      { old_default: any },
      ...further,
    ],
  };
}

/** Beside the attributes of every field, a shorthand field has these. */
const shorthandRows: readonly AttributeRow[] = [
  { name: "translate_backwards", since: "3.6", until: "3.9", is: strings },
];

const customCheckRows: readonly AttributeRow[] = [
  { name: "field_sources", is: strings },
  { name: "fn", is: { type: "function" } },
  { name: "run_with_missing_fields", since: "3.2", is: boolean },
  { name: "run_with_invalid_fields", since: "3.4", is: boolean },
];

/** Which releases know an attribute that others do not, as in "3.6 to before 3.9"; undefined where all do, or none. */
export function releasesKnowing(attribute: string): string | undefined {
  const rows = [...validatorRows, ...attributeRows, ...shorthandRows, ...customCheckRows].filter(
    ({ name }) => name === attribute,
  );
  const [first, last] = [rows[0]?.since, rows.at(-1)?.until];
  if (last === undefined) return first === undefined ? undefined : `${first} and later`;
  return first === undefined ? `before ${last}` : `${first} to before ${last}`;
}

/** A field that is unique in all workspaces has to be unique. */
const fieldChecks: readonly MetaCheck[] = [
  {
    conditional: {
      if_field: "unique_across_ws",
      if_match: { eq: true },
      then_field: "unique",
      then_match: { eq: true, required: true },
    },
  },
];

const metaFields = new Map<string, MetaField>();
const definitions = new Map<string, RecordDefinition>();

/** The metaschema of a release as the engine has it. */
export function metaschemaOf(release: Release): RecordDefinition {
  const key = keyOf(release);
  const known = definitions.get(key);
  if (known !== undefined) return known;
  const definition = new RecordDefinition(tableFrom(metaFieldOf(release), new Map()));
  definitions.set(key, definition);
  return definition;
}

/** The metaschema of a release as it is written: a record. */
export function metaFieldOf(release: Release): MetaField {
  const key = keyOf(release);
  const known = metaFields.get(key);
  if (known !== undefined) return known;
  const field = build(release);
  metaFields.set(key, field);
  return field;
}

function keyOf({ major, minor }: Release): string {
  return `${major}.${minor}`;
}

/** The definitions contain each other, as fields do: the lists are made first and filled then. */
function build(release: Release): MetaField {
  const known = (rows: readonly AttributeRow[]) => rows.filter((row) => isKnown(row, release));
  const types = typeRows.filter((row) => isKnown(row, release));
  const attributes: MetaEntry[] = [];
  const shorthandAttributes: MetaEntry[] = [];
  const validators = known(validatorRows);

  const fieldEntries = (values: MetaField): MetaField => ({
    type: "array",
    elements: { type: "map", keys: string, values, required: true, len_eq: 1 },
  });
  const ofFields: MetaField = { type: "record", fields: attributes };
  const fields = fieldEntries({ ...ofFields, entity_checks: fieldChecks });
  const shorthandFields = fieldEntries({ type: "record", fields: shorthandAttributes, entity_checks: fieldChecks });
  const functions = fieldEntries({ type: "function" });
  const condition: MetaField = {
    type: "record",
    fields: [
      { required: boolean },
      { elements: ofFields },
      { keys: ofFields },
      { values: ofFields },
      ...validators.map(({ name, is }) => ({ [name]: is })),
    ],
  };
  const checks: Readonly<Record<string, MetaField>> = {
    at_least_one_of: strings,
    conditional_at_least_one_of: {
      type: "record",
      fields: [
        { if_field: string },
        { if_match: condition },
        { then_at_least_one_of: strings },
        { then_err: string },
        { else_match: condition },
        { else_then_at_least_one_of: strings },
        { else_then_err: string },
      ],
    },
    only_one_of: strings,
    distinct: strings,
    conditional: {
      type: "record",
      fields: [
        { if_field: string },
        { if_match: condition },
        { then_field: string },
        { then_match: condition },
        { then_err: string },
      ],
    },
    custom_entity_check: {
      type: "record",
      fields: known(customCheckRows).map(({ name, is }) => ({ [name]: is })),
    },
    mutually_required: strings,
    mutually_exclusive: strings,
    mutually_exclusive_sets: { type: "record", fields: [{ set1: strings }, { set2: strings }] },
  };
  const entityChecks: MetaField = {
    type: "array",
    elements: {
      type: "record",
      fields: Object.entries(checks).map(([name, is]) => ({ [name]: is })),
      entity_checks: [{ only_one_of: Object.keys(checks) }],
    },
  };

  const shared: readonly MetaEntry[] = [
    ...[...known(attributeRows), ...validators].map(({ name, is }) => ({ [name]: nilable(is) })),
    { elements: ofFields },
    { keys: ofFields },
    { values: ofFields },
    { fields },
    { entity_checks: nilable(entityChecks) },
    { shorthand_fields: nilable(shorthandFields) },
    ...(isSince(release, "3.0") ? [] : [{ shorthands: nilable(functions) }]),
  ];
  const typeOf = (allowed: typeof types): MetaEntry => ({
    type: { type: "string", one_of: allowed.map(({ type }) => type), required: true },
  });
  attributes.push(typeOf(types), ...shared);
  shorthandAttributes.push(
    typeOf(types.filter(({ shorthand }) => shorthand)),
    ...shared,
    { func: { type: "function", required: true } },
    ...known(shorthandRows).map(({ name, is }) => ({ [name]: is })),
  );
  const onWrite: MetaField = isSince(release, "3.1") ? { type: "function" } : { type: "function", required: true };
  const transformations: MetaField = {
    type: "array",
    elements: {
      type: "record",
      fields: [{ input: strings }, { needs: strings }, { on_write: onWrite }, { on_read: { type: "function" } }],
      entity_checks: [{ at_least_one_of: ["on_write", "on_read"] }],
    },
  };
  const plugin: readonly MetaEntry[] = [
    { name: { type: "string", required: true } },
    { fields },
    { entity_checks: nilable(entityChecks) },
    { shorthand_fields: nilable(shorthandFields) },
    ...(isSince(release, "3.0") ? [] : [{ shorthands: nilable(functions) }]),
    { transformations: nilable(transformations) },
    { check: nilable({ type: "function" }) },
  ];
  return { type: "record", fields: plugin };
}

function nilable(is: MetaField): MetaField {
  return { ...is, nilable: true };
}

function isKnown({ since, until }: { readonly since?: string; readonly until?: string }, release: Release): boolean {
  return (since === undefined || isSince(release, since)) && (until === undefined || !isSince(release, until));
}

/** A definition as Kong's table: one that stands in many places, or in itself, becomes one table. */
function tableFrom(written: object, made: Map<object, Table>): Table {
  const known = made.get(written);
  if (known !== undefined) return known;
  const table = new Table();
  made.set(written, table);
  const entries: readonly (readonly [Data, unknown])[] = Array.isArray(written)
    ? written.map((item: unknown, index) => [index + 1, item])
    : Object.entries(written);
  for (const [key, item] of entries) table.set(key, dataFrom(item, made));
  return table;
}

function dataFrom(written: unknown, made: Map<object, Table>): Data {
  if (written instanceof LuaFunctionValue) return written;
  if (typeof written === "object" && written !== null) return tableFrom(written, made);
  if (typeof written === "string" || typeof written === "number" || typeof written === "boolean") return written;
  throw new Error("a definition that cannot be written in Lua");
}

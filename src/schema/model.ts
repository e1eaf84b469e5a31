import type { Position } from "../errors.js";
import type { Limits } from "../lua/limits.js";

/**
 * A value in a schema or in a plugin configuration: JSON, and the few things that only Lua has.
 * `null` is `ngx.null`; an absent value is `undefined` and never stands inside a `Value`.
 * An empty Lua table is `[]`. Everything is deep-frozen plain data with own properties only.
 */
export type Value =
  null | boolean | number | string | readonly Value[] | ValueMap | LuaFunction | Opaque | Bytes | MixedTable;

/** A Lua table with string keys. Read it with `Object.hasOwn` or `Object.entries`: keys are the user's. */
export interface ValueMap {
  readonly [key: string]: Value;
}

/** A Lua function. Equal functions have equal digests: SHA-256 of the normalised text and the values of the upvalues. */
export interface LuaFunction {
  /** `"lua:N"`, the N-th function found in the evaluated schema, or `"native:NAME"`, one of our own typedefs' functions. */
  readonly luaFunction: string;
  readonly digest: string;
  readonly position?: Position;
}

/** A value that comes from a module which is not visible here, with its access path: `"kong.meta._NAME"`. */
export interface Opaque {
  readonly opaque: string;
}

/** A Lua string that is not valid UTF-8, in base64. */
export interface Bytes {
  readonly bytes: string;
}

/** A table that is neither a list nor string-keyed, or whose keys would read as one of the forms above. In source order. */
export interface MixedTable {
  readonly luaTable: readonly (readonly [Value, Value])[];
}

/** Whether a value is one of the special forms; a table of the schema that merely looks like one is a `MixedTable`. */
export function isLuaFunction(value: Value | undefined): value is LuaFunction {
  return isSpecial(value, "luaFunction");
}

export function isOpaque(value: Value | undefined): value is Opaque {
  return isSpecial(value, "opaque");
}

export function isBytes(value: Value | undefined): value is Bytes {
  return isSpecial(value, "bytes");
}

export function isMixedTable(value: Value | undefined): value is MixedTable {
  return isSpecial(value, "luaTable");
}

/** Whether a value is a table with string keys, and no special form. */
export function isValueMap(value: Value | undefined): value is ValueMap {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !specialKeys.some((key) => Object.hasOwn(value, key))
  );
}

export const specialKeys = ["luaFunction", "opaque", "bytes", "luaTable"] as const;

function isSpecial(value: Value | undefined, key: (typeof specialKeys)[number]): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key);
}

/** What all fields have. Attributes keep Kong's names and are exactly as the schema gives them, in source order. */
interface FieldBase {
  /** Where the field's definition stands, or the nearest place in the source that is known. */
  readonly position?: Position;
  /** The attribute `required` as written; Kong's record rules are not applied here. */
  readonly required?: boolean;
  /** The attribute `default` as written: `false`, `""`, `0` and `[]` are defaults too. */
  readonly default?: Value;
  /** All other attributes but `type` and those that hold fields (`elements`, `keys`, `values`, `fields`, `shorthand_fields`, `entity_checks`). */
  readonly attributes: ValueMap;
}

export interface ScalarField extends FieldBase {
  readonly type: "string" | "number" | "integer" | "boolean" | "json" | "function" | "any";
}

export interface ForeignField extends FieldBase {
  readonly type: "foreign";
}

export interface ListField extends FieldBase {
  readonly type: "array" | "set";
  readonly elements: Field;
}

export interface MapField extends FieldBase {
  readonly type: "map";
  readonly keys: Field;
  readonly values: Field;
}

export interface RecordField extends FieldBase, RecordBody {
  readonly type: "record";
}

/** A field whose whole definition comes from a module that is not visible here. */
export interface OpaqueField extends FieldBase {
  readonly type: "opaque";
  readonly opaque: string;
}

export type Field = ScalarField | ForeignField | ListField | MapField | RecordField | OpaqueField;
export type FieldType = Field["type"];

/** What a record has, and the top level of a plugin's schema too. */
export interface RecordBody {
  /** In source order. A name can stand twice: the last definition wins (see `findField`). */
  readonly fields: readonly NamedField[];
  readonly shorthandFields: readonly NamedField[];
  /** Each as written: `{ at_least_one_of: ["a", "b"] }`. */
  readonly entityChecks: readonly EntityCheck[];
}

export interface NamedField {
  readonly name: string;
  /** Where the name stands. */
  readonly position?: Position;
  readonly field: Field;
}

export interface EntityCheck {
  readonly position?: Position;
  readonly check: ValueMap | Opaque;
}

/** The last definition of a name, which is the one that Kong uses (`Schema.new`, kong/db/schema/init.lua 3.9.1). */
export function findField(fields: readonly NamedField[], name: string): NamedField | undefined {
  return fields.findLast((named) => named.name === name);
}

export type Role = "control_plane" | "data_plane";
export type Edition = "enterprise" | "oss";

/** How a source was read; reading it again with the same options gives the same schema. */
export interface ReadOptions {
  /** Shown in positions. */
  readonly filename?: string;
  /** The plugin's name as the folder has it: `({...})[1]` is then `kong.plugins.NAME.schema`. */
  readonly pluginName?: string;
  /** Selects the typedefs and engine rules of a release, three or four numbers; the newest known by default. */
  readonly gatewayVersion?: string;
  /** `"enterprise"` by default: it has the field `consumer_group` and more typedefs. */
  readonly edition?: Edition;
  /** Lua sources by module name, for `require`; what is not here is opaque. */
  readonly modules?: Readonly<Record<string, string>>;
  /** Bounds on the evaluation; see `defaultLimits`. */
  readonly limits?: Partial<Limits>;
}

/** One evaluated tree: what a node in one role sees. */
export interface SchemaTree extends RecordBody {
  /** The schema's own `name`. */
  readonly name: string;
  /** Where the name stands. */
  readonly position?: Position;
  /** What the schema's table holds beside `name`, `fields`, `entity_checks` and `shorthand_fields`. */
  readonly attributes: ValueMap;
}

/** Something the reader should know of a schema, a plan or an instance, which is not an error. */
export interface Finding {
  readonly id: string;
  readonly severity: "error" | "warning" | "note";
  readonly message: string;
  readonly position?: Position;
  /** The address of the page, or the Kong file and release, that says so. */
  readonly source?: string;
}

/** A plugin's schema: deep-frozen, structured-cloneable plain data. */
export interface PluginSchema extends SchemaTree {
  /** Present where the source reads the `kong` global and a data plane gets another tree than a control plane, whose tree is the schema itself. */
  readonly dataPlane?: SchemaTree;
  /** What is noted about the source: opaque modules, fields that differ by role, duplicate names. */
  readonly findings: readonly Finding[];
  /** The text, as it was given. */
  readonly source: string;
  /** The options, as they were given. */
  readonly options: ReadOptions;
}

/** The tree that a node in this role has. */
export function treeFor(schema: PluginSchema, role: Role): SchemaTree {
  return role === "data_plane" ? (schema.dataPlane ?? schema) : schema;
}

/** A segment of a path: a name, or the one place inside an array, set or map. */
export type PathSegment = string | { readonly in: "elements" | "keys" | "values" };

/** Starts at the plugin: `["config", "redis", "host"]`. */
export type FieldPath = readonly PathSegment[];

/** `config.l[].x`, `config.m{}.x`, `config.m{key}`. */
export function showPath(path: FieldPath): string {
  let shown = "";
  for (const segment of path) {
    if (typeof segment === "string") shown += shown === "" ? segment : `.${segment}`;
    else shown += { elements: "[]", values: "{}", keys: "{key}" }[segment.in];
  }
  return shown;
}

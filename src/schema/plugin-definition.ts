import { pluginEntityFields, pluginNotEnabled } from "../kong/plugin-entity.js";
import type { NativeFunction, TypedefValue } from "../kong/typedefs/index.js";
import { LuaFunctionValue, LuaOpaque } from "../lua/value.js";
import { Table, fromValue, listOf, tableOf } from "./engine/data.js";
import type { Data } from "./engine/data.js";
import { RecordDefinition } from "./engine/definitions.js";
import { treeFor } from "./model.js";
import type { Field, NamedField, PluginSchema, ReadOptions, RecordBody, Role, SchemaTree } from "./model.js";

/** A plugin loaded into a node: the plugins entity, specialised by the plugin's schema. */
export interface LoadedPlugin {
  /** The name under which instances refer to the plugin. */
  readonly name: string;
  /** As the Admin API and the database know it: a route, service or consumer is a table with an `id`. */
  readonly entity: RecordDefinition;
  /** As a payload has it: a route, service or consumer is the id alone. */
  readonly payloadEntity: RecordDefinition;
}

const loaded = new WeakMap<SchemaTree, LoadedPlugin>();

/** The plugin as a node in this role has loaded it. */
export function loadPlugin(schema: PluginSchema, role: Role): LoadedPlugin {
  const tree = treeFor(schema, role);
  const known = loaded.get(tree);
  if (known !== undefined) return known;
  const plugin = specialise(tree, schema.options);
  loaded.set(tree, plugin);
  return plugin;
}

function specialise(tree: SchemaTree, options: ReadOptions): LoadedPlugin {
  const name = options.pluginName ?? tree.name;
  const subschema = { keyField: "name", key: name, record: pluginRecord(tree), unknownKey: pluginNotEnabled };
  const { entity, payloadEntity } = entitiesUnder(options);
  return {
    name,
    entity: new RecordDefinition(entity, subschema),
    payloadEntity: new RecordDefinition(payloadEntity, subschema),
  };
}

const entities = new WeakMap<ReadOptions, Readonly<Record<"entity" | "payloadEntity", Table>>>();

/** The plugins entity of a release, which its plugins share. */
function entitiesUnder(options: ReadOptions): Readonly<Record<"entity" | "payloadEntity", Table>> {
  const known = entities.get(options);
  if (known !== undefined) return known;
  const fields = pluginEntityFields(options).map(({ name, field }) => [name, typedefData(field)] as const);
  const payloadFields = fields.map(([name, field]) => [name, isForeign(field) ? idField() : field] as const);
  const made = {
    entity: tableOf([["fields", fieldList(fields)]]),
    payloadEntity: tableOf([["fields", fieldList(payloadFields)]]),
  };
  entities.set(options, made);
  return made;
}

function isForeign(field: Data): boolean {
  return field instanceof Table && field.get("type") === "foreign";
}

/** What `reference_foreign_by_name` of kong/db/schema/others/declarative_config.lua makes of a foreign field. */
function idField(): Table {
  return tableOf([
    ["type", "string"],
    ["default", null],
  ]);
}

function fieldList(fields: readonly (readonly [string, Data])[]): Table {
  return listOf(fields.map((entry) => tableOf([entry])));
}

/** What a schema is to Kong once it is loaded: a record, in which `make_records_required` of kong/db/schema/entity.lua has been. */
export function pluginRecord(tree: SchemaTree): RecordDefinition {
  const attributes = Object.entries(tree.attributes).map(([name, value]) => [name, fromValue(value)] as const);
  return new RecordDefinition(recordTable(tree, attributes, "only records around"));
}

const alone = new WeakMap<Field, RecordDefinition>();

/** A record in which a field stands by itself, as `value`. */
export function fieldRecord(field: Field): RecordDefinition {
  const known = alone.get(field);
  if (known !== undefined) return known;
  const record = new RecordDefinition(
    tableOf([["fields", listOf([namedField({ name: "value", field }, "only records around")])]]),
  );
  alone.set(field, record);
  return record;
}

/** Records that only records lead to are required unless they say otherwise; those in lists and maps are left as they are. */
type Place = "only records around" | "in a list or map";

const tables: Readonly<Record<Place, WeakMap<Field, Data>>> = {
  "only records around": new WeakMap(),
  "in a list or map": new WeakMap(),
};

/** A typed field as Kong's table of attributes: the same table for the same field, so that what hangs on the table is made once. */
function fieldData(field: Field, place: Place): Data {
  const made = tables[place].get(field);
  if (made !== undefined) return made;
  const data = makeData(field, place);
  // Kong marks the table of a foreign field in a record.
  if (field.type !== "foreign") tables[place].set(field, data);
  return data;
}

function makeData(field: Field, place: Place): Data {
  const inside: Place = "in a list or map";
  switch (field.type) {
    case "opaque":
      return new LuaOpaque(field.opaque);
    case "record": {
      const table = recordTable(field, attributesOf(field), place);
      if (place === "only records around" && table.get("required") === undefined) table.set("required", true);
      return table;
    }
    case "array":
    case "set":
      return tableOf([...attributesOf(field), ["elements", fieldData(field.elements, inside)]]);
    case "map":
      return tableOf([
        ...attributesOf(field),
        ["keys", fieldData(field.keys, inside)],
        ["values", fieldData(field.values, inside)],
      ]);
    case "string":
    case "number":
    case "integer":
    case "boolean":
    case "json":
    case "function":
    case "any":
    case "foreign":
      return tableOf(attributesOf(field));
  }
}

function attributesOf(field: Field): (readonly [string, Data | undefined])[] {
  return [
    ["type", field.type],
    ["required", field.required],
    ["default", field.default === undefined ? undefined : fromValue(field.default)],
    ...Object.entries(field.attributes).map(([name, value]) => [name, fromValue(value)] as const),
  ];
}

function recordTable(
  body: RecordBody,
  attributes: readonly (readonly [string, Data | undefined])[],
  place: Place,
): Table {
  const optional = (list: readonly Data[]) => (list.length === 0 ? undefined : listOf(list));
  return tableOf([
    ...attributes,
    ["fields", listOf(body.fields.map((named) => namedField(named, place)))],
    ["shorthand_fields", optional(body.shorthandFields.map((named) => namedField(named, "in a list or map")))],
    ["entity_checks", optional(body.entityChecks.map(({ check }) => fromValue(check)))],
  ]);
}

/** An entry of `fields`; one whose very name is not visible stands as the opaque value that it is. */
function namedField({ name, field }: NamedField, place: Place): Data {
  const isNameless = field.type === "opaque" && name === `(${field.opaque})`;
  return isNameless ? fieldData(field, place) : tableOf([[name, fieldData(field, place)]]);
}

/**
 * `make_records_required` of kong/db/schema/entity.lua: a record that stands directly in a record is required unless it says otherwise. Gives
 * whether that concerns a record around it with a default, which has to be complete then.
 */
export function requireRecords(definition: Table, isInDefault = false): boolean {
  const fields = definition.get("fields");
  let concernsDefault = false;
  for (const item of fields instanceof Table ? fields.list : []) {
    for (const [, field] of item instanceof Table ? item.entries() : []) {
      if (!(field instanceof Table) || field.get("type") !== "record") continue;
      if (field.get("required") === undefined) {
        field.set("required", true);
        concernsDefault ||= isInDefault;
      }
      const isNestedInDefault = isInDefault || field.get("default") instanceof Table;
      if (requireRecords(field, isNestedInDefault)) concernsDefault = true;
    }
  }
  return concernsDefault;
}

/** A typedef as Kong's table. */
export function typedefData(value: TypedefValue): Data {
  if (value === null || typeof value !== "object") return value;
  if (isTypedefList(value)) return listOf(value.map(typedefData));
  if (isNative(value)) {
    return new LuaFunctionValue(`native:${value.native}`, `native:${value.native}`, undefined);
  }
  return tableOf(Object.entries(value).map(([key, item]) => [key, typedefData(item)]));
}

function isNative(value: object): value is NativeFunction {
  return "native" in value && typeof value.native === "string";
}

function isTypedefList(value: TypedefValue): value is readonly TypedefValue[] {
  return Array.isArray(value);
}

import { LuaOpaque } from "../lua/value.js";
import { Table, tableOf } from "./engine/data.js";
import type { Data } from "./engine/data.js";
import type { Host } from "./engine/host.js";
import { LuaRaise, assign, display, index, isTruthy, items, length, luaType, pairs } from "./engine/lua.js";

const attributesOfType: Readonly<Record<string, readonly string[]>> = {
  array: ["elements"],
  set: ["elements"],
  map: ["keys", "values"],
  record: ["fields"],
  json: ["json_schema"],
};

const typesOfAttribute: Readonly<Record<string, readonly string[]>> = {
  between: ["integer", "number"],
  len_eq: ["array", "set", "string", "map"],
  match: ["string"],
  one_of: ["string", "number", "integer"],
  contains: ["array", "set"],
  is_regex: ["string"],
  timestamp: ["number", "integer"],
  uuid: ["string"],
  legacy: ["string"],
  unique: ["string", "number", "integer", "foreign"],
  unique_across_ws: ["string", "number", "integer", "foreign"],
  abstract: ["string", "number", "integer", "record", "array", "set", "map"],
  json_schema: ["json"],
  transient: ["string", "number", "integer", "array", "set", "boolean"],
};

/** What a type cannot do without. */
export function requiredAttributes(type: unknown): readonly string[] {
  return own(attributesOfType, type) ?? [];
}

/** Whether an attribute may stand on a type; most may stand on any. */
export function mayStandOn(attribute: unknown, type: unknown): boolean {
  return own(typesOfAttribute, attribute)?.some((allowed) => allowed === type) ?? true;
}

/**
 * The rules of the metaschema that take code: `check_fields` of kong/db/schema/metaschema.lua, 3.9.1. They put their errors under the bare
 * name of a field, however deep it stands; given back is what these names mean.
 */
export function checkFields(schema: Table, errors: Table, host: Host): Places {
  const report = { errors, places: new Map<Data, Place>(), host };
  host.attempt(() => checkTransformations(schema, errors));
  checkFieldList(schema, report);
  return report.places;
}

/** A table of the schema, and the key in it that is to blame where that is known. */
export interface Place {
  readonly table: Table;
  readonly key?: Data;
}

/** What the bare names in the errors mean. */
export type Places = ReadonlyMap<Data, Place>;

interface Report {
  readonly errors: Table;
  readonly places: Map<Data, Place>;
  readonly host: Host;
}

function checkTransformations(schema: Table, errors: Table): void {
  const transformations = schema.get("transformations");
  if (!isTruthy(transformations)) return;
  for (const [at, transformation] of items(transformations).entries()) {
    for (const kind of ["input", "needs"]) {
      const names = index(transformation, kind);
      if (!isTruthy(names)) continue;
      for (const [nameAt, name] of items(names).entries()) {
        if (hasField(schema, name)) continue;
        const perKind = child(child(errors, "transformations"), kind);
        child(perKind, at + 1).set(nameAt + 1, `invalid field name: ${display(name)}`);
      }
    }
  }
}

function child(table: Table, key: Data): Table {
  const known = table.get(key);
  if (known instanceof Table) return known;
  const made = new Table();
  assign(table, key, made);
  return made;
}

/** `has_schema_field` */
function hasField(schema: Data | undefined, path: Data): boolean {
  if (schema === undefined) return false;
  if (typeof path !== "string") throw new LuaRaise(`bad argument #1 to 'find' (string expected, got ${luaType(path)})`);
  const dot = path.indexOf(".");
  const head = dot < 0 ? path : path.slice(0, dot);
  for (const item of items(index(schema, "fields"))) {
    const [entry] = pairs(item);
    if (entry?.[0] !== head) continue;
    const field = entry[1];
    // Foreign schemas are not at hand here, so that Kong trusts the author.
    return dot < 0 || index(field, "type") === "foreign" || hasField(field, path.slice(dot + 1));
  }
  return false;
}

function checkFieldList(schema: Data, report: Report): void {
  const fields = index(schema, "fields");
  if (fields instanceof LuaOpaque) return;
  for (let at = 1; at <= length(fields); at++) {
    const item = index(fields, at);
    if (item instanceof LuaOpaque) continue;
    const [entry] = item instanceof Table ? item.entries() : [];
    if (!(item instanceof Table) || entry === undefined) {
      const isTable = item instanceof Table;
      const place = fields instanceof Table ? { table: fields, key: at } : undefined;
      note(
        report,
        "fields",
        place,
        isTable ? "field entry table is empty" : "each entry in fields must be a sub-table",
      );
      return;
    }
    const [name, field] = entry;
    if (field instanceof LuaOpaque) continue;
    if (field instanceof Table) report.host.attempt(() => checkField(name, field, schema, report));
    else note(report, name, { table: item, key: name }, `'${display(name)}' must be a table`);
  }
}

function note({ errors, places }: Report, name: Data, place: Place | undefined, error: string): void {
  if (place !== undefined) places.set(name, place);
  errors.set(name, error);
}

/** `check_field` */
function checkField(name: Data, field: Table, parent: Data, report: Report): void {
  const type = field.get("type");
  if (!isTruthy(type)) {
    note(report, name, { table: field }, "missing type declaration");
    return;
  }
  const isAbstractRecord = type === "record" && isTruthy(field.get("abstract"));
  for (const required of isAbstractRecord ? [] : requiredAttributes(type)) {
    if (isThere(field.get(required))) continue;
    note(report, name, { table: field }, `field of type '${display(type)}' must declare '${required}'`);
  }
  for (const [attribute] of field.entries()) {
    if (mayStandOn(attribute, type)) continue;
    const place = { table: field, key: attribute };
    note(report, name, place, `field of type '${display(type)}' cannot have attribute '${display(attribute)}'`);
  }
  for (const nested of ["elements", "keys", "values"]) {
    const definition = field.get(nested);
    if (definition instanceof LuaOpaque || !isTruthy(definition)) continue;
    if (definition instanceof Table) checkField(name, definition, field, report);
    else note(report, name, { table: field, key: nested }, `'${nested}' must be a table`);
  }
  if (type === "json" && lacksParentKey(name, field, parent, report)) return;
  if (isThere(field.get("fields"))) checkFieldList(field, report);
}

function isThere(attribute: Data | undefined): boolean {
  return attribute instanceof LuaOpaque || isTruthy(attribute);
}

/** Whether the field of the parent is missing whose value selects a JSON schema, which ends the check of the field. */
function lacksParentKey(name: Data, field: Table, parent: Data, { errors, places }: Report): boolean {
  const source = field.get("json_schema");
  const key = isTruthy(source) ? index(source, "parent_subschema_key") : undefined;
  if (!isTruthy(key)) return false;
  const [, selecting] =
    items(index(parent, "fields"))
      .map((item) => pairs(item)[0])
      .find((named) => named?.[0] === key) ?? [];
  if (selecting !== undefined && index(selecting, "type") === "string") return false;
  const kind = selecting === undefined ? "a field name" : "a string field";
  places.set(name, { table: field, key: "json_schema" });
  if (!isTruthy(errors.get(name))) errors.set(name, new Table());
  const error = tableOf([["parent_subschema_key", `value must be ${kind} of the parent schema`]]);
  assign(errors.get(name), "json_schema", error);
  return selecting === undefined;
}

function own(table: Readonly<Record<string, readonly string[]>>, key: unknown): readonly string[] | undefined {
  return typeof key === "string" && Object.hasOwn(table, key) ? table[key] : undefined;
}

import type { SchemaTrees } from "../diff/trees.js";
import { isList } from "../changes/value-key.js";
import type { LuaFunctions } from "../lua/value.js";
import { functionsOf, lendFunctions } from "../schema/functions.js";
import {
  isBytes,
  isLuaFunction,
  isMixedTable,
  isOpaque,
  treeFor,
  type Field,
  type NamedField,
  type PluginSchema,
  type RecordBody,
  type Role,
  type SchemaTree,
  type Value,
  type ValueMap,
} from "../schema/model.js";

/** A schema that no source gives, of parts of the two versions: judged like one of `like`, with the functions of both. */
export function madeSchema(
  trees: SchemaTrees,
  like: PluginSchema,
  versions: readonly [old: PluginSchema, now: PluginSchema],
): PluginSchema {
  const { dataPlane } = trees;
  const hasRoles = versions.some((version) => version.dataPlane !== undefined);
  const schema: PluginSchema = {
    ...renameInTree(trees),
    ...(hasRoles && dataPlane !== undefined ? { dataPlane: renameInTree(dataPlane) } : {}),
    findings: [],
    source: "",
    options: like.options,
  };
  lendFunctions(schema, (role) => lendersOf(versions, role));
  return schema;
}

/** Calls a function by its digest, in the version that has it. */
function lendersOf(versions: readonly PluginSchema[], role: Role): LuaFunctions {
  return {
    call(digest, args) {
      for (const version of versions) {
        const id = functionIds(version, role).get(digest);
        if (id !== undefined) return remembered(version, role, id, args);
      }
      return {
        outcome: "unknown",
        missing: ["a function that neither version has"],
        argumentsAfter: args.map(nothing),
      };
    },
  };
}

type Result = ReturnType<LuaFunctions["call"]>;

/** What the functions of a version answered, by role, function and arguments. */
const answers = new WeakMap<PluginSchema, Map<string, Result>>();

/** A function that needs what is not here is not asked more often than this: each time costs a new sandbox. */
const mostUnknown = 3;

function remembered(version: PluginSchema, role: Role, id: string, args: Parameters<LuaFunctions["call"]>[1]): Result {
  const known = answers.get(version) ?? new Map<string, Result>();
  answers.set(version, known);
  const name = `${role} ${id}`;
  const key = `${name} ${JSON.stringify(args)}`;
  const before = known.get(key) ?? known.get(name);
  if (before !== undefined) return before;
  const result = functionsOf(version, role).call(id, args);
  known.set(key, result);
  if (result.outcome === "unknown") {
    const unknowns = [...known].filter(([other, { outcome }]) => other.startsWith(`${name} `) && outcome === "unknown");
    if (unknowns.length >= mostUnknown) known.set(name, result);
  }
  return result;
}

const nothing = () => undefined;

const ids = new WeakMap<SchemaTree, ReadonlyMap<string, string>>();

/** The functions of a schema by digest. */
function functionIds(schema: PluginSchema, role: Role): ReadonlyMap<string, string> {
  const tree = treeFor(schema, role);
  const known = ids.get(tree);
  if (known !== undefined) return known;
  const found = new Map<string, string>();
  mapBody(tree, (digest, id) => {
    found.set(digest, id);
    return id;
  });
  for (const value of Object.values(tree.attributes)) mapValue(value, (digest, id) => (found.set(digest, id), id));
  ids.set(tree, found);
  return found;
}

type Rename = (digest: string, id: string) => string;

/** Functions of typedefs are known by their own ids. */
const toDigest: Rename = (digest, id) => (id.startsWith("native:") ? id : digest);

function renameInTree(tree: SchemaTree): SchemaTree {
  return { name: tree.name, attributes: mapAll(tree.attributes, toDigest), ...mapBody(tree, toDigest) };
}

const renamed = new WeakMap<Field, Field>();

/** The same for the same field, so that what is known of it stays known. */
function renameInField(field: Field): Field {
  const known = renamed.get(field);
  if (known !== undefined) return known;
  const made = mapField(field, toDigest);
  renamed.set(field, made);
  return made;
}

function mapBody({ fields, shorthandFields, entityChecks }: RecordBody, rename: Rename): RecordBody {
  const mapInside = (field: Field): Field => (rename === toDigest ? renameInField(field) : mapField(field, rename));
  const mapNamed = (named: NamedField): NamedField => ({ ...named, field: mapInside(named.field) });
  return {
    fields: fields.map(mapNamed),
    shorthandFields: shorthandFields.map(mapNamed),
    entityChecks: entityChecks.map((entry) => {
      const { check } = entry;
      return isOpaque(check) ? entry : { ...entry, check: mapAll(check, rename) };
    }),
  };
}

function mapField(field: Field, rename: Rename): Field {
  const { default: preset } = field;
  const base = {
    ...(preset === undefined ? {} : { default: mapValue(preset, rename) }),
    attributes: mapAll(field.attributes, rename),
  };
  switch (field.type) {
    case "array":
    case "set":
      return { ...field, ...base, elements: mapField(field.elements, rename) };
    case "map":
      return { ...field, ...base, keys: mapField(field.keys, rename), values: mapField(field.values, rename) };
    case "record":
      return { ...field, ...base, ...mapBody(field, rename) };
    case "string":
    case "number":
    case "integer":
    case "boolean":
    case "json":
    case "function":
    case "any":
    case "foreign":
    case "opaque":
      return { ...field, ...base };
  }
}

function mapAll(map: ValueMap, rename: Rename): ValueMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, mapValue(value, rename)]));
}

function mapValue(value: Value, rename: Rename): Value {
  if (value === null || typeof value !== "object" || isOpaque(value) || isBytes(value)) return value;
  if (isLuaFunction(value)) return { ...value, luaFunction: rename(value.digest, value.luaFunction) };
  if (isMixedTable(value)) {
    return { luaTable: value.luaTable.map(([key, item]) => [mapValue(key, rename), mapValue(item, rename)] as const) };
  }
  if (isList(value)) return value.map((item) => mapValue(item, rename));
  return mapAll(value, rename);
}

import { SchemaError, type Position } from "../errors.js";
import { LuaOpaque, LuaTable, type LuaValue } from "../lua/value.js";
import {
  isOpaque,
  isValueMap,
  type EntityCheck,
  type Field,
  type NamedField,
  type RecordBody,
  type SchemaTree,
  type Value,
} from "./model.js";
import { ValueConverter } from "./values.js";

/**
 * Builds the typed tree from what a schema's source returned. The metaschema has accepted it before. `pluginName` stands for
 * a name that comes from a module which is not visible.
 */
export function buildTree(root: LuaTable, pluginName?: string): SchemaTree {
  const builder = new TreeBuilder();
  return {
    name: nameOf(root, pluginName),
    ...at(root.entry("name")?.position),
    attributes: builder.values.map(root, (key) => key !== "name" && !bodyKeys.has(key)),
    ...builder.body(root),
  };
}

function nameOf(root: LuaTable, pluginName: string | undefined): string {
  const name = root.get("name");
  if (typeof name === "string") return name;
  if (!(name instanceof LuaOpaque)) return refuse("name", root.position);
  if (pluginName !== undefined) return pluginName;
  throw new SchemaError("schema-refused", `the plugin's name is ${name.path}, which is not visible here`, {
    position: root.entry("name")?.position ?? root.position,
    nextStep:
      "Give the source of the module in the option `modules`, on the command line --module-path, or the name in `pluginName`, on the command line --plugin-name.",
  });
}

/** What `RecordBody` holds, and what the parts of a field hold; all other keys are attributes. */
const bodyKeys: ReadonlySet<string> = new Set(["fields", "shorthand_fields", "entity_checks"]);
const partKeys: ReadonlySet<string> = new Set([...bodyKeys, "elements", "keys", "values"]);

const scalarTypes = ["string", "number", "integer", "boolean", "json", "function", "any"] as const;

class TreeBuilder {
  readonly values = new ValueConverter();

  body(table: LuaTable): RecordBody {
    return {
      fields: this.#namedFields(table, "fields"),
      shorthandFields: this.#namedFields(table, "shorthand_fields"),
      entityChecks: this.#entityChecks(table.get("entity_checks"), table.entry("entity_checks")?.position),
    };
  }

  #namedFields(table: LuaTable, key: "fields" | "shorthand_fields"): readonly NamedField[] {
    const list = table.get(key);
    if (list === undefined) return [];
    if (list instanceof LuaOpaque) return [this.#opaqueNamed(list, table.entry(key)?.position ?? table.position)];
    if (!(list instanceof LuaTable)) return refuse(key, table.entry(key)?.position ?? table.position);
    return list.entries.map(({ value, position }) => {
      if (value instanceof LuaOpaque) return this.#opaqueNamed(value, position ?? list.position);
      const [entry] = value instanceof LuaTable ? value.entries : [];
      const place = entry?.position ?? position ?? list.position;
      if (entry?.key instanceof LuaOpaque) {
        // Two definitions under one hidden name are not the same.
        const definition = JSON.stringify(this.values.value(entry.value), withoutPlaces);
        return this.#opaqueNamed(new LuaOpaque(`[${entry.key.path}] = ${definition}`), place);
      }
      if (entry === undefined || typeof entry.key !== "string") return refuse(key, place);
      return { name: entry.key, ...at(place), field: this.#field(entry.value, place) };
    });
  }

  /** A field whose very name is not visible: it is shown by the path of the value. */
  #opaqueNamed(opaque: LuaOpaque, position: Position | undefined): NamedField {
    return { name: `(${opaque.path})`, ...at(position), field: this.#field(opaque, position) };
  }

  #entityChecks(list: LuaValue | undefined, position: Position | undefined): readonly EntityCheck[] {
    if (list === undefined) return [];
    const items = list instanceof LuaTable ? list.entries : [{ value: list, position }];
    return items.map((item) => {
      const check: Value = this.values.value(item.value);
      if (!isValueMap(check) && !isOpaque(check)) return refuse("entity_checks", item.position ?? position);
      return { ...at(item.position ?? position), check };
    });
  }

  #field(definition: LuaValue | undefined, nearest: Position | undefined): Field {
    if (definition instanceof LuaOpaque) {
      return { type: "opaque", opaque: definition.path, ...at(nearest), attributes: {} };
    }
    if (!(definition instanceof LuaTable)) return refuse("a field", nearest);
    const position = definition.position ?? nearest;
    const required = definition.get("required");
    const fallback = definition.get("default");
    const type = definition.get("type");
    const base = {
      ...at(position),
      ...(typeof required === "boolean" ? { required } : {}),
      ...(fallback === undefined ? {} : { default: this.values.value(fallback) }),
    };
    const attributes = this.values.map(definition, (key) => {
      if (key === "type" || key === "default" || partKeys.has(key)) return isOutOfPlace(key, type);
      return key !== "required" || typeof required !== "boolean";
    });
    const part = (key: string): Field => this.#field(definition.get(key), definition.entry(key)?.position ?? position);

    if (type instanceof LuaOpaque) return { type: "opaque", opaque: type.path, ...base, attributes };
    switch (type) {
      case "array":
      case "set":
        return { type, ...base, attributes, elements: part("elements") };
      case "map":
        return { type, ...base, attributes, keys: part("keys"), values: part("values") };
      case "record":
        return { type, ...base, attributes, ...this.body(definition) };
      case "foreign":
        return { type, ...base, attributes };
      default: {
        const scalar = scalarTypes.find((known) => known === type);
        return scalar === undefined ? refuse("a field's type", position) : { type: scalar, ...base, attributes };
      }
    }
  }
}

/** For `JSON.stringify`: where a function stands, and its number, say nothing of what it is. */
function withoutPlaces(key: string, value: unknown): unknown {
  return key === "position" || key === "luaFunction" ? undefined : value;
}

/** Whether a part stands on a field whose type has no such part; Kong ignores some of these, we lose none. */
function isOutOfPlace(key: string, type: LuaValue | undefined): boolean {
  if (key === "elements") return type !== "array" && type !== "set";
  if (key === "keys" || key === "values") return type !== "map";
  return bodyKeys.has(key) && type !== "record";
}

function at(position: Position | undefined): { readonly position?: Position } {
  return position === undefined ? {} : { position };
}

function refuse(what: string, position: Position | undefined): never {
  throw new SchemaError(
    "schema-refused",
    `the schema cannot be read: ${what} does not have the shape that Kong asks for`,
    {
      position,
      nextStep: "Compare it with the plugin development guide, section `schema.lua`.",
    },
  );
}

import { LuaFunctionValue, LuaOpaque } from "../../lua/value.js";
import { Table, shallowCopy, tableOf } from "./data.js";
import type { Data } from "./data.js";
import { LuaRaise, index, isTruthy, items, luaType } from "./lua.js";

/**
 * A field's definition, read from its table of attributes. A condition of an entity check (`if_match`) is a definition too: what
 * it does not say itself, the field `base` says.
 */
export class FieldDefinition {
  readonly attributes: Table;
  readonly base: FieldDefinition | undefined;
  readonly type: Data | undefined;
  /** Whether Kong has looked up the entity that a foreign field refers to, which it does for the fields of records only. */
  isResolved = false;
  readonly #required = new Map<string, FieldDefinition>();
  #record: RecordDefinition | undefined;
  #absentBecomes: "null" | "nothing" | "what filling in makes" | undefined;
  #takesNull: boolean | undefined;
  #isInert: boolean | undefined;

  /** The definition that a table of attributes is: always the same for the same table. */
  static of(attributes: Table): FieldDefinition {
    const known = definitions.get(attributes);
    if (known !== undefined) return known;
    const definition = new FieldDefinition(attributes);
    definitions.set(attributes, definition);
    return definition;
  }

  constructor(attributes: Table, base?: FieldDefinition) {
    this.attributes = attributes;
    this.base = base;
    this.isResolved = base?.isResolved ?? false;
    this.type = this.get("type");
  }

  get(name: string): Data | undefined {
    const own = this.attributes.get(name);
    return own === undefined ? this.base?.get(name) : own;
  }

  has(name: string): boolean {
    return isTruthy(this.get(name));
  }

  /** What filling in makes of the field where it is absent; for most fields that is known without looking further. */
  get absentBecomes(): "null" | "nothing" | "what filling in makes" {
    return (this.#absentBecomes ??= this.#whenAbsent());
  }

  #whenAbsent(): "null" | "nothing" | "what filling in makes" {
    const isSimple =
      !(this.type instanceof LuaOpaque) &&
      this.get("default") === undefined &&
      ["auto", "abstract", "required"].every((name) => isUnset(this.get(name)));
    const nilable = this.get("nilable");
    if (!isSimple || nilable instanceof LuaOpaque) return "what filling in makes";
    return isUnset(nilable) ? "null" : "nothing";
  }

  /** Whether null passes, whatever else the field asks for. */
  get takesNull(): boolean {
    // `eq = false` is set, and null is not false.
    return (this.#takesNull ??=
      !(this.type instanceof LuaOpaque) &&
      this.type !== "json" &&
      this.type !== "self" &&
      this.get("eq") === undefined &&
      this.get("ne") === undefined &&
      isUnset(this.get("required")));
  }

  /** Whether nothing of the schema's own code works on the tables of the field, so that filling in twice is filling in once. */
  get isInert(): boolean {
    if (this.#isInert === undefined) {
      this.#isInert = true; // a definition that contains itself hangs on the rest of it
      this.#isInert = this.#computeInert();
    }
    return this.#isInert;
  }

  #computeInert(): boolean {
    const validator = this.get("custom_validator");
    const isOwn = validator instanceof LuaFunctionValue && validator.id.startsWith("engine:");
    switch (this.type) {
      case "array":
      case "set":
        return isUnset(validator) && this.requiredChild("elements").isInert && isSettled(this, this.get("default"));
      case "map":
        return (
          isUnset(validator) &&
          this.requiredChild("keys").isInert &&
          this.requiredChild("values").isInert &&
          isSettled(this, this.get("default"))
        );
      case "record":
        return isUnset(validator) && (!isUnset(this.get("abstract")) || this.record().isInert);
      case "any":
        return isUnset(validator) || isOwn;
      default:
        return !(this.type instanceof LuaOpaque);
    }
  }

  /** The definition of elements, keys or values as it stands, which is how filling in reads it. */
  child(name: "elements" | "keys" | "values"): FieldDefinition {
    return FieldDefinition.of(attributesOf(this.get(name)));
  }

  /** The same with `required = true`, which validation sets on it. */
  requiredChild(name: "elements" | "keys" | "values"): FieldDefinition {
    const known = this.#required.get(name);
    if (known !== undefined) return known;
    const attributes = shallowCopy(this.child(name).attributes);
    attributes.set("required", true);
    const child = new FieldDefinition(attributes);
    this.#required.set(name, child);
    return child;
  }

  /** The record that a field of type record defines. */
  record(): RecordDefinition {
    // Kong copies the condition of a check without what it inherits, and finds no `fields` in the copy (`Schema.new`).
    if (this.base !== undefined) throw new LuaRaise("attempt to index field 'fields' (a nil value)");
    return (this.#record ??= new RecordDefinition(this.attributes));
  }
}

const definitions = new WeakMap<Table, FieldDefinition>();

/** Whether filling in leaves a default as it is: the first time it is taken as it stands, and the second time sets in it lose what is there twice. */
function isSettled(field: FieldDefinition, value: Data | undefined): boolean {
  if (!(value instanceof Table)) return true;
  switch (field.type) {
    case "set":
      return new Set(value.list).size === value.list.length && areSettled(field.requiredChild("elements"), value);
    case "array":
      return areSettled(field.requiredChild("elements"), value);
    case "map":
      return areSettled(field.requiredChild("values"), value);
    default:
      return true;
  }
}

function areSettled(field: FieldDefinition, collection: Table): boolean {
  return collection.entries().every(([, item]) => isSettled(field, item));
}

export interface NamedDefinition {
  readonly name: string;
  readonly field: FieldDefinition;
}

/** Specialises a record by the value of one of its fields, as a plugin's schema specialises the plugins entity. */
export interface Subschema {
  /** The field whose value selects the specialisation. */
  readonly keyField: string;
  /** The value that selects it; no other one is known here. */
  readonly key: string;
  readonly record: RecordDefinition;
  /** The error for any other value, with `%s` for it. */
  readonly unknownKey: string;
}

/** What Kong's `Schema.new` makes of a definition with `fields`. */
export class RecordDefinition {
  /** In the schema's order. A name can stand twice: both are filled in, and the last one validates. */
  readonly fields: readonly NamedDefinition[];
  /** Those that are required, or may be: what is not visible may ask for it. */
  readonly requiredFields: readonly NamedDefinition[];
  readonly shorthands: readonly NamedDefinition[];
  /** The older form of shorthands, a function by name, which Kong 3.0 gave up. */
  readonly shorthandFunctions: readonly { readonly name: Data; readonly func: Data }[];
  readonly entityChecks: readonly Data[];
  readonly transformations: readonly Table[];
  /** Where fields come from whose very names are not visible. */
  readonly hidden: readonly string[];
  readonly subschema: Subschema | undefined;
  readonly #byName: ReadonlyMap<string, FieldDefinition>;
  #isInert: boolean | undefined;

  constructor(definition: Table, subschema?: Subschema) {
    const fields = definition.get("fields");
    if (!(fields instanceof Table)) throw new LuaRaise(`attempt to index a ${luaType(fields)} value`);
    this.fields = namedDefinitions(fields.list);
    this.hidden = fields.list.flatMap((item) => (item instanceof LuaOpaque ? [item.path] : []));
    for (const { field } of this.fields) field.isResolved = true;
    this.requiredFields = this.fields.filter(({ field }) => !isUnset(field.get("required")));
    this.#byName = new Map(this.fields.map(({ name, field }) => [name, field]));
    this.shorthands = namedDefinitions(optionalList(definition, "shorthand_fields"));
    this.shorthandFunctions = optionalList(definition, "shorthands").flatMap((item) =>
      (item instanceof Table ? item.entries() : []).map(([name, func]) => ({ name, func })),
    );
    this.entityChecks = optionalList(definition, "entity_checks");
    this.transformations = optionalList(definition, "transformations").filter((item) => item instanceof Table);
    this.subschema = subschema;
  }

  field(name: string): FieldDefinition | undefined {
    return this.#byName.get(name);
  }

  /** Whether filling in a record twice is filling it in once: no code of the schema works on it or on what is in it. */
  get isInert(): boolean {
    return (this.#isInert ??=
      this.subschema === undefined &&
      [this.hidden, this.shorthands, this.shorthandFunctions, this.transformations].every(
        ({ length }) => length === 0,
      ) &&
      this.entityChecks.every(isInertCheck) &&
      this.fields.every(({ field }) => field.isInert));
  }

  /** The specialisation for an entity, if it has one. */
  subschemaOf(entity: Table): Subschema | undefined {
    const { subschema } = this;
    return subschema !== undefined && entity.get(subschema.keyField) === subschema.key ? subschema : undefined;
  }

  /** The fields as an entity has them: specialised by its subschema. */
  fieldsOf(entity: Table): readonly NamedDefinition[] {
    const specialised = this.subschemaOf(entity)?.record;
    if (specialised === undefined) return this.fields;
    return this.fields.map(({ name, field }) => ({ name, field: specialised.field(name) ?? field }));
  }
}

/**
 * Whether an entity check leaves a record as it is. Kong puts the fields that it names together in a table of their own, and where one
 * (`a.b.c`) stands deep inside another (`a`) it makes what is missing on the way in the record itself.
 */
function isInertCheck(check: Data): boolean {
  if (!(check instanceof Table) || check.get("custom_entity_check") !== undefined) return false;
  const names = textsIn(check);
  return !names.some((name) =>
    names.some((outer) => name.startsWith(`${outer}.`) && name.slice(outer.length + 1).includes(".")),
  );
}

function textsIn(value: Data): readonly string[] {
  if (value instanceof Table) return value.entries().flatMap(([, item]) => textsIn(item));
  return typeof value === "string" ? [value] : [];
}

/** Whether an attribute is plainly not set: what is not visible may be. */
function isUnset(value: Data | undefined): boolean {
  return value === undefined || value === false;
}

function optionalList(definition: Table, name: string): readonly Data[] {
  const list = definition.get(name);
  return isTruthy(list) && list !== null ? items(list) : [];
}

function namedDefinitions(list: readonly Data[]): readonly NamedDefinition[] {
  return list.filter((item) => !(item instanceof LuaOpaque)).map(namedDefinition);
}

function namedDefinition(item: Data): NamedDefinition {
  const [entry] = item instanceof Table ? item.entries() : [];
  const [name, field] = entry ?? [];
  if (typeof name !== "string") throw new LuaRaise("attempt to index a nil value");
  return { name, field: FieldDefinition.of(attributesOf(field)) };
}

/** A definition that is not visible has a type that is not visible, so that only what touches the field is undecided. */
function attributesOf(field: Data | undefined): Table {
  if (field instanceof LuaOpaque) return tableOf([["type", field]]);
  if (field instanceof Table) return field;
  throw new LuaRaise(`attempt to index a ${luaType(field)} value`);
}

/**
 * The definition of a field, by its name or by a dotted path into nested records; undefined where there is none
 * (`get_schema_field`, which finds nothing in anything but a record).
 */
export function fieldAt(
  record: RecordDefinition,
  path: string,
  specialised?: RecordDefinition,
): FieldDefinition | undefined {
  const dot = path.indexOf(".");
  const head = dot < 0 ? path : path.slice(0, dot);
  const field = specialised?.field(head) ?? record.field(head);
  if (dot < 0 || field === undefined) return field;
  if (field.type !== "record") throw new LuaRaise("attempt to index field 'fields' (a nil value)");
  const nested = fieldAt(field.record(), path.slice(dot + 1));
  // From outside of its record Kong sees a foreign field without the entity that it refers to.
  return nested?.type === "foreign" ? new FieldDefinition(nested.attributes) : nested;
}

/** `get_field`: a value by a name or by a dotted path. */
export function valueAt(value: Data | undefined, path: string): Data | undefined {
  if (value === undefined || value === null) return undefined;
  const dot = path.indexOf(".");
  if (dot < 0) return index(value, path);
  return valueAt(index(value, path.slice(0, dot)), path.slice(dot + 1));
}

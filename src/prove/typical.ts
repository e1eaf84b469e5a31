import type { Json, JsonObject } from "../changes/json.js";
import type { EntityCheck, Field, PluginSchema, ReadOptions, RecordBody, Value, ValueMap } from "../schema/model.js";
import { functionsOf, lendFunctions } from "../schema/functions.js";
import { storeConfig } from "../schema/part.js";
import { configOf } from "./groups.js";
import { isConstrained, lengthsOf, samplesOf } from "./samples.js";

/** Finds values that the fields of one schema accept, each field judged by itself. */
export class Typical {
  readonly #schema: PluginSchema;
  readonly #hints: readonly (string | number)[];
  readonly #known: Known;
  readonly #shapes = new Map<object, PluginSchema>();

  /** `hints` are values that functions of the schema may ask for. */
  constructor(schema: PluginSchema, hints: readonly (string | number)[] = []) {
    this.#schema = schema;
    this.#hints = hints;
    this.#known = hints.length > 0 ? emptyKnown() : knownUnder(schema.options);
  }

  /** A value that a field accepts, the plainest that was found; undefined where none was. */
  value(field: Field): Json | undefined {
    const { value: plainestOf } = this.#known;
    if (plainestOf.has(field)) return plainestOf.get(field);
    const [plainest, ...others] = this.values(field);
    const found = this.#mustTry(field)
      ? [plainest, ...others].find((value) => value !== undefined && this.#accepts(field, value))
      : plainest;
    plainestOf.set(field, found);
    return found;
  }

  /** Values that are worth a try. */
  values(field: Field): readonly Json[] {
    const known = this.#known.values.get(field);
    if (known !== undefined) return known;
    const found = this.#values(field);
    this.#known.values.set(field, found);
    return found;
  }

  #values(field: Field): readonly Json[] {
    switch (field.type) {
      case "array":
      case "set": {
        const items = this.values(field.elements).slice(0, 6);
        const [first] = items;
        const lengths = lengthsOf(field).filter((length) => length > 1 && length < 65);
        const long = first === undefined ? [] : lengths.map((length) => Array.from({ length }, () => first));
        return [...samplesOf(field), [], ...items.map((item) => [item]), ...long];
      }
      case "map": {
        const keys = this.values(field.keys).filter((key) => typeof key === "string");
        const values = this.values(field.values).slice(0, 6);
        const [key] = keys;
        const entries = key === undefined ? [] : values.map((value) => ({ [key]: value }));
        return [...samplesOf(field), {}, ...entries];
      }
      case "record": {
        const least = this.record(field);
        const all = Object.fromEntries(
          field.fields.flatMap(({ name, field: inner }) => {
            const value = this.value(inner);
            return value === undefined ? [] : [[name, value] as const];
          }),
        );
        return [...samplesOf(field), least, all, {}];
      }
      case "string":
        return [...samplesOf(field), ...this.#hints.filter((hint) => typeof hint === "string")];
      case "number":
      case "integer":
        return [...samplesOf(field), ...this.#hints.filter((hint) => typeof hint === "number")];
      case "boolean":
      case "json":
      case "function":
      case "any":
      case "foreign":
      case "opaque":
        return samplesOf(field);
    }
  }

  /** The least that a record needs: what is required and has no default, and what its own rules ask for. */
  record(body: RecordBody): JsonObject {
    // The plugin's own rules speak of its configuration.
    const key = body === configOf(this.#schema) ? this.#schema : body;
    const known = this.#known.least.get(key);
    if (known !== undefined) return known;
    const found = this.#record(body);
    this.#known.least.set(key, found);
    return found;
  }

  #record(body: RecordBody): JsonObject {
    const least = this.#required(body);
    const checks = body.entityChecks.length + this.#checksAround(body).length;
    const hasRules = checks > 0 || validatorOf(body) !== undefined;
    if (!hasRules || this.#keepsRules(body, least)) return least;
    const optional = body.fields.filter(({ name }) => !Object.hasOwn(least, name));
    const one = optional.flatMap(({ name, field }) =>
      [this.value(field), ...this.values(field).slice(0, 2)].flatMap((value) =>
        value === undefined ? [] : [{ ...least, [name]: value }],
      ),
    );
    const all = one.reduce<JsonObject>((sum, some) => ({ ...some, ...sum }), least);
    return [...one, all].find((candidate) => this.#keepsRules(body, candidate)) ?? least;
  }

  #required(body: RecordBody): JsonObject {
    const needed = body.fields.flatMap(({ name, field }) => {
      const value = isNeeded(field) ? this.value(field) : undefined;
      return value === undefined || isEmptyRecord(field, value) ? [] : [[name, value] as const];
    });
    return Object.fromEntries(needed);
  }

  #keepsRules(body: RecordBody, record: JsonObject): boolean {
    return this.#isStored(body, body, record);
  }

  #mustTry(field: Field): boolean {
    switch (field.type) {
      case "record":
        return isConstrained(field);
      case "array":
      case "set":
        return isConstrained(field) || this.#mustTry(field.elements);
      case "map":
        return isConstrained(field) || this.#mustTry(field.keys) || this.#mustTry(field.values);
      case "string":
      case "number":
      case "integer":
      case "boolean":
      case "json":
      case "function":
      case "any":
      case "foreign":
      case "opaque":
        return isConstrained(field) || field.default !== undefined;
    }
  }

  #accepts(field: Field, value: Json): boolean {
    const body = { fields: [{ name: "value", field }], shorthandFields: [], entityChecks: [] };
    return this.#isStored(field, body, { value });
  }

  /** Whether a configuration of this shape is stored; the schema of the shape is put together once for each `key`. */
  #isStored(key: object, body: RecordBody, config: JsonObject): boolean {
    const schema = this.#shapes.get(key) ?? this.#shape(body);
    this.#shapes.set(key, schema);
    return storeConfig(schema, config).ok;
  }

  /** The plugin's own rules, which speak of its configuration from outside. */
  #checksAround(body: RecordBody): readonly EntityCheck[] {
    return body === configOf(this.#schema) ? this.#schema.entityChecks : [];
  }

  #shape(body: RecordBody): PluginSchema {
    const { name, attributes, options } = this.#schema;
    const { fields, shorthandFields, entityChecks } = body;
    const validator = validatorOf(body);
    const own: ValueMap = validator === undefined ? {} : { custom_validator: validator };
    const field = { type: "record", required: true, attributes: own, fields, shorthandFields, entityChecks } as const;
    const shape: PluginSchema = {
      name,
      attributes,
      fields: [{ name: "config", field }],
      shorthandFields: [],
      entityChecks: this.#checksAround(body),
      findings: [],
      source: "",
      options,
    };
    lendFunctions(shape, (role) => functionsOf(this.#schema, role));
    return shape;
  }
}

/** What was found of fields: it hangs on nothing but the field, the release and what functions compare with. */
interface Known {
  readonly value: WeakMap<Field, Json | undefined>;
  readonly values: WeakMap<Field, readonly Json[]>;
  readonly least: WeakMap<RecordBody, JsonObject>;
}

const knownFor = new WeakMap<ReadOptions, Known>();

function knownUnder(options: ReadOptions): Known {
  const known = knownFor.get(options) ?? emptyKnown();
  knownFor.set(options, known);
  return known;
}

function emptyKnown(): Known {
  return { value: new WeakMap(), values: new WeakMap(), least: new WeakMap() };
}

/** The function that judges the whole record. */
function validatorOf(body: RecordBody | Field): Value | undefined {
  return "attributes" in body ? body.attributes["custom_validator"] : undefined;
}

/** Whether an instance must give the parameter: required without a default, or a record that holds one of these. */
function isNeeded(field: Field): boolean {
  if (field.default !== undefined) return false;
  if (field.type === "record") return field.required !== false;
  return field.required === true;
}

function isEmptyRecord(field: Field, value: Json): boolean {
  return field.type === "record" && typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

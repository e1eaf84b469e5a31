import type { Json, JsonObject } from "../changes/json.js";
import type { EntityCheck, Field, PluginSchema, ReadOptions, RecordBody, Value, ValueMap } from "../schema/model.js";
import type { ErrorTree } from "../schema/format-errors.js";
import { functionsOf, lendFunctions } from "../schema/functions.js";
import { acceptsValue, storeConfig } from "../schema/part.js";
import { configOf } from "./groups.js";
import { isObject } from "./objects.js";
import { distinct, isConstrained, lengthsOf, samplesOf } from "./samples.js";

/** Finds values that the fields of one schema accept, each field judged by itself. */
export class Typical {
  readonly #schema: PluginSchema;
  readonly #hints: readonly (string | number)[];
  readonly #known: Known;
  /** The same without hints: what it finds is as plain, and found once for all that is asked about. */
  readonly #plain: Typical | undefined;
  readonly #shapes = new Map<object, PluginSchema>();

  /** `hints` are values that functions of the schema may ask for. */
  constructor(schema: PluginSchema, hints: readonly (string | number)[] = []) {
    this.#schema = schema;
    this.#hints = hints;
    this.#plain = hints.length > 0 ? new Typical(schema) : undefined;
    this.#known = hints.length > 0 ? emptyKnown() : knownUnder(schema.options);
  }

  /** A value that a field accepts, the plainest that was found; undefined where none was. */
  value(field: Field): Json | undefined {
    const { value: plainestOf } = this.#known;
    if (plainestOf.has(field)) return plainestOf.get(field);
    const found = this.#plain?.value(field) ?? this.#value(field);
    plainestOf.set(field, found);
    return found;
  }

  #value(field: Field): Json | undefined {
    const values = this.values(field);
    return this.#mustTry(field) ? values.find((value) => acceptsValue(this.#schema, field, value)) : values[0];
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
        const items = this.#itemsOf(field.elements);
        const [first] = items;
        const lengths = lengthsOf(field).filter((length) => length > 1 && length < 65);
        const long = first === undefined ? [] : lengths.map((length) => Array.from({ length }, () => first));
        return [...samplesOf(field), [], ...items.map((item) => [item]), ...long];
      }
      case "map": {
        const keys = this.values(field.keys).filter((key) => typeof key === "string");
        const values = this.#itemsOf(field.values);
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

  /** What a list or map may hold: what passes there, and a few others. */
  #itemsOf(field: Field): readonly Json[] {
    const plainest = this.value(field);
    const values = this.values(field).slice(0, 6);
    return plainest === undefined ? values : distinct([plainest, ...values]).slice(0, 6);
  }

  /** The least that a record needs: what is required and has no default, and what its own rules ask for. */
  record(body: RecordBody): JsonObject {
    // The plugin's own rules speak of its configuration.
    const key = body === configOf(this.#schema) ? this.#schema : body;
    const known = this.#known.least.get(key);
    if (known !== undefined) return known;
    const plain = this.#plain?.record(body);
    const found =
      plain !== undefined && (!this.#hasRules(body) || this.#keepsRules(body, plain)) ? plain : this.#record(body);
    this.#known.least.set(key, found);
    return found;
  }

  #record(body: RecordBody): JsonObject {
    const least = this.required(body);
    if (!this.#hasRules(body) || this.#keepsRules(body, least)) return least;
    for (const candidate of this.#withOneMore(body, least)) if (this.#keepsRules(body, candidate)) return candidate;
    return this.#repaired(body, least);
  }

  /** The least of a record with one more value, and in the end with one for each parameter. */
  *#withOneMore(body: RecordBody, least: JsonObject): Iterable<JsonObject> {
    let all = least;
    for (const { name, field } of body.fields) {
      if (Object.hasOwn(least, name)) continue;
      for (const value of [this.value(field), ...this.values(field).slice(0, 2)]) {
        if (value === undefined) continue;
        if (!Object.hasOwn(all, name)) all = { ...all, [name]: value };
        yield { ...least, [name]: value };
      }
    }
    yield all;
  }

  /** What the rules of a record leave of its errors when one value after the other is given, each time the one that leaves the fewest. */
  #repaired(body: RecordBody, start: JsonObject): JsonObject {
    let best = { record: start, problems: this.#problems(body, body, start) };
    for (let step = 0; step < mostSteps && best.problems > 0; step++) {
      const next = this.#oneMoreIn(body, best.record, 0)
        .slice(0, mostTriesInStep)
        .map((record) => ({ record, problems: this.#problems(body, body, record) }))
        .reduce((least, one) => (one.problems < least.problems ? one : least), best);
      if (next === best) break;
      best = next;
    }
    return best.record;
  }

  /** The record with one more value, or another one, in it or in a record in it. */
  #oneMoreIn(body: RecordBody, record: JsonObject, depth: number): readonly JsonObject[] {
    return body.fields.flatMap(({ name, field }) => {
      const current = record[name];
      const inside =
        field.type === "record" && depth < deepestRepair
          ? this.#oneMoreIn(field, isObject(current) ? current : {}, depth + 1)
          : [];
      const values = distinct([this.value(field), ...this.values(field).slice(0, 3), ...inside]);
      return values.flatMap((value) => (value === undefined ? [] : [{ ...record, [name]: value }]));
    });
  }

  /** What is required in a record and has no default, whatever its rules ask for. */
  required(body: RecordBody): JsonObject {
    const needed = body.fields.flatMap(({ name, field }) => {
      const value = isNeeded(field) ? this.value(field) : undefined;
      return value === undefined || isEmptyRecord(field, value) ? [] : [[name, value] as const];
    });
    return Object.fromEntries(needed);
  }

  #hasRules(body: RecordBody): boolean {
    const checks = body.entityChecks.length + this.#checksAround(body).length;
    return checks > 0 || validatorOf(body) !== undefined;
  }

  #keepsRules(body: RecordBody, record: JsonObject): boolean {
    return this.#problems(body, body, record) === 0;
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

  /**
   * How many errors stand against a configuration of this shape; the schema of the shape is put together once for each `key`.
   * Where it cannot be told it is less than one.
   */
  #problems(key: object, body: RecordBody, config: JsonObject): number {
    const schema = this.#shapes.get(key) ?? this.#shape(body);
    this.#shapes.set(key, schema);
    const answer = storeConfig(schema, config);
    switch (answer.verdict) {
      case "accepted":
        return 0;
      case "unknown":
        return 0.5;
      case "refused":
        return errorsIn(answer.errors);
    }
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

/** How many values are given one after the other to satisfy the rules of a record, and how many are tried each time. */
const mostSteps = 4;
const mostTriesInStep = 100;
const deepestRepair = 3;

function errorsIn(errors: ErrorTree): number {
  return Object.values(errors).reduce<number>(
    (sum, error) => sum + (typeof error === "string" ? 1 : errorsIn(error)),
    0,
  );
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

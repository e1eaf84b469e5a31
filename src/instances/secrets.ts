import type { Json, JsonObject } from "../changes/json.js";
import { namedTargets } from "../changes/shorthand-targets.js";
import { isReference } from "../schema/engine/references.js";
import type { ErrorTree } from "../schema/format-errors.js";
import type { Field, FieldPath, PluginSchema, RecordBody } from "../schema/model.js";
import { isJsonList, isJsonMap, type ValuePath } from "./instance.js";

/** What is shown in place of a secret. */
export const hidden = "***";

/** A place in a schema whose values are secret: everything at it and inside it. */
export interface SecretPlace {
  readonly path: FieldPath;
  /** Whether vault references there may be shown: the field is not encrypted, it only may hold secrets. */
  readonly showsReferences: boolean;
}

/** What must not be shown of one instance. */
export interface Secrets {
  readonly places: readonly SecretPlace[];
  /** The texts and numbers that stand there, for they may be quoted, moved, or given by a shorthand. */
  readonly texts: readonly string[];
}

/** Where any of the schemas, in any role, has a field that is `encrypted` or `referenceable`. */
export function secretPlaces(schemas: readonly PluginSchema[]): readonly SecretPlace[] {
  return schemas
    .flatMap((schema) => [schema, ...(schema.dataPlane === undefined ? [] : [schema.dataPlane])])
    .flatMap((tree) => placesInRecord(tree, []));
}

function placesInRecord({ fields, shorthandFields }: RecordBody, path: FieldPath): readonly SecretPlace[] {
  const places = fields.flatMap(({ name, field }) => placesInField(field, [...path, name]));
  return [...places, ...shorthandFields.flatMap(({ name, field }) => shorthandPlaces(field, [...path, name], places))];
}

/** A shorthand is as secret as what it stands for; where it does not say what that is, it may be any secret of its record. */
function shorthandPlaces(field: Field, path: FieldPath, secrets: readonly SecretPlace[]): readonly SecretPlace[] {
  const own = placesInField(field, path);
  if (own.length > 0) return own;
  const targets = namedTargets(field).map((names) => [...path.slice(0, -1), ...names]);
  const reached =
    targets.length === 0
      ? secrets
      : secrets.filter((secret) => targets.some((target) => isOnOneWay(target, secret.path)));
  return reached.map(({ showsReferences }) => ({ path, showsReferences }));
}

/** Whether one of two paths leads to the other, or to what is in it. */
function isOnOneWay(a: FieldPath, b: FieldPath): boolean {
  return a.slice(0, b.length).every((segment, at) => segment === b[at]);
}

function placesInField(field: Field, path: FieldPath): readonly SecretPlace[] {
  const { encrypted, referenceable } = field.attributes;
  if (encrypted === true) return [{ path, showsReferences: false }];
  if (referenceable === true) return [{ path, showsReferences: true }];
  switch (field.type) {
    case "array":
    case "set":
      return placesInField(field.elements, [...path, { in: "elements" }]);
    case "map":
      return [
        ...placesInField(field.keys, [...path, { in: "keys" }]),
        ...placesInField(field.values, [...path, { in: "values" }]),
      ];
    case "record":
      return placesInRecord(field, path);
    case "string":
    case "number":
    case "integer":
    case "boolean":
    case "json":
    case "function":
    case "any":
    case "foreign":
    case "opaque":
      return [];
  }
}

/** The secrets of an instance, which is given in each form that it has: as it is written, stored, edited. */
export function secretsIn(places: readonly SecretPlace[], forms: readonly JsonObject[]): Secrets {
  if (places.length === 0) return { places, texts: [] };
  const texts = new Set<string>();
  const note = <Secret extends Json>(secret: Secret): Secret => {
    for (const text of textsIn(secret)) texts.add(text);
    return secret;
  };
  for (const form of forms) replaceSecrets(form, places, { secret: note, key: note, other: (other) => other });
  return { places, texts: [...texts] };
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === "number") return [String(value)];
  if (typeof value === "string") return value === "" ? [] : [value];
  if (isJsonList(value)) return value.flatMap(textsIn);
  return isJsonMap(value) ? Object.entries(value).flatMap(([key, item]) => [...textsIn(key), ...textsIn(item)]) : [];
}

/** Shows what is said of an instance without its secrets. */
export class Hider {
  readonly #places: readonly SecretPlace[];
  readonly #texts: ReadonlySet<string>;
  readonly #quoted: RegExp | undefined;

  constructor({ places, texts }: Secrets) {
    this.#places = places;
    this.#texts = new Set(texts);
    this.#quoted = quotationOf(texts);
  }

  /** A value that stands at a path, or came from there. */
  value(path: ValuePath, value: Json): Json;
  value(path: ValuePath, value: Json | undefined): Json | undefined;
  value(path: ValuePath, value: Json | undefined): Json | undefined {
    if (value === undefined) return undefined;
    const places = path.reduce(placesInside, this.#places);
    return replaceSecrets(value, places, {
      secret: () => hidden,
      key: () => hidden,
      other: (other) => {
        if (typeof other === "string") return this.text(other);
        return this.#texts.has(String(other)) ? hidden : other;
      },
    });
  }

  /** A map at the top of an instance: `config`. */
  map(path: ValuePath, map: JsonObject): JsonObject {
    const shown = this.value(path, map);
    return isJsonMap(shown) ? shown : {};
  }

  /** Words that may quote values. */
  text(text: string): string {
    return this.#quoted === undefined ? text : text.replace(this.#quoted, hidden);
  }

  /** A path without the keys that are secret themselves, or in a map that is. */
  path(path: ValuePath): ValuePath {
    let places = this.#places;
    return path.map((key) => {
      const shown = typeof key === "number" ? key : shownKey(key, places);
      places = placesInside(places, key);
      return shown;
    });
  }

  /** Kong's errors of an instance. */
  errors(tree: ErrorTree): ErrorTree {
    return this.#quoted === undefined ? tree : this.#errors(tree, this.#places);
  }

  /** Whether a key of a tree of errors is an index, or one of Kong's own. */
  #isKongs(key: string): boolean {
    return key.startsWith("@") || (/^\d+$/.test(key) && !this.#texts.has(key));
  }

  #errors(tree: ErrorTree, places: readonly SecretPlace[]): ErrorTree {
    return Object.fromEntries(
      Object.entries(tree).map(([key, error]) => [
        this.#isKongs(key) ? key : shownKey(key, places),
        typeof error === "string" ? this.text(error) : this.#errors(error, placesInside(places, key)),
      ]),
    );
  }
}

/** What comes in place of secrets, and of the texts and numbers beside them. */
interface Replacement {
  readonly secret: (value: Json) => Json;
  readonly key: (key: string) => string;
  readonly other: (value: string | number) => Json;
}

/** Replaces all in a value but what may be shown. */
function replaceSecrets(value: Json, places: readonly SecretPlace[], by: Replacement): Json {
  if (value === null) return value;
  const here = places.filter(({ path }) => path.length === 0);
  if (here.length > 0) return isPublic(value, here) ? value : by.secret(value);
  if (!isJsonList(value) && !isJsonMap(value)) {
    // In place of the list, map or record that would hold secrets.
    if (places.length > 0) return isPublic(value, places) ? value : by.secret(value);
    return typeof value === "boolean" ? value : by.other(value);
  }
  if (isJsonList(value)) {
    return value.map((item, index) => replaceSecrets(item, placesInside(places, index), by));
  }
  const isSecretKey = places.some(isOfKeys);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      isSecretKey ? by.key(key) : key,
      replaceSecrets(item, placesInside(places, key), by),
    ]),
  );
}

/** A vault reference where one may be shown, and what decK takes from its environment: they name a secret, and are none. */
function isPublic(value: Json, places: readonly SecretPlace[]): boolean {
  if (typeof value !== "string") return false;
  if (/^\$\{\{[^{}\n]*\}\}$/.test(value)) return true;
  return isReference(value) && places.every(({ showsReferences }) => showsReferences);
}

/** The places as they are seen from a list entry or map value. Whatever is in a list that should be a record, or keys, may be a secret. */
function placesInside(places: readonly SecretPlace[], key: string | number): readonly SecretPlace[] {
  return places.flatMap((place) => {
    const [segment, ...path] = place.path;
    if (segment === undefined) return [place];
    if (typeof segment === "object" && segment.in !== "keys") return [{ ...place, path }];
    if (typeof key === "number") return [{ ...place, path: [] }];
    return segment === key ? [{ ...place, path }] : [];
  });
}

function shownKey(key: string, places: readonly SecretPlace[]): string {
  return places.some((place) => place.path.length === 0 || isOfKeys(place)) ? hidden : key;
}

function isOfKeys({ path: [segment] }: SecretPlace): boolean {
  return typeof segment === "object" && segment.in === "keys";
}

/** Shorter ones are parts of many words, and are only found where they stand by themselves. */
const leastFoundInWords = 4;

/** Finds the texts, as they are or as JSON writes them, the longest first. */
function quotationOf(texts: readonly string[]): RegExp | undefined {
  if (texts.length === 0) return undefined;
  const spellings = new Set(texts.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]));
  const patterns = [...spellings]
    .sort((a, b) => b.length - a.length)
    .map((text) => {
      const pattern = text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
      return text.length < leastFoundInWords ? `(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])` : pattern;
    });
  return new RegExp(patterns.join("|"), "gu");
}

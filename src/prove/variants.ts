import type { Json, JsonObject } from "../changes/json.js";
import { findField, type Field, type FieldPath, type PathSegment, type RecordBody } from "../schema/model.js";
import { isObject, without } from "./objects.js";
import { distinct } from "./samples.js";
import type { Typical } from "./typical.js";

/** One side of a comparison: a field or record as one version has it, if it does, and values for what is in it. */
export interface SideOf<T> {
  readonly thing: T | undefined;
  readonly typical: Typical;
  /** What stands here in the least record around it. */
  readonly least?: Given;
}

/** Not given, or given as this. */
export type Given = Json | undefined;

/** More combinations of several parameters are not tried. */
const mostCombinations = 40;

/**
 * Configurations of a record in which what the changes touch takes every value at which an answer can turn, and the rest is
 * as little as the record needs. `foci` are the paths of the changes, from the record on.
 */
export function recordVariants(
  old: SideOf<RecordBody>,
  now: SideOf<RecordBody>,
  foci: readonly FieldPath[],
): readonly JsonObject[] {
  const heads = [...new Set(foci.flatMap(([head]) => (typeof head === "string" ? [head] : [])))];
  const [leastNow, leastOld] = [now, old].map(leastOf);
  const least = [leastNow, leastOld].filter((one) => one !== undefined);
  const isHead = (name: string): boolean => heads.includes(name);
  const rest = least.reduce<JsonObject>((all, one) => ({ ...all, ...without(one, isHead) }), {});
  const bases = least.map((one) => without(one, (name) => !isHead(name)));
  const options = heads.map((head) => ({
    name: head,
    values: fieldVariants(fieldOf(old, head, leastOld), fieldOf(now, head, leastNow), below(foci, head)),
  }));
  return combinations(options, bases).map((given) => ({ ...rest, ...given }));
}

function leastOf({ thing, typical, least }: SideOf<RecordBody>): JsonObject | undefined {
  if (thing === undefined) return undefined;
  return isObject(least) ? least : typical.record(thing);
}

function fieldOf({ thing, typical }: SideOf<RecordBody>, name: string, around: JsonObject = {}): SideOf<Field> {
  const named =
    thing === undefined ? undefined : (findField(thing.fields, name) ?? findField(thing.shorthandFields, name));
  return { thing: named?.field, typical, least: around[name] };
}

/** What a parameter can be, where a change touches it or something in it. */
export function fieldVariants(old: SideOf<Field>, now: SideOf<Field>, foci: readonly FieldPath[]): readonly Given[] {
  const inside = foci.every((focus) => focus.length > 0) ? insideVariants(old, now, foci) : undefined;
  const values = inside ?? [...valuesOf(now), ...valuesOf(old)];
  return distinct([undefined, null, ...values]);
}

function valuesOf({ thing, typical }: SideOf<Field>): readonly Json[] {
  return thing === undefined ? [] : typical.values(thing);
}

/** Variants of what is in a field of one shape on both sides; undefined where it has to be taken as a whole. */
function insideVariants(
  old: SideOf<Field>,
  now: SideOf<Field>,
  foci: readonly FieldPath[],
): readonly Json[] | undefined {
  const before = old.thing;
  const after = now.thing;
  if (before === undefined || after === undefined) return undefined;
  if (before.type === "record" && after.type === "record") {
    return recordVariants({ ...old, thing: before }, { ...now, thing: after }, foci);
  }
  if (isListField(before) && isListField(after)) {
    const [oldItem, newItem] = [
      { thing: before.elements, typical: old.typical },
      { thing: after.elements, typical: now.typical },
    ];
    const items = fieldVariants(oldItem, newItem, below(foci, { in: "elements" })).flatMap(given);
    const [first] = items;
    return [[], ...items.map((item) => [item]), ...(first === undefined ? [] : [[first, first]])];
  }
  if (before.type === "map" && after.type === "map") {
    const pair = (place: "keys" | "values"): readonly Json[] =>
      fieldVariants(
        { thing: before[place], typical: old.typical },
        { thing: after[place], typical: now.typical },
        below(foci, { in: place }),
      ).flatMap(given);
    const keys = pair("keys").filter((key) => typeof key === "string");
    const values = pair("values");
    const [value] = [old.typical.value(before.values), ...values].flatMap(given);
    const key = [old.typical.value(before.keys), ...keys].find((candidate) => typeof candidate === "string");
    if (value === undefined || key === undefined) return [{}];
    return [{}, ...values.map((item) => ({ [key]: item })), ...keys.map((name) => ({ [name]: value }))];
  }
  return undefined;
}

function given(value: Given): readonly Json[] {
  return value === undefined || value === null ? [] : [value];
}

function isListField(field: Field): field is Extract<Field, { readonly elements: Field }> {
  return field.type === "array" || field.type === "set";
}

/** The paths that go on below a segment. */
function below(foci: readonly FieldPath[], segment: PathSegment): readonly FieldPath[] {
  return foci.filter(([head]) => isSame(head, segment)).map((focus) => focus.slice(1));
}

function isSame(a: PathSegment | undefined, b: PathSegment): boolean {
  return typeof a === "object" && typeof b === "object" ? a.in === b.in : a === b;
}

interface Option {
  readonly name: string;
  readonly values: readonly Given[];
}

/**
 * Every value of one parameter, with the others as the least instance of each side has them, left out, or given; and every
 * pair of the first few values of two.
 */
function combinations(options: readonly Option[], bases: readonly JsonObject[]): readonly JsonObject[] {
  const [only, second] = options;
  if (only === undefined) return [{}];
  if (second === undefined) return only.values.map((value) => entry(only.name, value));
  const few = options.map(({ name, values }) => ({ name, values: values.slice(0, 5) }));
  const full: JsonObject = Object.fromEntries(
    few.flatMap(({ name, values }) => Object.entries(entry(name, values.find(isGiven)))),
  );
  const found: JsonObject[] = [{}, full, ...bases];
  for (const { name, values } of options) {
    for (const base of bases) {
      const others = without(base, (key) => key === name);
      for (const value of values) found.push({ ...others, ...entry(name, value) });
    }
  }
  for (const { name, values } of options) for (const value of values) found.push(entry(name, value));
  for (const { name, values } of few) {
    const others = without(full, (key) => key === name);
    for (const value of values) found.push({ ...others, ...entry(name, value) });
  }
  for (const [index, first] of few.entries()) {
    for (const other of few.slice(index + 1)) {
      for (const a of first.values)
        for (const b of other.values) found.push({ ...entry(first.name, a), ...entry(other.name, b) });
    }
  }
  return distinct(found).slice(0, mostCombinations);
}

function isGiven(value: Given): boolean {
  return value !== undefined && value !== null;
}

function entry(name: string, value: Given): JsonObject {
  return value === undefined ? {} : { [name]: value };
}

import type { Position } from "../errors.js";
import type { Field, FieldPath, NamedField, RecordBody } from "../schema/model.js";

/** The fields on a path, from the plugin-level one down; it ends where the schema does. */
export function fieldsAlong(body: RecordBody, path: FieldPath): readonly Field[] {
  return walk(body, path).map(({ field }) => field);
}

/** Where the last thing on the path stands, or the nearest above it that has a place; undefined where the path ends before. */
export function positionAlong(body: RecordBody, path: FieldPath): Position | undefined {
  const visited = walk(body, path);
  if (visited.length < path.length) return undefined;
  return visited.findLast(({ position }) => position !== undefined)?.position;
}

interface Visited {
  readonly field: Field;
  readonly position: Position | undefined;
}

function walk(body: RecordBody, path: FieldPath): readonly Visited[] {
  const visited: Visited[] = [];
  let inside: RecordBody | Field = body;
  for (const segment of path) {
    const next: Visited | undefined = typeof segment === "string" ? named(inside, segment) : placed(inside, segment.in);
    if (next === undefined) break;
    visited.push(next);
    inside = next.field;
  }
  return visited;
}

function named(inside: RecordBody | Field, name: string): Visited | undefined {
  const found = "fields" in inside ? lastByName(inside.fields).get(name) : undefined;
  return found && { field: found.field, position: found.position ?? found.field.position };
}

/** What `findField` finds, kept: schemas are frozen, and large ones are asked for thousands of paths. */
const indices = new WeakMap<readonly NamedField[], ReadonlyMap<string, NamedField>>();

function lastByName(fields: readonly NamedField[]): ReadonlyMap<string, NamedField> {
  const known = indices.get(fields);
  if (known !== undefined) return known;
  const index = new Map(fields.map((field) => [field.name, field]));
  indices.set(fields, index);
  return index;
}

function placed(inside: RecordBody | Field, place: "elements" | "keys" | "values"): Visited | undefined {
  const field = fieldAt(inside, place);
  return field && { field, position: field.position };
}

function fieldAt(inside: RecordBody | Field, place: "elements" | "keys" | "values"): Field | undefined {
  switch (place) {
    case "elements":
      return "elements" in inside ? inside.elements : undefined;
    case "keys":
      return "keys" in inside ? inside.keys : undefined;
    case "values":
      return "values" in inside ? inside.values : undefined;
  }
}

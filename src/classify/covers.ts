import type { Change } from "../changes/registry.js";
import type { TableRow, UpdatePath } from "../kong/update-paths.js";
import type { Field, FieldPath, NamedField } from "../schema/model.js";
import type { CoveredParameter } from "./classified-change.js";
import { cellsOf, onlyPath } from "./column.js";

/** A parameter that comes or goes with the one above it, and the paths that the table can give it. */
export interface Cover {
  readonly parameter: CoveredParameter;
  readonly paths: readonly UpdatePath[];
}

/** Every named parameter beneath the place of a change that comes or goes with it. */
export function coversOf(change: Change): readonly Cover[] {
  switch (change.subject) {
    case "field-addition":
      return beneath(change.new, change.path, "added");
    case "field-removal":
      return beneath(change.old, change.path, "removed");
    case "definition":
      return [...beneath(change.old, change.path, "removed"), ...beneath(change.new, change.path, "added")];
    case "type":
    case "attribute":
    case "plugin-name":
    case "shadowed-definitions":
    case "entity-check":
    case "shorthand":
      return [];
  }
}

function beneath(field: Field, path: FieldPath, row: TableRow): readonly Cover[] {
  switch (field.type) {
    case "array":
    case "set":
      return beneath(field.elements, [...path, { in: "elements" }], row);
    case "map":
      return [
        ...beneath(field.keys, [...path, { in: "keys" }], row),
        ...beneath(field.values, [...path, { in: "values" }], row),
      ];
    case "record":
      return field.fields.flatMap((named) => coverOf(named, path, row));
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

function coverOf({ name, field }: NamedField, above: FieldPath, row: TableRow): readonly Cover[] {
  const path = [...above, name];
  const { column, paths } = cellsOf(row, field);
  return [{ parameter: { path, row, column, officialPath: onlyPath(paths) }, paths }, ...beneath(field, path, row)];
}

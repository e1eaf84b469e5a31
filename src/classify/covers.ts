import type { FieldMove } from "../changes/difference.js";
import { partsOfMove } from "../changes/move.js";
import type { Change } from "../changes/registry.js";
import type { UpdatePath } from "../kong/update-paths.js";
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
    case "field-move": {
      const [own, ...others] = tableParts(change);
      return [...(own === undefined ? [] : beneath(own.field, own.path, own.row)), ...others.flatMap(coverOfPart)];
    }
    case "type":
    case "attribute":
    case "plugin-name":
    case "shadowed-definitions":
    case "entity-check":
    case "shorthand":
      return [];
  }
}

/** A parameter that comes or goes, as the table sees it. */
export interface TablePart {
  readonly row: "added" | "removed";
  readonly path: FieldPath;
  readonly field: Field;
}

/** What a move takes away and brings by itself, in this order. */
export function tableParts(move: FieldMove): readonly TablePart[] {
  return partsOfMove(move).flatMap((part): readonly TablePart[] => {
    switch (part.subject) {
      case "field-removal":
        return [{ row: "removed", path: part.path, field: part.old }];
      case "field-addition":
        return [{ row: "added", path: part.path, field: part.new }];
      case "shorthand":
        return [];
    }
  });
}

function coverOfPart({ row, path, field }: TablePart): readonly Cover[] {
  const { column, paths } = cellsOf(row, field);
  return [{ parameter: { path, row, column, officialPath: onlyPath(paths) }, paths }, ...beneath(field, path, row)];
}

function beneath(field: Field, path: FieldPath, row: TablePart["row"]): readonly Cover[] {
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

function coverOf({ name, field }: NamedField, above: FieldPath, row: TablePart["row"]): readonly Cover[] {
  return coverOfPart({ row, path: [...above, name], field });
}

import { isEffectivelyRequired } from "../changes/effective.js";
import { hasOpaque } from "../changes/value-key.js";
import {
  tableColumn,
  updatePathTable,
  type TableColumn,
  type TableRow,
  type UpdatePath,
} from "../kong/update-paths.js";
import { isOpaque, type Field, type FieldPath } from "../schema/model.js";

/** The cells of the table in which a parameter can stand: one, or several where its attributes are not visible here. */
export interface Cells {
  /** Null where there are several. */
  readonly column: TableColumn | null;
  readonly paths: readonly UpdatePath[];
}

/** Decided by the parameter's own attributes as the schema writes them. */
export function cellsOf(row: TableRow, field: Field | undefined): Cells {
  const columns = possibleColumns(field);
  const [only] = columns;
  const column = columns.length === 1 && only !== undefined ? only : null;
  return { column, paths: columns.map((possible) => updatePathTable[row][possible]) };
}

const tableColumns: readonly TableColumn[] = [
  "required-default",
  "required-no-default",
  "optional-default",
  "optional-no-default",
];

/** An attribute from a module that is not visible here may turn out to be there or not. */
function possibleColumns(field: Field | undefined): readonly TableColumn[] {
  if (field === undefined || field.type === "opaque") return tableColumns;
  const required = hasOpaque(field.attributes["required"]) ? [true, false] : [field.required];
  const defaults = isOpaque(field.default) ? [null, undefined] : [field.default];
  return required.flatMap((isRequired) =>
    defaults.map((value) => tableColumn({ required: isRequired, default: value })),
  );
}

/**
 * The column with Kong's record rules applied: a record among records is required unless it says otherwise, and a
 * required record is always filled in, so it has a default of a kind.
 */
export function effectiveColumn(field: Field, path: FieldPath): TableColumn | null {
  if (possibleColumns(field).length > 1) return null;
  const required = isEffectivelyRequired(field, path);
  const isFilledIn = field.type === "record" && required;
  return tableColumn({ required, default: field.default ?? (isFilledIn ? [] : undefined) });
}

/** The path that all cells agree on; null where they do not. */
export function onlyPath(paths: readonly UpdatePath[]): UpdatePath | null {
  const [first] = paths;
  return first !== undefined && paths.every((path) => path === first) ? first : null;
}

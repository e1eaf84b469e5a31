import { describeChange, type Change } from "../changes/registry.js";
import { nameOf } from "../changes/words.js";
import {
  isStricterPath,
  updatePathNames,
  type TableColumn,
  type TableRow,
  type UpdatePath,
} from "../kong/update-paths.js";
import type { Cells } from "./column.js";
import type { Cover } from "./covers.js";

const columnWords = {
  "required-default": "required, with a default",
  "required-no-default": "required, without a default",
  "optional-default": "optional, with a default",
  "optional-no-default": "optional, without a default",
} as const satisfies Record<TableColumn, string>;

const rowWords = {
  added: "adding such a parameter",
  removed: "removing such a parameter",
  "type-changed": "changing the data type of such a parameter",
} as const satisfies Record<TableRow, string>;

/** Why the table gives this path, in sentences. */
export function tableReason(
  change: Change,
  row: TableRow,
  cells: Cells,
  covers: readonly Cover[],
  path: UpdatePath,
): string {
  return [
    `${describeChange(change)}.`,
    ownReason(row, cells),
    ...coverReason(cells, covers, path),
    ...contradiction(row, cells, covers),
  ].join(" ");
}

/** The page says of such a removal that it does not break data plane nodes, and Long in its table: both are told. */
function contradiction(row: TableRow, cells: Cells, covers: readonly Cover[]): readonly string[] {
  const isHarmless = cells.column === "optional-no-default" && covers.length === 0;
  return row === "removed" && isHarmless ? ["Elsewhere the same page calls such a removal non-breaking."] : [];
}

function ownReason(row: TableRow, { column, paths }: Cells): string {
  if (column !== null) {
    return `It is ${columnWords[column]}; for ${rowWords[row]} Kong's table says ${names(paths)}.`;
  }
  return `Whether it is required or has a default comes from a module that is not visible here; for ${rowWords[row]} Kong's table says ${names(paths)}, so the strictest is assumed.`;
}

/** Only said where something beneath is stricter than the parameter itself. */
function coverReason(cells: Cells, covers: readonly Cover[], path: UpdatePath): readonly string[] {
  if (!cells.paths.every((own) => isStricterPath(path, own))) return [];
  const strictest = covers.find(({ paths }) => paths.includes(path));
  if (strictest === undefined) return [];
  const { parameter } = strictest;
  const attributes = parameter.column === null ? "" : ` (${columnWords[parameter.column]})`;
  return [
    `${nameOf(parameter.path)}${attributes} comes or goes with it, and for that the table says ${updatePathNames[path]}.`,
  ];
}

function names(paths: readonly UpdatePath[]): string {
  return [...new Set(paths)].map((path) => updatePathNames[path]).join(" or ");
}

/** Why the path is what it is where the table has no row. */
export function derivedReason(change: Change, because: string): string {
  return `${describeChange(change)}. Kong's table has no row for this. ${because}`;
}

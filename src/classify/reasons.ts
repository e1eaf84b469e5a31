import { describeChange, type Change } from "../changes/registry.js";
import type { Freeze } from "../changes/kind.js";
import { nameOf } from "../changes/words.js";
import {
  isStricterPath,
  updatePathNames,
  updatePathsPage,
  type TableColumn,
  type TableRow,
  type UpdatePath,
} from "../kong/update-paths.js";
import type { Json } from "../changes/json.js";
import { engineSource, type Argument, type Proof, type ProvenPath, type Witness } from "../prove/proof.js";
import type { Cells } from "./column.js";
import type { Cover } from "./covers.js";

/** A column of the table in words. */
export const columnWords = {
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
    ...(change.subject === "field-move" && covers.length > 0
      ? ["Kong's table has no row for moves: to it this is a removal and an addition."]
      : []),
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

/** What is said where the table has no row. */
export function derivedReason(change: Change, because: string | undefined): string {
  return [
    `${describeChange(change)}. Kong's table has no row for this.`,
    ...(because === undefined ? [] : [because]),
  ].join(" ");
}

/** What Kong's engine makes of it, and where the table says something else. */
export function provenReason(
  official: UpdatePath | null,
  { path, freeze, argument, witness, assumes = [] }: Proof,
  { isRename = false } = {},
): readonly string[] {
  const difference =
    official === null || path === "unknown" || official === path
      ? []
      : [
          `The two differ: ${updatePathNames[official]} is from ${updatePathsPage}, ${updatePathNames[path]} from ${engineSource}.`,
        ];
  if (argument?.by === "not-asked") return [];
  return [
    path === "cp-dp-sync" && isRename ? renameRefused : engineWords(path, argument),
    ...(path === "long" && witness !== undefined ? lossWords(witness) : []),
    ...(path === "short" ? freezeWords[freeze] : []),
    ...(assumes.length > 0
      ? [`What hangs on ${assumes.join(", ")} is the same in both versions and was left out.`]
      : []),
    ...difference,
  ];
}

const renameRefused =
  "Kong's engine refuses stored configurations that have a value at the old place on a data plane node with the new schema, and on one with the old schema those that have it at the new place.";

function engineWords(path: ProvenPath, argument: Argument | undefined): string {
  switch (path) {
    case "none":
      return "Kong's engine sees no difference.";
    case "short":
      return argument?.by === "construction"
        ? "Kong's engine judges every configuration as before."
        : "Kong's engine refused no stored configuration that was tried on a data plane node with the new schema.";
    case "long":
      return "Kong's engine refuses some stored configurations on a data plane node with the new schema; they can be edited so that the old and the new nodes accept them.";
    case "cp-dp-sync":
      return "Kong's engine refuses some stored configurations on a data plane node with the new schema, and on one with the old schema every edit of them that was tried.";
    case "unknown": {
      const missing = argument?.by === "nothing" ? argument.missing.join(", ") : "what is not visible here";
      return `What Kong's engine does hangs on ${missing}, so the strictest path is assumed.`;
    }
  }
}

/** An edit may be accepted because it gives up what the instance had. */
function lossWords({ config, edit }: Witness): readonly string[] {
  return edit !== undefined && losesValue(config, edit)
    ? ["The edit that was found takes a value away: data plane nodes do without it until a new one is set."]
    : [];
}

function losesValue(before: Json, after: Json | undefined): boolean {
  if (before === null) return false;
  if (after === undefined || after === null) return true;
  if (typeof before !== "object" || Array.isArray(before)) return false;
  return Object.entries(before).some(([key, value]) =>
    losesValue(
      value,
      typeof after === "object" && !Array.isArray(after)
        ? Object.entries(after).find(([name]) => name === key)?.[1]
        : undefined,
    ),
  );
}

const freezeWords = {
  none: [],
  "new-values": ["Data plane nodes with the old schema refuse an instance that uses what is newly allowed."],
  "any-edit": [
    "But data plane nodes with the old schema refuse an instance that is saved again, even unchanged: save none before every node has the new schema.",
  ],
} as const satisfies Record<Freeze, readonly string[]>;

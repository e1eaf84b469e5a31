/** The page that documents the table, the three paths and what counts as non-breaking. */
export const updatePathsPage = "https://developer.konghq.com/custom-plugins/konnect-hybrid-mode/";

/** From the mildest to the strictest. */
export const updatePaths = ["none", "short", "long", "cp-dp-sync"] as const;

export type UpdatePath = (typeof updatePaths)[number];

/** What happened to the configuration parameter. */
export type TableRow = "added" | "removed" | "type-changed";

/** The parameter's attributes as the schema writes them. */
export type TableColumn = "required-default" | "required-no-default" | "optional-default" | "optional-no-default";

const short = "short";
const long = "long";
const sync = "cp-dp-sync";

/** The page's table, cell for cell. */
// prettier-ignore
export const updatePathTable = {
  //                required-default          required-no-default          optional-default          optional-no-default
  "added":        { "required-default": short, "required-no-default": long, "optional-default": short, "optional-no-default": short },
  "removed":      { "required-default": long,  "required-no-default": sync, "optional-default": long,  "optional-no-default": long  },
  "type-changed": { "required-default": sync,  "required-no-default": sync, "optional-default": sync,  "optional-no-default": sync  },
} as const satisfies Record<TableRow, Record<TableColumn, UpdatePath>>;

/** What the page calls each path. */
export const updatePathNames = {
  none: "None",
  short: "Short",
  long: "Long",
  "cp-dp-sync": "CP/DP sync required",
} as const satisfies Record<UpdatePath, string>;

/** A step of a documented path; the ids are those of a plan's steps. */
export type DocumentedStepId =
  "open-window" | "update-control-plane-schema" | "update-instances" | "update-data-plane-schemas" | "close-window";

export interface DocumentedStep {
  readonly id: DocumentedStepId;
  /** Whether the page leaves the step to what the change is. */
  readonly optional: boolean;
}

/** The page's steps of each path, in its order. */
export const documentedSteps = {
  none: [],
  short: [
    { id: "open-window", optional: false },
    { id: "update-control-plane-schema", optional: false },
    { id: "update-data-plane-schemas", optional: false },
    { id: "close-window", optional: false },
  ],
  long: [
    { id: "open-window", optional: false },
    { id: "update-control-plane-schema", optional: false },
    { id: "update-instances", optional: false },
    { id: "update-data-plane-schemas", optional: false },
    { id: "close-window", optional: false },
  ],
  "cp-dp-sync": [
    { id: "open-window", optional: false },
    { id: "update-control-plane-schema", optional: false },
    { id: "update-instances", optional: true },
    { id: "update-data-plane-schemas", optional: false },
    { id: "close-window", optional: false },
  ],
} as const satisfies Record<UpdatePath, readonly DocumentedStep[]>;

/** The strictest of some paths; `"none"` of none at all. */
export function strictestPath(paths: Iterable<UpdatePath>): UpdatePath {
  let strictest = 0;
  for (const path of paths) strictest = Math.max(strictest, updatePaths.indexOf(path));
  return updatePaths[strictest] ?? "none";
}

/** Whether one path is stricter than another. */
export function isStricterPath(path: UpdatePath, than: UpdatePath): boolean {
  return updatePaths.indexOf(path) > updatePaths.indexOf(than);
}

/** The column of a parameter, from its own attributes as written: `false`, `""` and `{}` are defaults too. */
export function tableColumn(parameter: {
  readonly required?: boolean | undefined;
  readonly default?: unknown;
}): TableColumn {
  const hasDefault = parameter.default !== undefined;
  if (parameter.required === true) return hasDefault ? "required-default" : "required-no-default";
  return hasDefault ? "optional-default" : "optional-no-default";
}

/**
 * Whether the page's own words call the change non-breaking: a parameter that is neither required nor has a default
 * comes or goes. This is stated beside the table and does not follow from it.
 */
export function isDocumentedNonBreaking(row: TableRow, column: TableColumn): boolean {
  return row !== "type-changed" && column === "optional-no-default";
}

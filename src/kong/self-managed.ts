import type { DocumentedFact } from "./fact.js";
import type { TableColumn, TableRow } from "./update-paths.js";

const source = "https://github.com/Kong/kong/blob/3.9.1/kong";

/** What a control plane that one runs oneself does otherwise than Konnect's, and nodes without any. */
export const selfManagedFacts = [
  {
    id: "control-plane-re-reads",
    fact: "A self-managed control plane reads every instance under the schema that it has now before it sends it: missing parameters appear with their defaults, unknown ones are dropped.",
    source: `${source}/db/declarative/export.lua`,
    basis: "public-source",
  },
  {
    id: "restart-pushes",
    fact: "A data plane node that connects is sent the configuration at once, so the restart of a control plane node is a push to all of its data plane nodes.",
    source: `${source}/clustering/control_plane.lua`,
    basis: "public-source",
  },
  {
    id: "plugin-version-gate",
    fact: "A self-managed control plane sends nothing to a data plane node on which the handler VERSION of a configured plugin has another major, or a higher minor, than its own.",
    source: `${source}/clustering/compat/init.lua`,
    basis: "public-source",
  },
  {
    id: "plugin-set-gate",
    fact: "A self-managed control plane sends nothing to a data plane node on which a configured plugin is missing.",
    source: `${source}/clustering/compat/init.lua`,
    basis: "public-source",
  },
  {
    id: "disabled-not-sent",
    fact: "A self-managed control plane does not send instances that are disabled.",
    source: `${source}/db/declarative/export.lua`,
    basis: "public-source",
  },
  {
    id: "traditional-reads-without-validation",
    fact: "A node with a database reads each instance under the schema that it has, and validates it only when it is saved.",
    source: `${source}/db/dao/init.lua`,
    basis: "public-source",
  },
  {
    id: "traditional-needs-every-plugin",
    fact: "A node that finds an instance of a plugin that its plugins setting does not name cannot build its list of plugins.",
    source: `${source}/runloop/plugins_iterator.lua`,
    basis: "public-source",
  },
  {
    id: "db-less-file-refused-whole",
    fact: "A node without a database validates its configuration file as a whole, and takes all of it or nothing.",
    source: `${source}/api/routes/config.lua`,
    basis: "public-source",
  },
] as const satisfies readonly DocumentedFact[];

/** What one change asks of a deployment whose control plane re-reads the stored instances. */
export interface NodeOrder {
  /** Whether data plane nodes with the old schema accept what a control plane with the new one makes of the instances. */
  readonly oldNodesAccept: boolean;
  /** Whether data plane nodes with the new schema accept what a control plane with the old one sends. */
  readonly newNodesAccept: boolean;
  /** When instances must be edited: under the old schema, which accepts the result too, or between the two updates. */
  readonly edits: "none" | "before" | "between";
}

const anyOrder = { oldNodesAccept: true, newNodesAccept: true, edits: "none" } as const;
const controlPlaneFirst = { oldNodesAccept: true, newNodesAccept: false, edits: "none" } as const;
const dataPlanesFirst = { oldNodesAccept: false, newNodesAccept: true, edits: "none" } as const;
const noOrder = { oldNodesAccept: false, newNodesAccept: false, edits: "none" } as const;
const editBetween = { oldNodesAccept: false, newNodesAccept: false, edits: "between" } as const;

/**
 * In place of Kong's table of update paths, which is about Konnect: the same rows and columns. A default of a new
 * parameter is in every payload as soon as the control plane has the schema; a parameter that is gone is in none.
 */
// prettier-ignore
export const selfManagedTable = {
  "added":        { "required-default": dataPlanesFirst,   "required-no-default": editBetween, "optional-default": dataPlanesFirst,   "optional-no-default": anyOrder          },
  "removed":      { "required-default": controlPlaneFirst, "required-no-default": noOrder,     "optional-default": controlPlaneFirst, "optional-no-default": controlPlaneFirst },
  "type-changed": { "required-default": editBetween,       "required-no-default": editBetween, "optional-default": editBetween,       "optional-no-default": editBetween       },
} as const satisfies Record<TableRow, Record<TableColumn, NodeOrder>>;

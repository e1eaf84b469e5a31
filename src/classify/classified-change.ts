import type { Freeze } from "../changes/kind.js";
import type { Change } from "../changes/registry.js";
import type { TableColumn, TableRow, UpdatePath } from "../kong/update-paths.js";
import type { Proof, ProvenPath } from "../prove/proof.js";
import type { FieldPath } from "../schema/model.js";

/** A change with what Kong's table says of it, and what to expect where the table is silent. */
export interface ClassifiedChange {
  readonly change: Change;
  /** The row of Kong's table; null where the table has none for this kind of change. */
  readonly row: TableRow | null;
  /** From the parameter's attributes as written; null without a row, and where they come from a module that is not visible. */
  readonly column: TableColumn | null;
  /** The column with Kong's record rules applied, beside the documented one. */
  readonly effectiveColumn: TableColumn | null;
  /** Whether every instance has what is around it: no list, no map, and no record that may be absent. */
  readonly isInEveryInstance: boolean;
  /** The strictest cell of the change itself and of all that it covers; null where the table is silent. */
  readonly officialPath: UpdatePath | null;
  /** What Kong's engine answers at worst; `"unknown"` is planned as CP/DP sync. */
  readonly provenPath: ProvenPath;
  /** What must not be done with instances that need no edit before every data plane node has the new schema. */
  readonly freeze: Freeze;
  /** What the proven path rests on. */
  readonly proof: Proof;
  /** What to plan with. */
  readonly path: UpdatePath;
  /** Every parameter beneath this one that comes, goes or is replaced with it. */
  readonly covers: readonly CoveredParameter[];
  /** Whether the page's words call it non-breaking; this does not follow from the table. */
  readonly documentedNonBreaking: boolean;
  /** Why this path, as one or more sentences for an operator. */
  readonly reason: string;
  /** The old side first. */
  readonly positions: readonly SidePosition[];
  /** Present where the caller accepted this change, with the words that were given. */
  readonly accepted?: { readonly reason: string };
}

export interface CoveredParameter {
  readonly path: FieldPath;
  readonly row: TableRow;
  /** Null where the attributes come from a module that is not visible. */
  readonly column: TableColumn | null;
  readonly officialPath: UpdatePath | null;
}

/** A place in one of the two sources: 1-based, columns in UTF-16 units. */
export interface SidePosition {
  readonly side: "old" | "new";
  readonly file?: string;
  readonly line: number;
  readonly column: number;
}

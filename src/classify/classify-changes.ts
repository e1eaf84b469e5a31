import { fieldsAlong } from "../changes/along.js";
import type { Site } from "../changes/difference.js";
import { changeKinds, type Change } from "../changes/registry.js";
import type { ChangeKind, DerivedPath } from "../changes/kind.js";
import { isDocumentedNonBreaking, strictestPath, type TableRow, type UpdatePath } from "../kong/update-paths.js";
import type { Proof } from "../prove/proof.js";
import { proveChanges, type Proofs } from "../prove/prove.js";
import { treeFor, type PluginSchema, type RecordBody } from "../schema/model.js";
import type { ClassifiedChange } from "./classified-change.js";
import { cellsOf, effectiveColumn, onlyPath } from "./column.js";
import { coversOf } from "./covers.js";
import { positionsOf } from "./positions.js";
import { derivedReason, provenReason, tableReason } from "./reasons.js";
import { plannedPath, type Trust } from "./trust.js";

export interface ClassifyOptions {
  readonly trust?: Trust | undefined;
  /** What is known already; else it is found out here. */
  readonly proofs?: Proofs;
}

/** What Kong's table says of each change, and what Kong's engine does. */
export function classifyChanges(
  oldSchema: PluginSchema,
  newSchema: PluginSchema,
  changes: readonly Change[],
  { trust, proofs = proveChanges(oldSchema, newSchema, changes) }: ClassifyOptions = {},
): readonly ClassifiedChange[] {
  return changes.map((change) => {
    const role = change.role ?? "control_plane";
    return classify(change, treeFor(oldSchema, role), treeFor(newSchema, role), proofs.ofChange(change), trust);
  });
}

function classify(
  change: Change,
  old: RecordBody,
  now: RecordBody,
  proof: Proof,
  trust: Trust | undefined,
): ClassifiedChange {
  const kind: ChangeKind<Change> = changeKinds[change.kind];
  const site: Site = { old: fieldsAlong(old, change.path), new: fieldsAlong(now, change.path) };
  const rule = kind.updatePath;
  const { tablePath, reason, ...documented } =
    "row" in rule ? byTable(change, rule.row, site) : beyondTable(change, rule, site, proof);
  return {
    change,
    ...documented,
    provenPath: proof.path,
    freeze: proof.freeze,
    proof,
    path: plannedPath(tablePath, proof.path, trust),
    reason: [reason, ...provenReason(documented.officialPath, proof)].join(" "),
    positions: positionsOf(change, old, now),
  };
}

type Documented = Pick<
  ClassifiedChange,
  "row" | "column" | "effectiveColumn" | "officialPath" | "covers" | "documentedNonBreaking" | "reason"
> & {
  /** The strictest path that the table can give; null without a row. */
  readonly tablePath: UpdatePath | null;
};

function byTable(change: Change, row: TableRow, site: Site): Documented {
  const side = row === "removed" ? site.old : site.new;
  const parameter = side.at(-1);
  const cells = cellsOf(row, parameter);
  const covers = coversOf(change);
  const all = [cells.paths, ...covers.map(({ paths }) => paths)];
  const known = all.map(onlyPath);
  const path = strictestPath(all.flat());
  return {
    row,
    column: cells.column,
    effectiveColumn: parameter === undefined ? null : effectiveColumn(parameter, change.path),
    officialPath: known.includes(null) ? null : path,
    tablePath: path,
    covers: covers.map(({ parameter: covered }) => covered),
    documentedNonBreaking: [cells.column, ...covers.map(({ parameter: { column } }) => column)].every(
      (column) => column !== null && isDocumentedNonBreaking(row, column),
    ),
    reason: tableReason(change, row, cells, covers, path),
  };
}

/** The kind's own words say why, where they speak of the path that was proven. */
function beyondTable(change: Change, rule: DerivedPath, site: Site, proof: Proof): Documented {
  const { derived, because } = rule.unless?.find(({ applies }) => applies(site, change.path)) ?? rule;
  return {
    row: null,
    column: null,
    effectiveColumn: null,
    officialPath: null,
    tablePath: null,
    covers: [],
    documentedNonBreaking: false,
    reason: derivedReason(change, proof.path === derived ? because : undefined),
  };
}

import { fieldsAlong } from "../changes/along.js";
import type { Site } from "../changes/difference.js";
import { changeKinds, type Change } from "../changes/registry.js";
import type { ChangeKind, DerivedPath } from "../changes/kind.js";
import { isDocumentedNonBreaking, strictestPath, type TableRow } from "../kong/update-paths.js";
import { treeFor, type PluginSchema, type RecordBody } from "../schema/model.js";
import type { ClassifiedChange } from "./classified-change.js";
import { cellsOf, effectiveColumn, onlyPath } from "./column.js";
import { combine } from "./combine.js";
import { coversOf } from "./covers.js";
import { positionsOf } from "./positions.js";
import { derivedReason, tableReason } from "./reasons.js";

/** What Kong's table says of each change, and what to expect of those that it has no row for. */
export function classifyChanges(
  oldSchema: PluginSchema,
  newSchema: PluginSchema,
  changes: readonly Change[],
): readonly ClassifiedChange[] {
  return combine(
    changes.map((change) => {
      const role = change.role ?? "control_plane";
      return classify(change, treeFor(oldSchema, role), treeFor(newSchema, role));
    }),
  );
}

function classify(change: Change, old: RecordBody, now: RecordBody): ClassifiedChange {
  const kind: ChangeKind<Change> = changeKinds[change.kind];
  const site: Site = { old: fieldsAlong(old, change.path), new: fieldsAlong(now, change.path) };
  const rule = kind.updatePath;
  const verdict = "row" in rule ? byTable(change, rule.row, site) : byEngine(change, rule, site);
  return { change, ...verdict, positions: positionsOf(change, old, now) };
}

type Verdict = Omit<ClassifiedChange, "change" | "positions">;

function byTable(change: Change, row: TableRow, site: Site): Verdict {
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
    path,
    covers: covers.map(({ parameter: covered }) => covered),
    documentedNonBreaking: [cells.column, ...covers.map(({ parameter: { column } }) => column)].every(
      (column) => column !== null && isDocumentedNonBreaking(row, column),
    ),
    reason: tableReason(change, row, cells, covers, path),
  };
}

function byEngine(change: Change, rule: DerivedPath, site: Site): Verdict {
  const { derived, because } = rule.unless?.find(({ applies }) => applies(site, change.path)) ?? rule;
  return {
    row: null,
    column: null,
    effectiveColumn: null,
    officialPath: null,
    path: derived,
    covers: [],
    documentedNonBreaking: false,
    reason: derivedReason(change, because),
  };
}

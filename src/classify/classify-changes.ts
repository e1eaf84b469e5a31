import { fieldsAlong } from "../changes/along.js";
import { isEffectivelyRequired } from "../changes/effective.js";
import type { Site } from "../changes/difference.js";
import { changeKinds, type Change } from "../changes/registry.js";
import type { ChangeKind, DerivedPath, UpdatePathRule } from "../changes/kind.js";
import { isDeclaredMove, keepsOldName } from "../changes/move.js";
import { isDocumentedNonBreaking, strictestPath, type TableRow, type UpdatePath } from "../kong/update-paths.js";
import type { Proof } from "../prove/proof.js";
import { proveChanges, type Proofs } from "../prove/prove.js";
import { isUnasked, unaskedProofs } from "../prove/unasked.js";
import { treeFor, type Field, type FieldPath, type PluginSchema, type SchemaTree } from "../schema/model.js";
import type { ClassifiedChange } from "./classified-change.js";
import { cellsOf, effectiveColumn, onlyPath } from "./column.js";
import { coversOf, tableParts } from "./covers.js";
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
  { trust, proofs = proofsFor(oldSchema, newSchema, changes, trust) }: ClassifyOptions = {},
): readonly ClassifiedChange[] {
  return changes.map((change) => {
    const role = change.role ?? "control_plane";
    return classify(change, treeFor(oldSchema, role), treeFor(newSchema, role), proofs.ofChange(change), trust);
  });
}

/** What Kong's engine does, unless only the table is trusted. */
export function proofsFor(
  oldSchema: PluginSchema,
  newSchema: PluginSchema,
  changes: readonly Change[],
  trust: Trust | undefined,
): Proofs {
  return trust === "table" ? unaskedProofs(changes) : proveChanges(oldSchema, newSchema, changes);
}

function classify(
  change: Change,
  old: SchemaTree,
  now: SchemaTree,
  proof: Proof,
  trust: Trust | undefined,
): ClassifiedChange {
  const kind: ChangeKind<Change> = changeKinds[change.kind];
  const site: Site = { old: fieldsAlong(old, change.path), new: fieldsAlong(now, change.path) };
  const documentation = documentationOf(change, kind.updatePath, site);
  const { tablePath, derivedPath, reason, ...documented } =
    "part" in documentation
      ? byTable(change, documentation.part)
      : beyondTable(change, documentation.derived, site, proof);
  return {
    change,
    ...documented,
    isInEveryInstance: site.new
      .slice(0, change.path.length - 1)
      .every(
        (field, at) =>
          typeof change.path[at] === "string" && isEffectivelyRequired(field, change.path.slice(0, at + 1)),
      ),
    provenPath: proof.path,
    freeze: proof.freeze,
    proof,
    path: plannedPath({ official: tablePath, proven: proof.path, derived: derivedPath }, trust),
    reason: [
      reason,
      ...provenReason(documented.officialPath, proof, { isRename: isDeclaredMove(change) }),
      ...(proof.reason === undefined ? [] : [proof.reason]),
    ].join(" "),
    positions: positionsOf(change, old, now),
  };
}

/** Where a change stands in the table, with the parameter that decides on the column; or what is said in the table's place. */
type Documentation = { readonly part: Located } | { readonly derived: DerivedPath };

interface Located {
  readonly row: TableRow;
  readonly path: FieldPath;
  readonly field: Field | undefined;
}

function documentationOf(change: Change, rule: UpdatePathRule, site: Site): Documentation {
  if ("row" in rule) {
    const field = (rule.row === "removed" ? site.old : site.new).at(-1);
    return { part: { row: rule.row, path: change.path, field } };
  }
  if (!("rows" in rule)) return { derived: rule };
  if (change.subject !== "field-move" || keepsOldName(change)) return { derived: rule.withOldName };
  const [part] = tableParts(change);
  return part === undefined ? { derived: withWhatIsAround } : { part };
}

/** Of a move between two records that come and go as a whole. */
const withWhatIsAround: DerivedPath = {
  derived: "cp-dp-sync",
  because: "What is around it comes and goes as a whole, and is a change of its own.",
};

type Documented = Pick<
  ClassifiedChange,
  "row" | "column" | "effectiveColumn" | "officialPath" | "covers" | "documentedNonBreaking" | "reason"
> & {
  /** The strictest path that the table can give; null without a row. */
  readonly tablePath: UpdatePath | null;
  /** What the kind of change asks for at worst; null with a row. */
  readonly derivedPath: UpdatePath | null;
};

function byTable(change: Change, { row, path: place, field }: Located): Documented {
  const cells = cellsOf(row, field);
  const covers = coversOf(change);
  const all = [cells.paths, ...covers.map(({ paths }) => paths)];
  const known = all.map(onlyPath);
  const path = strictestPath(all.flat());
  return {
    row,
    column: cells.column,
    effectiveColumn: field === undefined ? null : effectiveColumn(field, place),
    officialPath: known.includes(null) ? null : path,
    tablePath: path,
    derivedPath: null,
    covers: covers.map(({ parameter: covered }) => covered),
    documentedNonBreaking: [cells.column, ...covers.map(({ parameter: { column } }) => column)].every(
      (column) => column !== null && isDocumentedNonBreaking(row, column),
    ),
    reason: tableReason(change, row, cells, covers, path),
  };
}

/** The kind's own words say why, where they speak of the path that was proven, or of the only one that is known. */
function beyondTable(change: Change, rule: DerivedPath, site: Site, proof: Proof): Documented {
  const { derived, because } = rule.unless?.find(({ applies }) => applies(site, change)) ?? rule;
  return {
    row: null,
    column: null,
    effectiveColumn: null,
    officialPath: null,
    tablePath: null,
    derivedPath: derived,
    covers: [],
    documentedNonBreaking: false,
    reason: derivedReason(change, proof.path === derived || isUnasked(proof) ? because : undefined),
  };
}

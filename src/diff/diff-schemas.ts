import type { Change } from "../changes/registry.js";
import { explainDifference } from "../changes/registry.js";
import type { Rename } from "../changes/rename.js";
import type { Role, SchemaTree } from "../schema/model.js";
import { findDifferences } from "./differences.js";
import { changeKey } from "./change-key.js";
import { declaredMove } from "./declared-moves.js";
import { joinMoves, type DeclaredMove } from "./moves.js";
import { dataPlaneTree, type SchemaTrees } from "./trees.js";

export interface DiffOptions {
  /** Parameters that have another place now; each must be a move between the two schemas. */
  readonly renames?: readonly Rename[];
}

/**
 * All changes from one schema to another, facts only. Each stands at the topmost place that explains it; a field's
 * definition that is replaced whole is one change, with the whole field on both sides. What goes on under another name is
 * one change, where a shorthand of the new schema, or the caller, says so; a `RenameError` says which rename fits nothing.
 *
 * Where a schema reads its node's role, both trees are compared: a change of both is reported once, without a role.
 */
export function diffSchemas(
  oldSchema: SchemaTrees,
  newSchema: SchemaTrees,
  { renames = [] }: DiffOptions = {},
): readonly Change[] {
  const moves = renames.map((rename) => declaredMove(rename, oldSchema, newSchema));
  const controlPlane = changesBetween(oldSchema, newSchema, moves);
  if (oldSchema.dataPlane === undefined && newSchema.dataPlane === undefined) return controlPlane;
  const dataPlane = changesBetween(dataPlaneTree(oldSchema), dataPlaneTree(newSchema), moves);
  return mergeRoles(controlPlane, dataPlane);
}

/** Equal changes are matched one to one; the others are marked with the role whose tree they are in. */
function mergeRoles(controlPlane: readonly Change[], dataPlane: readonly Change[]): readonly Change[] {
  const unmatched = new Map<string, Change[]>();
  for (const change of dataPlane) {
    const key = changeKey(change);
    unmatched.set(key, [...(unmatched.get(key) ?? []), change]);
  }
  const merged = controlPlane.map((change) =>
    unmatched.get(changeKey(change))?.shift() === undefined ? onlyFor(change, "control_plane") : change,
  );
  const left = new Set([...unmatched.values()].flat());
  return [...merged, ...dataPlane.filter((change) => left.has(change)).map((change) => onlyFor(change, "data_plane"))];
}

function changesBetween(old: SchemaTree, now: SchemaTree, moves: readonly DeclaredMove[]): readonly Change[] {
  const found = joinMoves(old, now, findDifferences(old, now), moves);
  return found.map(({ difference, site }) => explainDifference(difference, site));
}

function onlyFor(change: Change, role: Role): Change {
  return { ...change, role };
}

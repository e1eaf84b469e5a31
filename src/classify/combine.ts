import type { Freeze, UpdatePathRule } from "../changes/kind.js";
import { changeKinds, type Change } from "../changes/registry.js";
import { nameOf } from "../changes/words.js";
import type { FieldPath, PathSegment } from "../schema/model.js";
import type { ClassifiedChange } from "./classified-change.js";

/**
 * Judges the changes that the table is silent on together. One that asks for an edit of instances is Long only as long
 * as data plane nodes with the old schema accept the edited instances; another change can take that away.
 */
export function combine(changes: readonly ClassifiedChange[]): readonly ClassifiedChange[] {
  const carried = changes.find(isCarriedByEveryEdit);
  const loosening = changes.map(({ change }) => change).filter((change) => freezeOf(change) === "new-values");
  return changes.map((classified) => {
    if (classified.row !== null || classified.path !== "long") return classified;
    const obstacle = obstacleTo(classified.change, carried?.change, loosening);
    if (obstacle === undefined) return classified;
    return { ...classified, path: "cp-dp-sync", reason: `${classified.reason} ${obstacle}` };
  });
}

/** Why an edited instance may be refused by a data plane node with the old schema, if so. */
function obstacleTo(edited: Change, carried: Change | undefined, loosening: readonly Change[]): string | undefined {
  if (carried !== undefined) {
    return `An instance that is edited also gets ${nameOf(carried.path)}, which data plane nodes with the old schema refuse.`;
  }
  const looser = loosening.find((change) => meet(edited, change));
  if (looser === undefined) return undefined;
  return `What instances are edited to may be something that is allowed only now (${looser.kind} at ${nameOf(looser.path)}), which data plane nodes with the old schema refuse.`;
}

/** Whether a new parameter is stored with a value in every instance that is saved: the old schema does not know its name. */
export function isCarriedByEveryEdit({ row, effectiveColumn }: ClassifiedChange): boolean {
  return row === "added" && effectiveColumn !== "optional-no-default";
}

/** What must not be done with instances while data plane nodes with the old schema are left; of kinds that the table is silent on. */
export function freezeOf(change: Change): Freeze {
  const rule: UpdatePathRule = changeKinds[change.kind].updatePath;
  return "row" in rule ? "none" : (rule.freeze ?? "none");
}

/** Whether two changes can bear on one value: at the same place, or one a check over a record around the other. */
function meet(a: Change, b: Change): boolean {
  return isAt(a.path, b.path) || isCheckAround(a, b.path) || isCheckAround(b, a.path);
}

function isCheckAround(change: Change, path: FieldPath): boolean {
  return change.subject === "entity-check" && isAt(change.path, path.slice(0, change.path.length));
}

function isAt(a: FieldPath, b: FieldPath): boolean {
  return a.length === b.length && a.every((segment, index) => isSameSegment(segment, b[index]));
}

function isSameSegment(a: PathSegment, b: PathSegment | undefined): boolean {
  return typeof a === "object" && typeof b === "object" ? a.in === b.in : a === b;
}

import type { Freeze } from "../changes/kind.js";
import type { ClassifiedChange } from "../classify/classified-change.js";
import { type NodeOrder, selfManagedTable } from "../kong/self-managed.js";
import type { UpdatePath } from "../kong/update-paths.js";

const inAnyOrder: NodeOrder = { oldNodesAccept: true, newNodesAccept: true, edits: "none" };
const allTogether: NodeOrder = { oldNodesAccept: false, newNodesAccept: false, edits: "between" };

/** What a change asks of nodes whose control plane re-reads the instances. */
export function nodeOrderOf({ row, effectiveColumn, covers, change, path, freeze }: ClassifiedChange): NodeOrder {
  // Such a control plane drops what stands at the old place, and nothing but an edit puts it at the new one.
  if (change.subject === "field-move" && change.shorthand === undefined) return allTogether;
  if (row === null) return orderOfPath(path, freeze, change.subject === "shorthand" || change.subject === "field-move");
  if (effectiveColumn === null) return allTogether;
  const own = selfManagedTable[row][effectiveColumn];
  // What instances need not have brings nothing with it when it comes, and is not missed when it goes.
  if (effectiveColumn === "optional-no-default") return own;
  return joinOrders([
    own,
    ...covers.map((cover) => (cover.column === null ? allTogether : selfManagedTable[cover.row][cover.column])),
  ]);
}

/**
 * Of changes that Kong's table has no row for. A control plane that re-reads an instance turns shorthands into the
 * parameters that they stand for, which nodes with the old schema may not know.
 */
function orderOfPath(path: UpdatePath, freeze: Freeze, isShorthand: boolean): NodeOrder {
  switch (path) {
    case "none":
    case "short":
      return { ...inAnyOrder, oldNodesAccept: freeze !== "any-edit" && !isShorthand };
    case "long":
      // Such a change asks for values that the old schema accepts too.
      return { ...inAnyOrder, edits: "before" };
    case "cp-dp-sync":
      return allTogether;
  }
}

/** What several changes ask for together. */
export function joinOrders(orders: readonly NodeOrder[]): NodeOrder {
  return {
    oldNodesAccept: orders.every((order) => order.oldNodesAccept),
    newNodesAccept: orders.every((order) => order.newNodesAccept),
    edits: (["between", "before"] as const).find((when) => orders.some(({ edits }) => edits === when)) ?? "none",
  };
}

export type OrderName = "any-order" | "control-plane-first" | "data-planes-first" | "all-together";

export function orderName({ oldNodesAccept, newNodesAccept, edits }: NodeOrder): OrderName {
  if (edits === "between") return "all-together";
  if (oldNodesAccept) return newNodesAccept ? "any-order" : "control-plane-first";
  return newNodesAccept ? "data-planes-first" : "all-together";
}

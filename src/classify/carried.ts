import type { ClassifiedChange } from "./classified-change.js";

/** Whether a new parameter is stored with a value in every instance that is saved: the old schema does not know its name. */
export function isCarriedByEveryEdit({ row, effectiveColumn }: ClassifiedChange): boolean {
  return row === "added" && effectiveColumn !== "optional-no-default";
}

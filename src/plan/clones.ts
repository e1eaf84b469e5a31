import {
  clonablePlugins,
  clonedFacts,
  clonePriorityBounds,
  clonesPerRef,
  cloningPage,
} from "../kong/streamed-and-cloned.js";
import { PlanError } from "./errors.js";
import type { CloneDefinition } from "./plan.js";

/** Throws a `PlanError` for a clone that Kong does not take beside the old one and the others that are there. */
export function checkClone(
  clone: CloneDefinition,
  old: CloneDefinition | undefined,
  others: readonly CloneDefinition[],
): void {
  const { name, ref, priority } = clone;
  if (!clonablePlugins.some((plugin) => plugin === ref)) {
    throw new PlanError(
      "ref-unsupported",
      `${ref} cannot be cloned`,
      `These can: ${clonablePlugins.join(", ")}.`,
      clonedFacts.find(({ id }) => id === "cloning-ref")?.source,
    );
  }
  const siblings = [...(old === undefined ? [] : [old]), ...others].filter((other) => other.ref === ref);
  if (siblings.length >= clonesPerRef) {
    const names = siblings.map((sibling) => sibling.name).join(", ");
    const together = old?.ref === ref ? "; the old and the new one are there together while the instances move" : "";
    throw new PlanError(
      "clone-limit",
      `${ref} has ${siblings.length} clones (${names}), and no plugin may have more than ${clonesPerRef}${together}`,
      "Remove one that is not needed first.",
      cloningPage,
    );
  }
  const { lowest, highest } = clonePriorityBounds;
  if (priority !== undefined && !(Number.isInteger(priority) && priority >= lowest && priority <= highest)) {
    throw new PlanError(
      "priority-invalid",
      `the priority of ${name} is ${priority}, and must be a whole number from ${lowest} to ${highest}`,
      "Leave it out to have that of the source plugin.",
      cloningPage,
    );
  }
}

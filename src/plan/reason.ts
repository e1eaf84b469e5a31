import { describeChange } from "../changes/registry.js";
import type { ClassifiedChange } from "../classify/classified-change.js";
import { updatePathNames, type UpdatePath } from "../kong/update-paths.js";

/** Why changes have this path together, as one sentence. */
export function reasonOfPath(changes: readonly ClassifiedChange[], path: UpdatePath): string {
  const deciding = changes.filter((classified) => classified.path === path);
  const [first] = deciding;
  if (first === undefined)
    return `${updatePathNames[path]}: the changes come to this together, and none of them alone.`;
  return `${updatePathNames[path]} because of ${deciding.length} of ${changes.length} changes: ${describeChange(first.change)}.`;
}

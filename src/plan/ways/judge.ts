import { describeChange } from "../../changes/registry.js";
import type { ClassifiedChange } from "../../classify/classified-change.js";
import type { UpdatePath } from "../../kong/update-paths.js";

/** What a change asks for, and why, as one sentence. */
export interface Judgement {
  readonly path: UpdatePath;
  readonly because: string;
}

/** The same changes with paths of their own in place of those for Konnect; what Kong's table says stays beside them. */
export function rejudge(
  changes: readonly ClassifiedChange[],
  judge: (change: ClassifiedChange) => Judgement,
): readonly ClassifiedChange[] {
  return changes.map((classified) => {
    const { path, because } = judge(classified);
    return { ...classified, path, reason: `${describeChange(classified.change)}. ${because}` };
  });
}

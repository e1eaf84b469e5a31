import { describeChange } from "../changes/registry.js";
import type { ClassifiedChange } from "../classify/classified-change.js";
import type { UpdatePath } from "../kong/update-paths.js";

/** Why changes have this path together, as one sentence: the change that tells most, and how many there are like it. */
export function reasonOfPath(changes: readonly ClassifiedChange[], path: UpdatePath): string {
  const deciding = changes.filter((classified) => classified.path === path);
  const [first, second] = deciding.toSorted((a, b) => weight(b, path) - weight(a, path));
  if (first === undefined) return "The changes come to this together, and none of them alone.";
  const what = describeChange(first.change);
  if (changes.length === 1) return `Because ${what}.`;
  const among = second === undefined ? "" : ", among them";
  return `Because of ${howMany(deciding.length, changes.length)} changes${among}: ${what}.`;
}

function howMany(some: number, all: number): string {
  if (some < all) return `${some} of ${all}`;
  return all === 2 ? "both" : `all ${all}`;
}

/** What Kong's table says weighs more than what is proven, and that more than what is assumed. */
function weight({ officialPath, proof }: ClassifiedChange, path: UpdatePath): number {
  return (officialPath === path ? 8 : 0) + (proof.path === path ? 4 : 0) + freezeWeights[proof.freeze];
}

const freezeWeights = { "any-edit": 2, "new-values": 1, none: 0 } as const;

import { type ChangeKindId, changeKinds } from "./registry.js";

const mostNamed = 3;

/** Whether there is a kind of change of this name. */
export function isChangeKind(name: string): name is ChangeKindId {
  return Object.hasOwn(changeKinds, name);
}

/** The kinds that are written most like a name, and `others`, the nearest first; none where no two letters in a row are the same. */
export function nearestKinds(name: string, others: readonly string[] = []): readonly string[] {
  const wanted = letterPairs(name);
  return [...Object.keys(changeKinds), ...others]
    .map((kind) => ({ kind, likeness: likenessOf(letterPairs(kind), wanted) }))
    .filter(({ likeness }) => likeness > 0)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, mostNamed)
    .map(({ kind }) => kind);
}

/** How many of all letter pairs two names share (Dice's coefficient): it bears with parts that are missing or in another order. */
function likenessOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return [...a].filter((pair) => b.has(pair)).length / (a.size + b.size);
}

function letterPairs(name: string): ReadonlySet<string> {
  return new Set(Array.from(name, (_, at) => name.slice(at, at + 2)).filter((pair) => pair.length === 2));
}

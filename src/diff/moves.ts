import { fieldsAlong } from "../changes/along.js";
import type { FieldMove, MoveEnd, ShorthandDifference } from "../changes/difference.js";
import { isInside } from "../changes/rename.js";
import { namedTargets } from "../changes/shorthand-targets.js";
import type { Field, FieldPath, RecordBody, SchemaTree } from "../schema/model.js";
import type { LocatedDifference } from "./differences.js";

/** A move that a caller has declared. */
export interface DeclaredMove {
  readonly from: FieldPath;
  readonly to: FieldPath;
}

/**
 * Joins what belongs together: a parameter that goes, those that come in its place, and the shorthand that keeps the old name
 * alive, which names the new ones in `translate_backwards` (Kong Gateway 3.6 to 3.8) or `deprecation.replaced_with`. The same
 * backwards, and what a caller has declared.
 */
export function joinMoves(
  old: SchemaTree,
  now: SchemaTree,
  found: readonly LocatedDifference[],
  declared: readonly DeclaredMove[],
): readonly LocatedDifference[] {
  const index: Index = { removals: byPlace(found, "field-removal"), additions: byPlace(found, "field-addition") };
  const byShorthand = found.flatMap((located) => planOfShorthand(located, index, old, now));
  const names = new Set(byShorthand.map(({ path }) => keyOf(path)));
  const byCaller = declared
    .filter((move) => isMove(move, old, now) && !names.has(keyOf(move.from)) && !names.has(keyOf(move.to)))
    .map(({ from, to }): PlannedMove => ({ path: from, from: [from], to: [to], shorthand: undefined }));
  const planned = [...byShorthand, ...byCaller];
  if (planned.length === 0) return found;

  const owners = ownersOf(planned, index);
  const moves = new Map<PlannedMove, LocatedDifference>();
  for (const plan of planned) moves.set(plan, makeMove(plan, index, owners, old, now));
  const told = new Set<PlannedMove>();
  const joined = found.flatMap((located) => {
    const owner = owners.get(located);
    const move = owner && moves.get(owner);
    if (owner === undefined || move === undefined) return [located];
    if (told.has(owner)) return [];
    told.add(owner);
    return [move];
  });
  return [...joined, ...planned.filter((plan) => !told.has(plan)).flatMap((plan) => moves.get(plan) ?? [])];
}

/** Whether two schemas have the two ends of a move: the one is no parameter any more, the other is one. */
export function isMove({ from, to }: DeclaredMove, old: RecordBody, now: RecordBody): boolean {
  return fieldAt(old, from) !== undefined && fieldAt(now, to) !== undefined && fieldAt(now, from) === undefined;
}

/** Whether a parameter's value goes on inside the same parameter, which is of another type now. */
export function isMoveInside({ from, to }: DeclaredMove, old: RecordBody, now: RecordBody): boolean {
  return fieldAt(old, from) !== undefined && fieldAt(now, to) !== undefined && isInside(to, from);
}

interface Index {
  readonly removals: ReadonlyMap<string, LocatedDifference>;
  readonly additions: ReadonlyMap<string, LocatedDifference>;
}

interface PlannedMove {
  readonly path: FieldPath;
  readonly from: readonly FieldPath[];
  readonly to: readonly FieldPath[];
  readonly shorthand: LocatedShorthand | undefined;
}

interface LocatedShorthand {
  readonly located: LocatedDifference;
  readonly difference: ShorthandDifference;
}

function byPlace(found: readonly LocatedDifference[], subject: "field-removal" | "field-addition"): Index["removals"] {
  const there = found.filter(({ difference }) => difference.subject === subject);
  return new Map(there.map((located) => [keyOf(located.difference.path), located]));
}

function planOfShorthand(
  located: LocatedDifference,
  { removals, additions }: Index,
  old: RecordBody,
  now: RecordBody,
): readonly PlannedMove[] {
  const { difference } = located;
  if (difference.subject !== "shorthand") return [];
  const { path } = difference;
  const shorthand = { located, difference };
  if (difference.old.length === 0 && removals.has(keyOf(path))) {
    return [{ path, from: [path], to: targetsOf(difference.new, path, now), shorthand }];
  }
  if (difference.new.length === 0 && additions.has(keyOf(path))) {
    return [{ path, from: targetsOf(difference.old, path, old), to: [path], shorthand }];
  }
  return [];
}

/** The parameters that a shorthand says it stands for, as far as there are such; their paths start at its record. */
function targetsOf(shorthand: readonly Field[], path: FieldPath, body: RecordBody): readonly FieldPath[] {
  const last = shorthand.at(-1);
  const targets = (last === undefined ? [] : namedTargets(last)).map((names) => [...path.slice(0, -1), ...names]);
  const distinct = new Map(targets.map((target) => [keyOf(target), target]));
  return [...distinct.values()].filter(
    (target) => keyOf(target) !== keyOf(path) && fieldAt(body, target) !== undefined,
  );
}

/**
 * Which move tells of a difference. First each has what stands at its own place, then what it leads to: so it does not matter
 * in which order they stand.
 */
function ownersOf(planned: readonly PlannedMove[], index: Index): ReadonlyMap<LocatedDifference, PlannedMove> {
  const owners = new Map<LocatedDifference, PlannedMove>();
  const claim = (located: LocatedDifference | undefined, plan: PlannedMove): void => {
    if (located !== undefined && !owners.has(located)) owners.set(located, plan);
  };
  for (const plan of planned) {
    claim(plan.shorthand?.located, plan);
    claim(index.removals.get(keyOf(plan.path)), plan);
    if (plan.shorthand !== undefined) claim(index.additions.get(keyOf(plan.path)), plan);
  }
  for (const plan of planned.toSorted((a, b) => (keyOf(a.path) < keyOf(b.path) ? -1 : 1))) {
    for (const place of plan.from) claim(index.removals.get(keyOf(place)), plan);
    for (const place of plan.to) claim(index.additions.get(keyOf(place)), plan);
  }
  return owners;
}

function makeMove(
  plan: PlannedMove,
  { removals, additions }: Index,
  owners: ReadonlyMap<LocatedDifference, PlannedMove>,
  old: RecordBody,
  now: RecordBody,
): LocatedDifference {
  const end = (body: RecordBody, differences: Index["removals"]) => (path: FieldPath) => {
    const field = fieldAt(body, path);
    const located = differences.get(keyOf(path));
    const isOwn = located !== undefined && owners.get(located) === plan;
    return field === undefined ? [] : [{ path, field, isOwn } satisfies MoveEnd];
  };
  const { path, shorthand } = plan;
  const difference: FieldMove = {
    subject: "field-move",
    path,
    from: plan.from.flatMap(end(old, removals)),
    to: plan.to.flatMap(end(now, additions)),
    ...(shorthand === undefined ? {} : { shorthand: { old: shorthand.difference.old, new: shorthand.difference.new } }),
  };
  const [source = path] = plan.from;
  const [target = path] = plan.to;
  return { difference, site: { old: fieldsAlong(old, source), new: fieldsAlong(now, target) } };
}

/** The parameter at a path, if there is one. */
export function fieldAt(body: RecordBody, path: FieldPath): Field | undefined {
  return path.length === 0 ? undefined : fieldsAlong(body, path)[path.length - 1];
}

function keyOf(path: FieldPath): string {
  return JSON.stringify(path);
}

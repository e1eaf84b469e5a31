import type { JsonObject } from "../changes/json.js";
import type { Freeze } from "../changes/kind.js";
import { isList, sameValue } from "../changes/value-key.js";
import type { ErrorTree } from "../schema/format-errors.js";
import { isValueMap, type FieldPath, type Value } from "../schema/model.js";
import { distanceFrom, size, smaller } from "./closeness.js";
import type { Candidate, Nodes, Stored } from "./nodes.js";
import { keysIn, onlyNamed, withoutKey } from "./objects.js";
import { sameJson } from "./samples.js";

/** An instance with what the nodes say of it. */
export interface Refusal {
  readonly candidate: Candidate;
  readonly stored: Stored;
  /** Kong's tree. */
  readonly errors: ErrorTree;
}

/** What the old schema can hold, and the edits that the new one accepts, as far as they were tried. */
export interface Findings {
  readonly tried: number;
  /** Whether the old schema accepts any of what was tried, and the new one. */
  readonly holdsAny: boolean;
  /** The judged places at which no instance was found that the old schema accepts with a value there. */
  readonly unheld: readonly FieldPath[];
  readonly takesAny: boolean;
  /** The smallest instance whose stored configuration a data plane with the new schema refuses. */
  readonly refused: Refusal | undefined;
  /** The edit nearest to it that the new control plane and the data planes of both schemas accept. */
  readonly bridge: Accepted | undefined;
  /** The edit nearest to it that only the new side accepts. */
  readonly conflict: Refusal | undefined;
  readonly freeze: Freeze;
  /** What a freeze forbids to save, and the instance that it would be saved in place of. */
  readonly frozen: Frozen | undefined;
  readonly missing: readonly string[];
  /** Whether what is missing decides about stored instances, and about edits. */
  readonly isUnsure: { readonly stored: boolean; readonly edits: boolean };
}

export interface Frozen extends Refusal {
  readonly before: Accepted;
}

export interface Accepted {
  readonly candidate: Candidate;
  readonly stored: Stored;
}

/** What the new side stores of an edit, and why data planes with the old schema refuse it, if they do. */
export type Edit = Accepted & Partial<Pick<Refusal, "errors">>;

/** How many candidates are asked about once it is clear that the path is Long. */
const furtherEdits = 8;

/** How often something is left out of a refused instance to see whether it is refused all the same. */
const mostShrinks = 32;

/**
 * Asks the nodes of both versions about every candidate, as an instance that exists and as an edit. `judged` is where a value that
 * is stored may be refused.
 */
export function search(
  candidates: readonly Candidate[],
  old: Nodes,
  now: Nodes,
  judged: readonly FieldPath[] = [],
): Findings {
  const missing = new Set<string>();
  const refusals: Refusal[] = [];
  const bridges: Accepted[] = [];
  const conflicts: Refusal[] = [];
  const anyEdit: Frozen[] = [];
  const standing: Accepted[] = [];
  const isUnsure = { stored: false, edits: false };
  const agree = old.agree && now.agree;
  let holdsAny = false;
  let unheld = judged;

  let left = candidates.length;
  for (const candidate of inOrderOfSize(candidates)) {
    // The smallest that is refused is known by now, and that it can be edited: a few more are asked for a nearer edit.
    if (refusals.length > 0 && bridges.length > 0) left = Math.min(left, furtherEdits);
    if (left-- <= 0) break;
    const before = held(candidate);
    if (before !== undefined) {
      holdsAny = true;
      unheld = unheld.filter((path) => !hasValueAt(before.config, path.slice(1)));
    }
    const saved = save(candidate);
    if (before !== undefined && saved !== undefined && agree && sameValue(before.config, saved.config)) {
      // One configuration that both control planes store is one that all data planes accept.
      standing.push({ candidate, stored: before });
      bridges.push({ candidate, stored: saved });
      continue;
    }
    const stands = before !== undefined && stays(candidate, before);
    if (stands) standing.push({ candidate, stored: before });
    const after = saved && edited(candidate, saved);
    if (after === undefined) continue;
    if (after.errors === undefined) bridges.push(after);
    else {
      const conflict = { ...after, errors: after.errors };
      conflicts.push(conflict);
      if (stands) anyEdit.push({ ...conflict, before: { candidate, stored: before } });
    }
  }

  const refused = smallest(refusals.reduce<Refusal | undefined>(smaller, undefined));
  const [least] = bridges;
  return {
    tried: candidates.length,
    holdsAny,
    unheld,
    takesAny: bridges.length + conflicts.length > 0,
    refused,
    bridge: refused === undefined ? least : nearestTo(refused, bridges),
    conflict:
      refused === undefined ? conflicts.reduce<Refusal | undefined>(smaller, undefined) : nearestTo(refused, conflicts),
    freeze: anyEdit.length > 0 ? "any-edit" : conflicts.length > 0 ? "new-values" : "none",
    frozen: anyEdit.reduce<Frozen | undefined>(smaller, undefined) ?? newValues(),
    missing: [...missing],
    isUnsure,
  };

  /** The smallest edit that uses what is newly allowed, with the instance nearest to it. */
  function newValues(): Frozen | undefined {
    const edit = conflicts.reduce<Refusal | undefined>(smaller, undefined);
    const before = edit && nearestTo(edit, standing);
    return edit && before && { ...edit, before };
  }

  /** What is stored of a candidate, if the old side takes it. */
  function held(candidate: Candidate): Stored | undefined {
    const answer = old.store(candidate);
    if (answer.ok) return answer.stored;
    if (answer.verdict === "unknown") note("stored", answer.missing);
    return undefined;
  }

  /** Whether a data plane with the new schema accepts what is stored. */
  function stays(candidate: Candidate, stored: Stored): boolean {
    const answer = now.receive(stored);
    switch (answer.verdict) {
      case "accepted":
        return true;
      case "unknown":
        note("stored", answer.missing);
        return false;
      case "refused":
        // What its own data planes refuse is no instance that works today.
        if (old.agree || old.receive(stored).ok) refusals.push({ candidate, stored, errors: answer.errors });
        return false;
    }
  }

  /** What is stored of a candidate, if the new side takes it. */
  function save(candidate: Candidate): Stored | undefined {
    const answer = now.store(candidate);
    if (answer.verdict === "unknown") note("edits", answer.missing);
    if (!answer.ok) return undefined;
    return now.agree || now.receive(answer.stored).verdict !== "refused" ? answer.stored : undefined;
  }

  /** The candidate as an edit that the new side accepts, with what the old data planes say against it. */
  function edited(candidate: Candidate, stored: Stored): Edit | undefined {
    const onOld = old.receive(stored);
    if (onOld.verdict === "unknown") {
      note("edits", onOld.missing);
      return undefined;
    }
    return onOld.ok ? { candidate, stored } : { candidate, stored, errors: onOld.errors };
  }

  /** The refused instance without whatever can be left out of it. */
  function smallest(found: Refusal | undefined): Refusal | undefined {
    if (found === undefined) return undefined;
    let least = found;
    let attempts = mostShrinks;
    const shrinkTo = (config: JsonObject): void => {
      if (attempts === 0 || sameJson(config, least.candidate.config)) return;
      attempts--;
      const candidate = { ...found.candidate, config };
      const stored = held(candidate);
      const count = refusals.length;
      if (stored !== undefined && !stays(candidate, stored)) least = refusals[count] ?? least;
    };
    // Most often the answer names what it is about, and an instance that stands has what is needed anyway.
    const needed = standing[0]?.candidate.config ?? {};
    shrinkTo(onlyNamed(found.candidate.config, new Set([...namesIn(found.errors), ...keysIn(needed).flat()])));
    // Halves first: of a large instance most can go at once.
    const paths = keysIn(least.candidate.config);
    for (let size = Math.max(1, paths.length >> 1); size > 0 && attempts > 0; size >>= 1) {
      for (let from = 0; from < paths.length; from += size) {
        shrinkTo(paths.slice(from, from + size).reduce(withoutKey, least.candidate.config));
      }
    }
    return least;
  }

  function note(about: "stored" | "edits", parts: readonly string[]): void {
    isUnsure[about] = true;
    for (const part of parts) missing.add(part);
  }
}

/** Whether there is something at a path, in one element or entry at least. */
function hasValueAt(value: Value | undefined, path: FieldPath): boolean {
  const [segment, ...below] = path;
  if (segment === undefined) return value !== undefined && value !== null && !isEmptyList(value);
  if (typeof value !== "object" || value === null) return false;
  if (typeof segment === "string") return isValueMap(value) && hasValueAt(value[segment], below);
  if (isList(value)) return value.some((item) => hasValueAt(item, below));
  if (!isValueMap(value)) return false;
  const entries: readonly Value[] = segment.in === "keys" ? Object.keys(value) : Object.values(value);
  return entries.some((item) => hasValueAt(item, below));
}

function isEmptyList(value: Value): boolean {
  return isList(value) && value.length === 0;
}

/** The names in an answer of Kong's, and whatever else looks like one. */
function namesIn(errors: ErrorTree): readonly string[] {
  return JSON.stringify(errors).match(/\w+/g) ?? [];
}

function inOrderOfSize(candidates: readonly Candidate[]): readonly Candidate[] {
  const sized = candidates.map((candidate) => ({ candidate, size: size(candidate) }));
  return sized.sort((a, b) => a.size - b.size).map(({ candidate }) => candidate);
}

/** The first of those that are nearest. */
function nearestTo<T extends Accepted>(from: Accepted, all: readonly T[]): T | undefined {
  const distances = all.map(distanceFrom(from));
  return all[distances.indexOf(Math.min(...distances))];
}

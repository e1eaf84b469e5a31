import type { TableRow, UpdatePath } from "../kong/update-paths.js";
import type { Difference, Site } from "./difference.js";
import { narrowsOldName } from "./move.js";

/** One kind of change: what it is called, how it is recognised, and which update path follows. Words stand here only. */
export interface ChangeKind<C extends { readonly kind: string } & Difference> {
  readonly id: C["kind"];
  /** What happened, as one sentence without names. */
  readonly summary: string;
  /** Why it matters to instances and data planes. */
  readonly why: string;
  readonly updatePath: UpdatePathRule;
  /** The id of the kind that the same pair of schemas shows with its sides exchanged. */
  readonly mirror: string;
  /** The fields of two `config` records, or two whole schemas, which begin with `return`. */
  readonly example: { readonly old: string; readonly new: string };
  /** What to do with the instances where the path asks for it; null where no instance is touched. */
  readonly remedy: Remedy<C> | null;
  /** What happened, with names: a sentence without its full stop. */
  describe(change: C): string;
  /** The change, if this kind explains the difference. */
  find(difference: Difference, site: Site): C | undefined;
}

export interface Remedy<C> {
  readonly action: "set" | "drop" | "move" | "convert" | "review";
  /** What to do in each instance and why, as one sentence. */
  tell(change: C): string;
}

/** How the path follows: from a row of Kong's table, or, where that is silent, from what the engine does at worst. */
export type UpdatePathRule = { readonly row: TableRow } | MovedPath | DerivedPath;

/** The table knows no moves: to it they are what goes and what comes, unless the old name is still taken. */
export interface MovedPath {
  readonly rows: readonly ["removed", "added"];
  readonly withOldName: DerivedPath;
}

/** Of every kind that moves something. */
export const movedPath: MovedPath = {
  rows: ["removed", "added"],
  withOldName: {
    derived: "short",
    freeze: "any-edit",
    because:
      "Data plane nodes with the new schema turn a value under the old name into the new one when they judge it; those with the old schema refuse the new name, which every instance that is saved again has.",
    unless: [
      {
        when: "the shorthand takes another type than the parameter had",
        applies: (_, change) => change.subject === "field-move" && narrowsOldName(change),
        derived: "cp-dp-sync",
        because:
          "Data plane nodes with the new schema refuse a stored value that the shorthand does not take, and those with the old schema the new name, which every instance that is saved again has.",
      },
    ],
  },
};

export interface DerivedPath {
  readonly derived: UpdatePath;
  readonly because: string;
  /** What must not be done before every data plane node has the new schema; for the path Short only. */
  readonly freeze?: Freeze;
  /** Present where no configuration whatever is judged in another way. */
  readonly isHarmless?: true;
  /** Stricter or milder cases, the first that applies. */
  readonly unless?: readonly DerivedCase[];
}

export interface DerivedCase {
  /** When, in words. */
  readonly when: string;
  readonly applies: (site: Site, change: Difference) => boolean;
  readonly derived: UpdatePath;
  readonly because: string;
}

/**
 * What a data plane node with the old schema refuses although the path is Short: `"any-edit"` any instance that is
 * saved again, `"new-values"` only one that uses what is newly allowed.
 */
export type Freeze = "none" | "new-values" | "any-edit";

/** A difference with the name of the kind that explains it. */
export type Explained<D extends Difference, K extends string> = D & { readonly kind: K };

/** Gives a difference the name of the kind that explains it. */
export function explain<D extends Difference, K extends string>(kind: K, difference: D): Explained<D, K> {
  return { kind, ...difference };
}

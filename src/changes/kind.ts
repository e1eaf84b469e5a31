import type { TableRow, UpdatePath } from "../kong/update-paths.js";
import type { Difference, Site } from "./difference.js";

/** One kind of change: what it is called, how it is recognised, and which update path follows. Words stand here only. */
export interface ChangeKind<C extends { readonly kind: string } & Difference> {
  readonly id: C["kind"];
  /** What happened, as one sentence without names. */
  readonly summary: string;
  /** Why it matters to instances and data planes. */
  readonly why: string;
  readonly updatePath: UpdatePathRule;
  /** The kind that the same pair of schemas shows with its sides exchanged, or the reason why there is none. */
  readonly mirror: string | { readonly none: string };
  /** Two bodies of a `config` record. */
  readonly example: { readonly old: string; readonly new: string };
  /** What happened, with names: a sentence without its full stop. */
  describe(change: C): string;
  /** The change, if this kind explains the difference. */
  find(difference: Difference, site: Site): C | undefined;
}

/** How the path follows: from a row of Kong's table, or, where that is silent, from what the engine does at worst. */
export type UpdatePathRule =
  | { readonly row: TableRow }
  | {
      readonly derived: UpdatePath;
      readonly because: string;
      /** Stricter or milder cases, the first that applies. */
      readonly unless?: readonly {
        /** When, in words. */
        readonly when: string;
        readonly applies: (site: Site) => boolean;
        readonly derived: UpdatePath;
        readonly because: string;
      }[];
    };

/** A difference with the name of the kind that explains it. */
export type Explained<D extends Difference, K extends string> = D & { readonly kind: K };

/** Gives a difference the name of the kind that explains it. */
export function explain<D extends Difference, K extends string>(kind: K, difference: D): Explained<D, K> {
  return { kind, ...difference };
}

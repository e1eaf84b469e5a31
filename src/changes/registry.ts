import type { Difference, Site } from "./difference.js";
import type { ChangeKind } from "./kind.js";
import { fieldAdded, type FieldAdded } from "./kinds/field-added.js";
import { fieldRemoved, type FieldRemoved } from "./kinds/field-removed.js";
import { typeChanged, type TypeChanged } from "./kinds/type-changed.js";
import { unclassified, type Unclassified } from "./kinds/unclassified.js";

/** One change, with all that is needed to redo it. `kind` says what it is, `subject` what it applies to. */
export type Change = FieldAdded | FieldRemoved | TypeChanged | Unclassified;

export type ChangeKindId = Change["kind"];

/** All kinds, in the order in which they are asked: the first that explains a difference gives it its name. */
export const changeKinds = {
  "field-added": fieldAdded,
  "field-removed": fieldRemoved,
  "type-changed": typeChanged,
  unclassified,
} as const satisfies { readonly [K in ChangeKindId]: ChangeKind<Extract<Change, { kind: K }>> };

/** The kinds as a list, for looking through; a kind's own methods take only its own changes. */
export const changeKindList: readonly ChangeKind<Change>[] = Object.values(changeKinds);

/** Gives a difference its kind. */
export function explainDifference(difference: Difference, site: Site): Change {
  for (const kind of changeKindList) {
    const change = kind.find(difference, site);
    if (change !== undefined) return change;
  }
  return { kind: "unclassified", ...difference };
}

/** What happened, with names: a sentence without its full stop. */
export function describeChange(change: Change): string {
  const kind: ChangeKind<Change> = changeKinds[change.kind];
  return kind.describe(change);
}

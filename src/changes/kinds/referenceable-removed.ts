import type { AttributeDifference } from "../difference.js";
import { switchTurned } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type ReferenceableRemoved = Explained<AttributeDifference, "referenceable-removed">;

export const referenceableRemoved: ChangeKind<ReferenceableRemoved> = {
  id: "referenceable-removed",
  summary: "A configuration parameter may no longer hold a vault reference.",
  why: "A stored vault reference is now taken literally: the other validators judge its text, and the plugin gets it unresolved.",
  updatePath: {
    derived: "long",
    because:
      "An instance that has a vault reference there must be edited before a data plane node gets the new schema: the reference is judged, and used, as plain text.",
  },
  mirror: "referenceable-added",
  example: {
    old: `{ url = { type = "string", referenceable = true } }`,
    new: `{ url = { type = "string" } }`,
  },
  remedy: {
    action: "review",
    tell: (change) =>
      `Replace the vault reference in ${nameOf(change.path)} where there is one: it is taken as plain text now.`,
  },
  describe: (change) => `${nameOf(change.path)} may no longer hold a vault reference`,
  find(difference) {
    const turned = switchTurned(difference, "referenceable", false);
    return turned === undefined ? undefined : explain("referenceable-removed", turned);
  },
};

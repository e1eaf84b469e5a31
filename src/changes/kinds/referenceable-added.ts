import type { AttributeDifference } from "../difference.js";
import { switchTurned } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type ReferenceableAdded = Explained<AttributeDifference, "referenceable-added">;

export const referenceableAdded: ChangeKind<ReferenceableAdded> = {
  id: "referenceable-added",
  summary: "A configuration parameter may hold a vault reference.",
  why: "A vault reference skips the other validators of a referenceable parameter, and nowhere else.",
  updatePath: {
    derived: "short",
    freeze: "new-values",
    because:
      "Every stored value still passes; only a vault reference that is saved before all data plane nodes have the new schema may be refused, or taken literally, by those with the old one.",
  },
  mirror: "referenceable-removed",
  example: {
    old: `{ url = { type = "string" } }`,
    new: `{ url = { type = "string", referenceable = true } }`,
  },
  remedy: null,
  describe: (change) => `${nameOf(change.path)} may now hold a vault reference`,
  find(difference) {
    const turned = switchTurned(difference, "referenceable", true);
    return turned === undefined ? undefined : explain("referenceable-added", turned);
  },
};

import type { AttributeDifference } from "../difference.js";
import { inConstraint } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { describeAttribute } from "../words.js";

export type ConstraintLoosened = Explained<AttributeDifference, "constraint-loosened">;

export const constraintLoosened: ChangeKind<ConstraintLoosened> = {
  id: "constraint-loosened",
  summary: "A constraint lets more values of a configuration parameter pass.",
  why: "Stored values stay good; a value that passes only now is refused by data plane nodes with the old schema.",
  updatePath: {
    derived: "short",
    freeze: "new-values",
    because:
      "Every stored value still passes; only a newly allowed value that is saved before all data plane nodes have the new schema is refused by those with the old one.",
  },
  mirror: "constraint-tightened",
  example: {
    old: `{ ttl = { type = "integer", between = { 1, 60 } } }`,
    new: `{ ttl = { type = "integer", between = { 1, 3600 } } }`,
  },
  remedy: null,
  describe: (change) => `${describeAttribute(change)}, so more values pass`,
  find(difference, site) {
    const found = inConstraint(difference, site, "looser");
    return found === undefined ? undefined : explain("constraint-loosened", found);
  },
};

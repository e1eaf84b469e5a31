import type { AttributeDifference } from "../difference.js";
import { inConstraint } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { describeAttribute, nameOf } from "../words.js";

export type ConstraintChanged = Explained<AttributeDifference, "constraint-changed">;

export const constraintChanged: ChangeKind<ConstraintChanged> = {
  id: "constraint-changed",
  summary:
    "A constraint lets other values of a configuration parameter pass; the old and the new one cannot be ordered.",
  why: "A stored value may be refused by data plane nodes with the new schema, and its replacement by those with the old one.",
  updatePath: {
    derived: "cp-dp-sync",
    because:
      "There may be no value that passes under both schemas, so an instance may have no configuration that the old and the new data plane nodes both accept.",
  },
  mirror: "constraint-changed",
  example: {
    old: `{ code = { type = "string", match = "^%d+\$" } }`,
    new: `{ code = { type = "string", match = "^%u+\$" } }`,
  },
  remedy: {
    action: "review",
    tell: (change) =>
      `Check ${change.attribute} of ${nameOf(change.path)} in every instance, and edit those whose value does not pass any more.`,
  },
  describe: (change) => `${describeAttribute(change)}, so other values pass`,
  find(difference, site) {
    const found = inConstraint(difference, site, "different");
    return found === undefined ? undefined : explain("constraint-changed", found);
  },
};

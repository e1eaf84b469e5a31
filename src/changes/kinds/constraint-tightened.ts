import type { AttributeDifference } from "../difference.js";
import { inConstraint } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { describeAttribute, nameOf } from "../words.js";

export type ConstraintTightened = Explained<AttributeDifference, "constraint-tightened">;

export const constraintTightened: ChangeKind<ConstraintTightened> = {
  id: "constraint-tightened",
  summary: "A constraint lets fewer values of a configuration parameter pass.",
  why: "A stored value that no longer passes is refused by data plane nodes with the new schema.",
  updatePath: {
    derived: "long",
    because:
      "An instance whose value no longer passes must be edited before a data plane node gets the new schema; a value that passes now passes under the old schema too.",
  },
  mirror: "constraint-loosened",
  example: {
    old: `{ policy = { type = "string", one_of = { "local", "cluster", "redis" } } }`,
    new: `{ policy = { type = "string", one_of = { "local", "redis" } } }`,
  },
  remedy: {
    action: "review",
    tell: (change) =>
      `Check ${change.attribute} of ${nameOf(change.path)} in every instance, and edit those whose value does not pass any more.`,
  },
  describe: (change) => `${describeAttribute(change)}, so fewer values pass`,
  find(difference, site) {
    const found = inConstraint(difference, site, "tighter");
    return found === undefined ? undefined : explain("constraint-tightened", found);
  },
};

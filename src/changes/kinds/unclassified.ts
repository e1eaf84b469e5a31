import type { Difference } from "../difference.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type Unclassified = Explained<Difference, "unclassified">;

/** The residual: what no other kind explains is reported all the same. */
export const unclassified: ChangeKind<Unclassified> = {
  id: "unclassified",
  summary: "Something differs that no kind of change explains.",
  why: "Nothing is known of what it does, so the strictest path is the only safe one.",
  updatePath: {
    derived: "cp-dp-sync",
    because:
      "This difference is of no known kind, so the strictest path is assumed: compare the two sources at this place by eye.",
  },
  mirror: "unclassified",
  example: {
    old: `{ ttl = { type = "integer" } }`,
    new: `{ ttl = { type = "integer", elements = { type = "string" } } }`,
  },
  remedy: {
    action: "review",
    tell: (change) => `Check ${nameOf(change.path)} in every instance: what this difference does is not known.`,
  },
  describe: (change) => {
    const what =
      change.subject === "attribute"
        ? `the attribute ${change.attribute} of ${nameOf(change.path)}`
        : nameOf(change.path);
    return `${what} differs in a way that no kind of change explains`;
  },
  find: (difference) => explain("unclassified", difference),
};

import type { AttributeDifference } from "../difference.js";
import { requirementTurned } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type BecameRequiredWithDefault = Explained<AttributeDifference, "became-required-with-default">;

export const becameRequiredWithDefault: ChangeKind<BecameRequiredWithDefault> = {
  id: "became-required-with-default",
  summary: "An optional configuration parameter became required, with a default.",
  why: "The default fills in where the parameter is absent, not where null is stored: stored nulls are refused by data plane nodes with the new schema.",
  updatePath: {
    derived: "long",
    because:
      "An instance that has null there must be saved again before a data plane node gets the new schema: the default does not replace a stored null.",
  },
  mirror: "became-optional-with-default",
  example: {
    old: `{ ttl = { type = "integer", default = 60 } }`,
    new: `{ ttl = { type = "integer", default = 60, required = true } }`,
  },
  remedy: {
    action: "set",
    tell: (change) =>
      `Set ${nameOf(change.path)} where it is null, or drop the null so that the default fills in: a null is refused now.`,
  },
  describe: (change) => `${nameOf(change.path)} became required, with a default`,
  find(difference, site) {
    const turned = requirementTurned(difference, site, true);
    if (turned === undefined || site.new.at(-1)?.default === undefined) return undefined;
    return explain("became-required-with-default", turned);
  },
};

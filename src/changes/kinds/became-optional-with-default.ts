import type { AttributeDifference } from "../difference.js";
import { requirementTurned } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type BecameOptionalWithDefault = Explained<AttributeDifference, "became-optional-with-default">;

export const becameOptionalWithDefault: ChangeKind<BecameOptionalWithDefault> = {
  id: "became-optional-with-default",
  summary: "A required configuration parameter with a default became optional.",
  why: "Stored configurations have a value there and stay good; a new null is refused by data plane nodes with the old schema.",
  updatePath: {
    derived: "short",
    freeze: "new-values",
    because:
      "Every stored configuration has a value there, which both schemas accept; only a null that is saved before all data plane nodes have the new schema is refused by those with the old one.",
  },
  mirror: "became-required-with-default",
  example: {
    old: `{ ttl = { type = "integer", default = 60, required = true } }`,
    new: `{ ttl = { type = "integer", default = 60 } }`,
  },
  remedy: null,
  describe: (change) => `${nameOf(change.path)} became optional`,
  find(difference, site) {
    const turned = requirementTurned(difference, site, false);
    if (turned === undefined || site.old.at(-1)?.default === undefined) return undefined;
    return explain("became-optional-with-default", turned);
  },
};

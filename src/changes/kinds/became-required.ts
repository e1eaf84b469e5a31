import type { AttributeDifference } from "../difference.js";
import { requirementTurned } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type BecameRequired = Explained<AttributeDifference, "became-required">;

export const becameRequired: ChangeKind<BecameRequired> = {
  id: "became-required",
  summary: "An optional configuration parameter without a default became required.",
  why: "A stored configuration that has null there is refused by data plane nodes with the new schema.",
  updatePath: {
    derived: "long",
    because:
      "An instance that has null there must be given a value before a data plane node gets the new schema; the old schema accepts that value too.",
  },
  mirror: "became-optional",
  example: { old: `{ url = { type = "string" } }`, new: `{ url = { type = "string", required = true } }` },
  remedy: {
    action: "set",
    tell: (change) => `Set ${nameOf(change.path)} where it is null or absent: it is required now and has no default.`,
  },
  describe: (change) => `${nameOf(change.path)} became required and has no default`,
  find(difference, site) {
    const turned = requirementTurned(difference, site, true);
    if (turned === undefined || site.new.at(-1)?.default !== undefined) return undefined;
    return explain("became-required", turned);
  },
};

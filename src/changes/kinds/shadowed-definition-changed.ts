import type { ShadowedDifference } from "../difference.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type ShadowedDefinitionChanged = Explained<ShadowedDifference, "shadowed-definition-changed">;

export const shadowedDefinitionChanged: ChangeKind<ShadowedDefinitionChanged> = {
  id: "shadowed-definition-changed",
  summary: "A parameter is defined more than once, and a definition before the last one differs.",
  why: "Kong judges values by the last definition, but fills in absent parameters from each of them in turn.",
  updatePath: {
    derived: "cp-dp-sync",
    because:
      "A definition before the last one still fills in its default, which the last one may refuse, so what is stored cannot be told: leave one definition of each name.",
  },
  mirror: "shadowed-definition-changed",
  example: {
    old: `{ ttl = { type = "integer", default = 1 } }, { ttl = { type = "integer" } }`,
    new: `{ ttl = { type = "integer", default = 2 } }, { ttl = { type = "integer" } }`,
  },
  remedy: {
    action: "review",
    tell: (change) =>
      `Check ${nameOf(change.path)} in every instance: which value Kong stored there depends on each of its definitions.`,
  },
  describe: (change) => `${nameOf(change.path)} is defined more than once, and not the last definition differs`,
  find: (difference) =>
    difference.subject === "shadowed-definitions" ? explain("shadowed-definition-changed", difference) : undefined,
};

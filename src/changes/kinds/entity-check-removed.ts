import type { EntityCheckDifference } from "../difference.js";
import { presence } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf, showCheck } from "../words.js";

export type EntityCheckRemoved = Explained<EntityCheckDifference, "entity-check-removed">;

export const entityCheckRemoved: ChangeKind<EntityCheckRemoved> = {
  id: "entity-check-removed",
  summary: "A rule over several configuration parameters was removed.",
  why: "Stored configurations stay good; one that only the new schema accepts is refused by data plane nodes with the old one.",
  updatePath: {
    derived: "short",
    freeze: "new-values",
    because:
      "Every stored configuration keeps the rule; only one that breaks it, saved before all data plane nodes have the new schema, is refused by those with the old one.",
  },
  mirror: "entity-check-added",
  example: {
    old: `return { name = "example", fields = { { config = { type = "record", fields = { { host = { type = "string" } }, { url = { type = "string" } } }, entity_checks = { { at_least_one_of = { "host", "url" } } } } } } }`,
    new: `return { name = "example", fields = { { config = { type = "record", fields = { { host = { type = "string" } }, { url = { type = "string" } } } } } } }`,
  },
  remedy: null,
  describe: (change) =>
    `the entity check ${change.old === undefined ? "" : showCheck(change.old.check)} was removed from ${nameOf(change.path)}`,
  find(difference) {
    if (difference.subject !== "entity-check" || presence(difference) !== "removed") return undefined;
    return explain("entity-check-removed", difference);
  },
};

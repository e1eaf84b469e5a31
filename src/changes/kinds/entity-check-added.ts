import type { EntityCheckDifference } from "../difference.js";
import { presence } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf, showCheck } from "../words.js";

export type EntityCheckAdded = Explained<EntityCheckDifference, "entity-check-added">;

export const entityCheckAdded: ChangeKind<EntityCheckAdded> = {
  id: "entity-check-added",
  summary: "A rule over several configuration parameters was added.",
  why: "A stored configuration that breaks the rule is refused by data plane nodes with the new schema.",
  updatePath: {
    derived: "long",
    because:
      "An instance that breaks the rule must be edited before a data plane node gets the new schema; the old schema accepts any configuration that keeps the rule.",
  },
  mirror: "entity-check-removed",
  example: {
    old: `return { name = "example", fields = { { config = { type = "record", fields = { { host = { type = "string" } }, { url = { type = "string" } } } } } } }`,
    new: `return { name = "example", fields = { { config = { type = "record", fields = { { host = { type = "string" } }, { url = { type = "string" } } }, entity_checks = { { at_least_one_of = { "host", "url" } } } } } } }`,
  },
  remedy: {
    action: "review",
    tell: (change) =>
      `Check ${nameOf(change.path)} in every instance against the new rule, and edit those that break it.`,
  },
  describe: (change) =>
    `the entity check ${change.new === undefined ? "" : showCheck(change.new.check)} was added to ${nameOf(change.path)}`,
  find(difference) {
    if (difference.subject !== "entity-check" || presence(difference) !== "added") return undefined;
    return explain("entity-check-added", difference);
  },
};

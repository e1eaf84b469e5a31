import type { EntityCheckDifference } from "../difference.js";
import { presence } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf, wasAndIsNow } from "../words.js";

export type EntityCheckChanged = Explained<EntityCheckDifference, "entity-check-changed">;

export const entityCheckChanged: ChangeKind<EntityCheckChanged> = {
  id: "entity-check-changed",
  summary: "A rule over several configuration parameters is another one.",
  why: "A stored configuration may break the new rule, and its replacement the old one.",
  updatePath: {
    derived: "cp-dp-sync",
    because:
      "There may be no configuration that keeps both rules, so an instance may have none that the old and the new data plane nodes both accept.",
  },
  mirror: "entity-check-changed",
  example: {
    old: `return { name = "example", fields = { { config = { type = "record", fields = { { host = { type = "string" } }, { url = { type = "string" } } }, entity_checks = { { at_least_one_of = { "host" } } } } } } }`,
    new: `return { name = "example", fields = { { config = { type = "record", fields = { { host = { type = "string" } }, { url = { type = "string" } } }, entity_checks = { { at_least_one_of = { "url" } } } } } } }`,
  },
  remedy: {
    action: "review",
    tell: (change) =>
      `Check ${nameOf(change.path)} in every instance against the new rule, and edit those that break it.`,
  },
  describe: (change) =>
    `an entity check of ${nameOf(change.path)} ${wasAndIsNow({ old: change.old?.check, new: change.new?.check, edits: change.edits })}`,
  find(difference) {
    if (difference.subject !== "entity-check" || presence(difference) !== "changed") return undefined;
    return explain("entity-check-changed", difference);
  },
};

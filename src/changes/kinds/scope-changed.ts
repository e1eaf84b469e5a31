import type { Difference } from "../difference.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { scopeStrictness } from "../plugin-level.js";
import { nameOf } from "../words.js";

export type ScopeChanged = Explained<Difference, "scope-changed">;

export const scopeChanged: ChangeKind<ScopeChanged> = {
  id: "scope-changed",
  summary:
    "What an instance may be attached to is restricted in another way; the old and the new rule cannot be ordered.",
  why: "A stored instance may be attached in a way that only the old schema allows, and its replacement in one that only the new schema does.",
  updatePath: {
    derived: "cp-dp-sync",
    because: "There may be no way to attach an instance that both schemas allow.",
  },
  mirror: "scope-changed",
  example: {
    old: `return { name = "example", fields = { { consumer = { type = "foreign", reference = "consumers", eq = ngx.null } }, { config = { type = "record", fields = {} } } } }`,
    new: `return { name = "example", fields = { { consumer = { type = "foreign", reference = "consumers", required = true } }, { config = { type = "record", fields = {} } } } }`,
  },
  remedy: {
    action: "review",
    tell: (change) => `Move or delete every instance whose ${nameOf(change.path)} is not as the new schema wants it.`,
  },
  describe: (change) => `what the plugin may be attached to is restricted in another way: ${nameOf(change.path)}`,
  find: (difference, site) =>
    scopeStrictness(difference, site) === "different" ? explain("scope-changed", difference) : undefined,
};

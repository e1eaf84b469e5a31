import type { Difference } from "../difference.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { scopeStrictness } from "../plugin-level.js";
import { nameOf } from "../words.js";

export type ScopeRestricted = Explained<Difference, "scope-restricted">;

export const scopeRestricted: ChangeKind<ScopeRestricted> = {
  id: "scope-restricted",
  summary:
    "What an instance may be attached to is restricted: it may no longer have a consumer (or group, route, service), or must have one.",
  why: "A stored instance that is attached otherwise is refused by data plane nodes with the new schema.",
  updatePath: {
    derived: "long",
    because:
      "An instance that is attached otherwise must be moved or deleted before a data plane node gets the new schema; the old schema accepts it there too.",
  },
  mirror: "scope-relaxed",
  example: {
    old: `return { name = "example", fields = { { config = { type = "record", fields = {} } } } }`,
    new: `return { name = "example", fields = { { consumer = { type = "foreign", reference = "consumers", eq = ngx.null } }, { config = { type = "record", fields = {} } } } }`,
  },
  remedy: {
    action: "review",
    tell: (change) => `Move or delete every instance whose ${nameOf(change.path)} is not as the new schema wants it.`,
  },
  describe: (change) => `what the plugin may be attached to is restricted: ${nameOf(change.path)}`,
  find: (difference, site) =>
    scopeStrictness(difference, site) === "tighter" ? explain("scope-restricted", difference) : undefined,
};

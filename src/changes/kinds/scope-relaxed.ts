import type { Difference } from "../difference.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { scopeStrictness } from "../plugin-level.js";
import { nameOf } from "../words.js";

export type ScopeRelaxed = Explained<Difference, "scope-relaxed">;

export const scopeRelaxed: ChangeKind<ScopeRelaxed> = {
  id: "scope-relaxed",
  summary:
    "What an instance may be attached to is restricted no longer: it may have a consumer (or group, route, service), or do without.",
  why: "Stored instances stay good; one that is attached in the new way is refused by data plane nodes with the old schema.",
  updatePath: {
    derived: "short",
    freeze: "new-values",
    because:
      "Every stored instance is attached as both schemas allow; only one that is attached in the new way before all data plane nodes have the new schema is refused by those with the old one.",
  },
  mirror: "scope-restricted",
  example: {
    old: `return { name = "example", fields = { { consumer = { type = "foreign", reference = "consumers", eq = ngx.null } }, { config = { type = "record", fields = {} } } } }`,
    new: `return { name = "example", fields = { { config = { type = "record", fields = {} } } } }`,
  },
  remedy: null,
  describe: (change) => `what the plugin may be attached to is restricted no longer: ${nameOf(change.path)}`,
  find: (difference, site) =>
    scopeStrictness(difference, site) === "looser" ? explain("scope-relaxed", difference) : undefined,
};

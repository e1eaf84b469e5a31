import type { Difference } from "../difference.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { protocolsStrictness, showProtocols } from "../plugin-level.js";

export type ProtocolsWidened = Explained<Difference, "protocols-widened">;

export const protocolsWidened: ChangeKind<ProtocolsWidened> = {
  id: "protocols-widened",
  summary: "The plugin may be used with more protocols.",
  why: "Stored instances stay good; one that names a newly allowed protocol is refused by data plane nodes with the old schema.",
  updatePath: {
    derived: "short",
    freeze: "new-values",
    because:
      "Every stored instance names allowed protocols; only one that names a new protocol, saved before all data plane nodes have the new schema, is refused by those with the old one.",
  },
  mirror: "protocols-narrowed",
  example: {
    old: `return { name = "example", fields = { { protocols = { type = "set", required = true, elements = { type = "string", one_of = { "http", "https" } } } }, { config = { type = "record", fields = {} } } } }`,
    new: `return { name = "example", fields = { { config = { type = "record", fields = {} } } } }`,
  },
  remedy: null,
  describe: (change) => `more protocols are allowed: ${showProtocols(change)}`,
  find: (difference, site) =>
    protocolsStrictness(difference, site) === "looser" ? explain("protocols-widened", difference) : undefined,
};

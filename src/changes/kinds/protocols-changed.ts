import type { Difference } from "../difference.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { protocolsStrictness, showProtocols } from "../plugin-level.js";
import { nameOf } from "../words.js";

export type ProtocolsChanged = Explained<Difference, "protocols-changed">;

export const protocolsChanged: ChangeKind<ProtocolsChanged> = {
  id: "protocols-changed",
  summary: "The plugin may be used with other protocols; the old and the new ones cannot be ordered.",
  why: "A stored instance may name only protocols that are no longer allowed, and its replacement only protocols that were not.",
  updatePath: {
    derived: "cp-dp-sync",
    because:
      "There may be no protocol that both schemas allow, so an instance may have no configuration that the old and the new data plane nodes both accept.",
  },
  mirror: "protocols-changed",
  example: {
    old: `return { name = "example", fields = { { protocols = { type = "set", required = true, elements = { type = "string", one_of = { "http", "https" } } } }, { config = { type = "record", fields = {} } } } }`,
    new: `return { name = "example", fields = { { protocols = { type = "set", required = true, elements = { type = "string", one_of = { "tcp", "tls" } } } }, { config = { type = "record", fields = {} } } } }`,
  },
  remedy: {
    action: "review",
    tell: (change) =>
      `Take the protocols that are no longer allowed out of ${nameOf(change.path)} in every instance that names them.`,
  },
  describe: (change) => `other protocols are allowed: ${showProtocols(change)}`,
  find: (difference, site) =>
    protocolsStrictness(difference, site) === "different" ? explain("protocols-changed", difference) : undefined,
};

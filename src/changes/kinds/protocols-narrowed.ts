import type { Difference } from "../difference.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { protocolsStrictness, showProtocols } from "../plugin-level.js";
import { nameOf } from "../words.js";

export type ProtocolsNarrowed = Explained<Difference, "protocols-narrowed">;

export const protocolsNarrowed: ChangeKind<ProtocolsNarrowed> = {
  id: "protocols-narrowed",
  summary: "The plugin may be used with fewer protocols.",
  why: "A stored instance that names a protocol which is no longer allowed is refused by data plane nodes with the new schema.",
  updatePath: {
    derived: "long",
    because:
      "An instance that names a protocol which is no longer allowed must be edited before a data plane node gets the new schema; the protocols that remain are allowed by the old schema too.",
  },
  mirror: "protocols-widened",
  example: {
    old: `return { name = "example", fields = { { config = { type = "record", fields = {} } } } }`,
    new: `return { name = "example", fields = { { protocols = { type = "set", required = true, elements = { type = "string", one_of = { "http", "https" } } } }, { config = { type = "record", fields = {} } } } }`,
  },
  remedy: {
    action: "review",
    tell: (change) =>
      `Take the protocols that are no longer allowed out of ${nameOf(change.path)} in every instance that names them.`,
  },
  describe: (change) => `fewer protocols are allowed: ${showProtocols(change)}`,
  find: (difference, site) =>
    protocolsStrictness(difference, site) === "tighter" ? explain("protocols-narrowed", difference) : undefined,
};

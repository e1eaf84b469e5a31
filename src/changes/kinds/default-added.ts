import type { AttributeDifference } from "../difference.js";
import { inDefault, presence } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf, showValue } from "../words.js";

export type DefaultAdded = Explained<AttributeDifference, "default-added">;

export const defaultAdded: ChangeKind<DefaultAdded> = {
  id: "default-added",
  summary: "A configuration parameter that had no default has one.",
  why: "Stored configurations keep what they have, null included; instances that are saved from now on get the default.",
  updatePath: {
    derived: "short",
    freeze: "none",
    because: "A default only fills in an absent parameter, and stored configurations carry every parameter explicitly.",
  },
  mirror: "default-removed",
  example: { old: `{ ttl = { type = "integer" } }`, new: `{ ttl = { type = "integer", default = 60 } }` },
  remedy: null,
  describe: (change) => `${nameOf(change.path)} has the default ${showValue(change.new)}, and had none`,
  find(difference) {
    const found = inDefault(difference);
    return found !== undefined && presence(found) === "added" ? explain("default-added", found) : undefined;
  },
};

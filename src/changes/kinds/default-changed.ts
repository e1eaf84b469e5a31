import type { AttributeDifference } from "../difference.js";
import { inDefault, presence } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf, wasAndIsNow } from "../words.js";

export type DefaultChanged = Explained<AttributeDifference, "default-changed">;

export const defaultChanged: ChangeKind<DefaultChanged> = {
  id: "default-changed",
  summary: "The default of a configuration parameter is another one.",
  why: "Stored configurations keep the old default as a value; only instances that are saved without the parameter get the new one.",
  updatePath: {
    derived: "short",
    freeze: "none",
    because: "A default only fills in an absent parameter, and stored configurations keep the old default as a value.",
  },
  mirror: "default-changed",
  example: {
    old: `{ ttl = { type = "integer", default = 60 } }`,
    new: `{ ttl = { type = "integer", default = 300 } }`,
  },
  remedy: null,
  describe: (change) => `the default of ${nameOf(change.path)} ${wasAndIsNow(change)}`,
  find(difference) {
    const found = inDefault(difference);
    return found !== undefined && presence(found) === "changed" ? explain("default-changed", found) : undefined;
  },
};

import type { AttributeDifference } from "../difference.js";
import { switchTurned } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { describeAttribute } from "../words.js";

export type ImmutableChanged = Explained<AttributeDifference, "immutable-changed">;

export const immutableChanged: ChangeKind<ImmutableChanged> = {
  id: "immutable-changed",
  summary: "A configuration parameter may no longer be edited, or may be again.",
  why: "It is checked when an instance is edited, never when a stored configuration is judged.",
  updatePath: {
    derived: "short",
    freeze: "none",
    isHarmless: true,
    because: "Which values pass does not change; only an edit of an existing instance can be refused.",
  },
  mirror: "immutable-changed",
  example: {
    old: `{ url = { type = "string" } }`,
    new: `{ url = { type = "string", immutable = true } }`,
  },
  remedy: null,
  describe: describeAttribute,
  find(difference) {
    const turned = switchTurned(difference, "immutable", true) ?? switchTurned(difference, "immutable", false);
    return turned === undefined ? undefined : explain("immutable-changed", turned);
  },
};

import type { AttributeDifference, DefinitionDifference } from "../difference.js";
import { isUnknown } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type OpaqueChanged = Explained<DefinitionDifference | AttributeDifference, "opaque-changed">;

export const opaqueChanged: ChangeKind<OpaqueChanged> = {
  id: "opaque-changed",
  summary: "Something that comes from a module which is not visible here is now something else, or was not before.",
  why: "Without the module nobody can say what the old or the new definition accepts.",
  updatePath: {
    derived: "cp-dp-sync",
    because:
      "What it stands for is not visible here, so the strictest path is assumed: give the module's source to know more.",
  },
  mirror: "opaque-changed",
  example: {
    old: `{ url = { type = "string" } }`,
    new: `{ url = require("example.types").url }`,
  },
  remedy: {
    action: "review",
    tell: (change) =>
      `Check ${nameOf(change.path)} in every instance: what the new schema accepts there is not visible here.`,
  },
  describe(change) {
    const what = change.subject === "attribute" ? `${change.attribute} of ${nameOf(change.path)}` : nameOf(change.path);
    return `${what} comes from a module that is not visible here, on one side at least, and is not the same`;
  },
  find(difference) {
    const unknown =
      (difference.subject === "definition" && (difference.old.type === "opaque" || difference.new.type === "opaque")) ||
      (difference.subject === "attribute" && isUnknown(difference));
    return unknown ? explain("opaque-changed", difference) : undefined;
  },
};

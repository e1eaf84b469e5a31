import type { AttributeDifference } from "../difference.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { describeAttribute } from "../words.js";

export type PluginAttributeChanged = Explained<AttributeDifference, "plugin-attribute-changed">;

export const pluginAttributeChanged: ChangeKind<PluginAttributeChanged> = {
  id: "plugin-attribute-changed",
  summary: "The schema as a whole has another attribute, such as `transformations` or `check`.",
  why: "Transformations change what is stored, and a check judges the whole instance; neither can be compared by reading it.",
  updatePath: {
    derived: "cp-dp-sync",
    because:
      "What it stores or accepts cannot be compared by reading it, so an instance may have no configuration that the old and the new data plane nodes both accept.",
  },
  mirror: "plugin-attribute-changed",
  example: {
    old: `return { name = "example", fields = { { config = { type = "record", fields = {} } } } }`,
    new: `return { name = "example", fields = { { config = { type = "record", fields = {} } } }, check = function() return true end }`,
  },
  remedy: {
    action: "review",
    tell: (change) =>
      `Save every instance again on a test control plane with the new schema and compare: ${change.attribute} can change what is stored.`,
  },
  describe: describeAttribute,
  find(difference) {
    if (difference.subject !== "attribute" || difference.path.length > 0) return undefined;
    return explain("plugin-attribute-changed", difference);
  },
};

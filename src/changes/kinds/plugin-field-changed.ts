import type { Difference } from "../difference.js";
import { pluginLevelChange } from "../find.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";
import { nameOf } from "../words.js";

export type PluginFieldChanged = Explained<Difference, "plugin-field-changed">;

/** What the schema says of the plugin's own fields, where `protocols-…` and `scope-…` do not explain it. */
export const pluginFieldChanged: ChangeKind<PluginFieldChanged> = {
  id: "plugin-field-changed",
  summary: "What the schema says of a field beside `config`, such as `enabled` or `tags`, is something else.",
  why: "Such a field is not stored in the configuration, but every data plane node judges it with the instance.",
  updatePath: {
    derived: "cp-dp-sync",
    because:
      "Such a rule is rare and can be of any kind, so an instance may have no form that the old and the new data plane nodes both accept: compare the two sources at this place by eye.",
  },
  mirror: "plugin-field-changed",
  example: {
    old: `return { name = "example", fields = { { config = { type = "record", fields = {} } } } }`,
    new: `return { name = "example", fields = { { enabled = { type = "boolean", required = true, default = false } }, { config = { type = "record", fields = {} } } } }`,
  },
  remedy: {
    action: "review",
    tell: (change) => `Check ${nameOf(change.path)} in every instance against the new schema.`,
  },
  describe: (change) => `the schema says something else of ${nameOf(change.path)}`,
  find: (difference) =>
    pluginLevelChange(difference) === undefined ? undefined : explain("plugin-field-changed", difference),
};

import type { PluginNameDifference } from "../difference.js";
import { explain, type ChangeKind, type Explained } from "../kind.js";

export type PluginRenamed = Explained<PluginNameDifference, "plugin-renamed">;

export const pluginRenamed: ChangeKind<PluginRenamed> = {
  id: "plugin-renamed",
  summary: "The schema has another plugin name.",
  why: "To Kong it is another plugin: the old one's instances stay under the old name, and nothing moves them.",
  updatePath: {
    derived: "cp-dp-sync",
    because:
      "Kong knows a plugin by its name alone: a data plane node that has only the new plugin refuses every instance of the old one, and the other way round.",
  },
  mirror: "plugin-renamed",
  example: {
    old: `return { name = "delay", fields = { { config = { type = "record", fields = {} } } } }`,
    new: `return { name = "delay-v2", fields = { { config = { type = "record", fields = {} } } } }`,
  },
  remedy: {
    action: "review",
    tell: (change) =>
      `Create every instance again under the new name, ${JSON.stringify(change.new)}, and delete the old one.`,
  },
  describe: (change) => `the plugin's name was ${JSON.stringify(change.old)} and is now ${JSON.stringify(change.new)}`,
  find: (difference) => (difference.subject === "plugin-name" ? explain("plugin-renamed", difference) : undefined),
};

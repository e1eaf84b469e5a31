import { installed, streamed } from "../applicability.js";
import { schemaOf } from "../example.js";
import { findNames } from "../names.js";
import type { LintRule } from "../rule.js";
import { kongSource } from "../sources.js";

export const schemaName: LintRule = {
  id: "schema-name",
  severity: "warning",
  summary: "The schema's name is not that of the plugin's folder.",
  why: "The control plane knows the plugin by the schema's name, a data plane node by the folder that it loads the files from: where they differ on the nodes too, the nodes refuse every configuration that has an instance.",
  remedy: "Give the folder the schema's name, at the latest where it is installed: kong/plugins/NAME.",
  facts: [],
  source: kongSource("kong/db/schema/plugin_loader.lua"),
  appliesTo: [installed, streamed],
  example: {
    bad: {
      pluginName: "request-stamp",
      files: { "schema.lua": schemaOf(`{ realm = { type = "string" } }`, { name: "stamp" }) },
    },
    good: {
      pluginName: "stamp",
      files: { "schema.lua": schemaOf(`{ realm = { type = "string" } }`, { name: "stamp" }) },
    },
  },
  check(plugin) {
    const pluginName = plugin.pluginName?.replace(/^kong-plugin-/, "");
    if (pluginName === undefined || plugin.schemaName === undefined || sourceFolders.includes(pluginName)) return [];
    return findNames(plugin)
      .filter(({ name }) => name !== pluginName)
      .map(({ name, ...place }) => ({
        ...place,
        message: `the schema is called ${name} and its folder ${pluginName}: a data plane node that loads it as ${pluginName} does not know ${name}`,
        remedy: `Install the files as kong/plugins/${name}, and best call the folder so here too.`,
      }));
  },
};

/** Folders that hold sources, like repositories that are called kong-plugin-NAME: the nodes have the files under another name. */
const sourceFolders: readonly string[] = ["lib", "lua", "plugin", "src"];

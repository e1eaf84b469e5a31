import { bundledPluginsPage, isBundledPlugin } from "../../kong/bundled-plugins.js";
import { cloned, installed, streamed } from "../applicability.js";
import { schemaOf } from "../example.js";
import { findNames } from "../names.js";
import type { LintRule } from "../rule.js";

export const bundledName: LintRule = {
  id: "bundled-name",
  severity: "error",
  summary: "The plugin has the name of a plugin that comes with Kong.",
  why: "A name stands for one plugin: the control plane refuses the second one, or a node loads the wrong code.",
  remedy: "Choose a name with a prefix of your own, which no future release of Kong will take either.",
  facts: ["unique-name", "streaming-unique-name", "cloning-distinct-name"],
  source: bundledPluginsPage,
  appliesTo: [installed, streamed, cloned],
  example: {
    bad: {
      pluginName: "key-auth",
      files: { "schema.lua": schemaOf(`{ realm = { type = "string" } }`, { name: "key-auth" }) },
    },
    good: {
      pluginName: "acme-key-auth",
      files: { "schema.lua": schemaOf(`{ realm = { type = "string" } }`, { name: "acme-key-auth" }) },
    },
  },
  check: (plugin) =>
    findNames(plugin)
      .filter(({ name }) => isBundledPlugin(name))
      .map(({ name, ...place }) => ({
        ...place,
        message: `${name} is the name of a plugin that comes with Kong: a second one cannot have it`,
        remedy: `Choose a name that Kong does not use, such as one with a prefix of your own: my-${name}.`,
      })),
};

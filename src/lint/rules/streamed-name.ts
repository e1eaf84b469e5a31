import { pluginNameRule } from "../../kong/streamed-and-cloned.js";
import { streamed } from "../applicability.js";
import { schemaOf } from "../example.js";
import { findNames } from "../names.js";
import type { LintRule } from "../rule.js";
import { sourceOf } from "../sources.js";

export const streamedName: LintRule = {
  id: "streamed-name",
  severity: "warning",
  summary: `The plugin's name is not made of ${pluginNameRule.words}.`,
  why: "The rule is stated for clones; that streamed plugins share it is our conclusion. Where they do, the definition is refused.",
  remedy: "Choose a name such as my-plugin or my-plugin-v2.",
  facts: ["streaming-name"],
  source: sourceOf("streaming-name"),
  appliesTo: [streamed],
  example: {
    bad: { files: { "schema.lua": schemaOf(`{ ttl = { type = "integer" } }`, { name: "My_Plugin" }) } },
    good: { files: { "schema.lua": schemaOf(`{ ttl = { type = "integer" } }`, { name: "my-plugin" }) } },
  },
  check: (plugin) =>
    findNames(plugin)
      .filter(({ name }) => !pluginNameRule.pattern.test(name))
      .map(({ name, ...place }) => ({
        ...place,
        message: `${name} is not made of ${pluginNameRule.words}: the definition may be refused`,
      })),
};

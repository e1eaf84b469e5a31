import { cloned, installed, streamed } from "../applicability.js";
import { schemaOf } from "../example.js";
import { findNames } from "../names.js";
import type { LintRule } from "../rule.js";
import { sourceOf } from "../sources.js";

export const takenName: LintRule = {
  id: "taken-name",
  severity: "error",
  summary: "Another plugin of the control plane has the name already.",
  why: "The upload is refused, or replaces the schema of a plugin whose instances are in use.",
  remedy:
    "Choose another name. To update a plugin that is there, plan the update instead, and leave its name out of the known ones.",
  facts: ["unique-name", "streaming-unique-name"],
  source: sourceOf("unique-name"),
  appliesTo: [installed, streamed, cloned],
  example: {
    bad: { files: { "schema.lua": schemaOf(`{ realm = { type = "string" } }`) }, knownPluginNames: ["example"] },
    good: { files: { "schema.lua": schemaOf(`{ realm = { type = "string" } }`) }, knownPluginNames: ["delay"] },
  },
  check(plugin) {
    const names = findNames(plugin);
    return names
      .filter(
        ({ name }, index) =>
          plugin.knownPluginNames.has(name) || names.findIndex((other) => other.name === name) < index,
      )
      .map(({ name, ...place }) => ({
        ...place,
        message: `another plugin is called ${name} already: the upload is refused, or replaces it`,
      }));
  },
};

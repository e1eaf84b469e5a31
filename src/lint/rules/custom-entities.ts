import { installedOnKonnect, streamed } from "../applicability.js";
import { findForbiddenFiles } from "../forbidden-files.js";
import type { LintRule } from "../rule.js";
import { sourceOf } from "../sources.js";

export const customEntities: LintRule = {
  id: "custom-entities",
  severity: "error",
  summary: "The plugin brings entities of its own: DAOs or migrations.",
  why: "Konnect's control plane and one that streams the plugin have no table for the entities, and data planes have no database: whatever the handler looks up is not there.",
  remedy:
    "Keep such data in the plugin's configuration or in a store outside of Kong, and take the DAOs and migrations out.",
  facts: ["no-custom-entities", "streaming-no-extensions"],
  source: sourceOf("no-custom-entities"),
  appliesTo: [installedOnKonnect, streamed],
  example: {
    bad: {
      files: { "daos.lua": `return {\n  { name = "example_tokens", primary_key = { "id" }, fields = {} },\n}\n` },
    },
    good: { files: {} },
  },
  check: (plugin) =>
    findForbiddenFiles(plugin, "no-custom-entities").map((file) => ({
      file,
      message: `${file} brings entities of the plugin's own, which a custom plugin cannot have here: the control plane keeps none`,
    })),
};

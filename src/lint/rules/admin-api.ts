import { installedOnKonnect, streamed } from "../applicability.js";
import { findForbiddenFiles } from "../forbidden-files.js";
import type { LintRule } from "../rule.js";
import { sourceOf } from "../sources.js";

export const adminApi: LintRule = {
  id: "admin-api",
  severity: "error",
  summary: "The plugin extends the Admin API.",
  why: "A control plane on Konnect, and one that streams the plugin, gets the schema only and never runs api.lua: the endpoints do not exist.",
  remedy: "Take api.lua out of the plugin, and do what it does in a service of its own.",
  facts: ["no-admin-api", "streaming-no-extensions"],
  source: sourceOf("no-admin-api"),
  appliesTo: [installedOnKonnect, streamed],
  example: {
    bad: {
      files: { "api.lua": `return {\n  ["/example/cache"] = { DELETE = function() kong.cache:purge() end },\n}\n` },
    },
    good: { files: {} },
  },
  check: (plugin) =>
    findForbiddenFiles(plugin, "no-admin-api").map((file) => ({
      file,
      message: `${file} extends the Admin API, which a custom plugin cannot do here: its endpoints do not exist on the control plane`,
    })),
};

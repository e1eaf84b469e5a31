import { toleratedModules } from "../../kong/requirements.js";
import { installedOnKonnect, streamed } from "../applicability.js";
import { schemaOf } from "../example.js";
import type { LintRule } from "../rule.js";
import { sourceOf } from "../sources.js";

export const typedefsInSchema: LintRule = {
  id: "typedefs-in-schema",
  severity: "note",
  summary: "schema.lua requires Kong's typedefs.",
  why: "The documentation allows no require() at all. In practice Konnect accepts this module: Kong's own examples use it.",
  remedy: "Leave it, or write the few typedefs out where the schema must not depend on the release of the data plane.",
  facts: ["no-require-in-schema", "typedefs-tolerated"],
  source: sourceOf("no-require-in-schema"),
  appliesTo: [installedOnKonnect, streamed],
  example: {
    bad: {
      files: {
        "schema.lua": schemaOf(`{ upstream = typedefs.url }`, {
          before: `local typedefs = require "kong.db.schema.typedefs"\n\n`,
        }),
      },
    },
    good: { files: { "schema.lua": schemaOf(`{ upstream = { type = "string", starts_with = "https://" } }`) } },
  },
  check: (plugin) =>
    (plugin.factsOf("schema.lua")?.requires ?? []).flatMap(({ module, position }) =>
      module !== undefined && toleratedModules.includes(module)
        ? [
            {
              file: "schema.lua",
              position,
              message: `schema.lua requires ${module}: the documentation allows no require(), and Konnect accepts this one in practice`,
            },
          ]
        : [],
    ),
};

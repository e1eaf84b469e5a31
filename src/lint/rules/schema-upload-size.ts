import { schemaUploadLimit } from "../../kong/requirements.js";
import { installedOnKonnect } from "../applicability.js";
import { schemaOf } from "../example.js";
import type { LintRule } from "../rule.js";

export const schemaUploadSize: LintRule = {
  id: "schema-upload-size",
  severity: "note",
  summary: `schema.lua has more than ${schemaUploadLimit.characters} characters.`,
  why: "The last control plane of Konnect's kind whose source is public refused longer schemas. Konnect documents no limit.",
  remedy: "Try the upload early; if it is refused, shorten comments and descriptions first.",
  facts: [schemaUploadLimit.id],
  source: schemaUploadLimit.source,
  appliesTo: [installedOnKonnect],
  example: {
    bad: {
      files: {
        "schema.lua": schemaOf(`{ realm = { type = "string" } }`, {
          before: "-- The history of this plugin in a hundred lines.\n".repeat(schemaUploadLimit.characters / 48),
        }),
      },
    },
    good: { files: { "schema.lua": schemaOf(`{ realm = { type = "string" } }`) } },
  },
  check(plugin) {
    // Code points: koko counts runes.
    const length = Array.from(plugin.files.get("schema.lua") ?? "").length;
    if (length <= schemaUploadLimit.characters) return [];
    return [
      {
        file: "schema.lua",
        message: `schema.lua has ${length} characters; an upload of more than ${schemaUploadLimit.characters} was refused by a control plane of Konnect's kind in 2023`,
      },
    ];
  },
};

import { SchemaError } from "../../errors.js";
import { installed, streamed } from "../applicability.js";
import { schemaOf } from "../example.js";
import type { LintedPlugin } from "../plugin.js";
import type { LintRule } from "../rule.js";

export const schemaNotJudged: LintRule = {
  id: "schema-not-judged",
  severity: "warning",
  summary:
    "The schema could not be judged: it comes from a module that is not visible, or takes more work than any real one.",
  why: "Whether Kong takes the schema is not known. A loop that does not end stops the control plane at the upload, and every node at its start.",
  remedy: "Write the schema out in schema.lua; where a module gives it, lint with that module's source.",
  facts: [],
  appliesTo: [installed, streamed],
  example: {
    bad: { files: { "schema.lua": schemaOf(`{ ttl = { type = "integer" } }`, { before: "while true do\nend\n\n" }) } },
    good: { files: { "schema.lua": schemaOf(`{ ttl = { type = "integer" } }`) } },
  },
  check(plugin) {
    const { schema } = plugin;
    if (!isNotJudged(plugin) || !(schema instanceof SchemaError)) return [];
    return [
      {
        file: "schema.lua",
        position: schema.position,
        message: `the schema was not judged: ${schema.message}`,
        ...(schema.nextStep === undefined ? {} : { remedy: schema.nextStep }),
      },
    ];
  },
};

/** Whether nothing can be said of a schema: a bound was hit, or what it returns is in a module that is not here. */
export function isNotJudged(plugin: LintedPlugin): boolean {
  const { schema } = plugin;
  if (!(schema instanceof SchemaError)) return false;
  const requires = plugin.factsOf("schema.lua")?.requires ?? [];
  return schema.code.startsWith("limit-") || (schema.code === "schema-not-a-table" && requires.length > 0);
}

import { SchemaError, type SchemaErrorCode } from "../../errors.js";
import { installed, streamed } from "../applicability.js";
import { schemaOf } from "../example.js";
import type { LintRule } from "../rule.js";
import { kongSource } from "../sources.js";
import { isNotJudged } from "./schema-not-judged.js";

/** How a schema fails that is Lua: in running, or by what it returns. */
const refusals: readonly SchemaErrorCode[] = [
  "source-empty",
  "source-not-text",
  "lua-runtime",
  "data-cyclic",
  "schema-not-a-table",
  "schema-legacy",
  "schema-refused",
];

export const schemaRefused: LintRule = {
  id: "schema-refused",
  severity: "error",
  summary:
    "Kong refuses the schema: an attribute that it does not know or that does not fit, or an error while the file runs.",
  why: "The control plane answers the upload with an error, and a node that has the file does not start with the plugin enabled.",
  remedy: "Mend the place that the message names.",
  facts: [],
  source: kongSource("kong/db/schema/metaschema.lua"),
  appliesTo: [installed, streamed],
  example: {
    bad: { files: { "schema.lua": schemaOf(`{ ttl = { type = "integer", minimum = 1 } }`) } },
    good: { files: { "schema.lua": schemaOf(`{ ttl = { type = "integer", gt = 0 } }`) } },
  },
  check(plugin) {
    const { schema } = plugin;
    if (!(schema instanceof SchemaError) || !refusals.includes(schema.code) || isNotJudged(plugin)) return [];
    return [
      {
        file: "schema.lua",
        position: schema.position,
        message: `Kong refuses the schema: ${schema.message}`,
        ...(schema.nextStep === undefined ? {} : { remedy: schema.nextStep }),
      },
    ];
  },
};

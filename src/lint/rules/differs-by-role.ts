import { SchemaError } from "../../errors.js";
import { installed, streamed } from "../applicability.js";
import { schemaOf } from "../example.js";
import type { LintRule } from "../rule.js";
import { kongSource } from "../sources.js";

export const differsByRole: LintRule = {
  id: "differs-by-role",
  severity: "warning",
  summary: "The schema has other fields on a data plane than on a control plane.",
  why: "What the control plane accepts and fills in is judged on the data plane by another schema: a field that only the control plane has is refused there as unknown.",
  remedy: "Make the fields the same for every role, and let the handler look at `kong.configuration` instead.",
  facts: [],
  source: kongSource("kong/db/schema/init.lua"),
  appliesTo: [installed, streamed],
  example: {
    bad: {
      files: {
        "schema.lua": schemaOf(
          `kong.configuration.role == "control_plane" and { audit = { type = "boolean", default = true } } or nil`,
        ),
      },
    },
    good: { files: { "schema.lua": schemaOf(`{ audit = { type = "boolean", default = true } }`) } },
  },
  check({ schema }) {
    if (schema === undefined || schema instanceof SchemaError || schema.dataPlane === undefined) return [];
    return [
      {
        file: "schema.lua",
        message:
          "the schema reads `kong.configuration` and gives a data plane other fields than a control plane: what one accepts the other may refuse",
      },
    ];
  },
};

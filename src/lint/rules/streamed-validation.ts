import { SchemaError } from "../../errors.js";
import { isLuaFunction } from "../../schema/model.js";
import { streamed } from "../applicability.js";
import { schemaOf } from "../example.js";
import type { LintRule } from "../rule.js";
import { findValidators, showPlaces } from "../schema-functions.js";
import { sourceOf } from "../sources.js";

export const streamedValidation: LintRule = {
  id: "streamed-validation",
  severity: "error",
  summary: "The schema has validation functions.",
  why: "The schema of a streamed plugin holds no validation functions: custom validation belongs in the handler.",
  remedy: "Use attributes such as one_of, match or between where they suffice, and check the rest in the handler.",
  facts: ["streaming-validation"],
  source: sourceOf("streaming-validation"),
  appliesTo: [streamed],
  example: {
    bad: {
      files: {
        "schema.lua": schemaOf(
          `{ path = { type = "string", custom_validator = function(path) return path:sub(1, 1) == "/" end } }`,
        ),
      },
    },
    good: { files: { "schema.lua": schemaOf(`{ path = { type = "string", starts_with = "/" } }`) } },
  },
  check({ schema }) {
    if (schema === undefined || schema instanceof SchemaError) return [];
    return findValidators(schema).map((validator) => ({
      file: "schema.lua",
      position: isLuaFunction(validator.function) ? validator.function.position : undefined,
      message: `${validator.attribute} of ${showPlaces(validator)} is a validation function, which the schema of a streamed plugin must not have`,
    }));
  },
};

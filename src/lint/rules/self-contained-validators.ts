import { SchemaError } from "../../errors.js";
import { toleratedModules } from "../../kong/requirements.js";
import { isOpaque } from "../../schema/model.js";
import { installedOnKonnect } from "../applicability.js";
import { schemaOf } from "../example.js";
import type { LintRule, Observation } from "../rule.js";
import { findValidators, showPlaces, type Validator } from "../schema-functions.js";
import { sourceOf } from "../sources.js";
import type { LintedPlugin } from "../plugin.js";

export const selfContainedValidators: LintRule = {
  id: "self-contained-validators",
  severity: "error",
  summary: "A validation function needs something from outside of schema.lua.",
  why: "The control plane runs the function with nothing but schema.lua at hand: it raises an error instead of judging, or refuses the upload.",
  remedy: "Write the check in plain Lua inside schema.lua, or move it to the handler.",
  facts: ["self-contained-validation"],
  source: sourceOf("self-contained-validation"),
  appliesTo: [installedOnKonnect],
  example: {
    bad: {
      files: {
        "schema.lua": schemaOf(`{ path = { type = "string", custom_validator = check_path } }`, {
          before: `local function check_path(path)\n  return io.open(path) ~= nil, "cannot be read"\nend\n\n`,
        }),
      },
    },
    good: {
      files: {
        "schema.lua": schemaOf(`{ path = { type = "string", custom_validator = check_path } }`, {
          before: `local function check_path(path)\n  return path:sub(1, 1) == "/", "must be absolute"\nend\n\n`,
        }),
      },
    },
  },
  check(plugin) {
    const { schema } = plugin;
    if (schema === undefined || schema instanceof SchemaError) return [];
    return findValidators(schema).flatMap((validator) => observe(validator, plugin));
  },
};

/** What a schema's sandbox has no use for: the PDK, files, processes. */
const outside = /^(?:kong|io|package)(?:\.|$)|^os\.(?:execute|exit|getenv|remove|rename|tmpname)$/;

function observe(found: Validator, plugin: LintedPlugin): readonly Observation[] {
  const { attribute, function: validator } = found;
  const where = showPlaces(found);
  if (isOpaque(validator)) {
    return [
      {
        file: "schema.lua",
        message: `${attribute} of ${where} is ${validator.opaque}, which is not in schema.lua: the control plane cannot run it`,
      },
    ];
  }
  const { position } = validator;
  const needs = position === undefined ? undefined : plugin.factsOf("schema.lua")?.needsOf(position);
  const modules = (needs?.requires ?? []).flatMap(({ module }) =>
    module === undefined ? ["a module that is named at run time"] : toleratedModules.includes(module) ? [] : [module],
  );
  const globals = (needs?.uses ?? []).flatMap(({ path: use }) => (outside.test(use) ? [use] : []));
  const missing = [...new Set([...modules, ...longestOf(globals)])];
  if (missing.length === 0) return [];
  return [
    {
      file: "schema.lua",
      position,
      message: `${attribute} of ${where} needs ${missing.join(", ")}, which the control plane does not have: it cannot judge values`,
    },
  ];
}

/** `kong.log.err` without the `kong.log` and `kong` that stand in it. */
function longestOf(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !paths.some((other) => other.startsWith(`${path}.`)));
}

import { toleratedModules } from "../../kong/requirements.js";
import { installedOnKonnect, streamed } from "../applicability.js";
import { schemaOf } from "../example.js";
import type { LintRule } from "../rule.js";
import { sourceOf } from "../sources.js";

export const requireInSchema: LintRule = {
  id: "require-in-schema",
  severity: "error",
  summary: "schema.lua requires a module other than Kong's typedefs.",
  why: "The control plane evaluates the schema in a sandbox that has the schema alone: it refuses the upload.",
  remedy: "Write what the schema needs into schema.lua itself, and require libraries in handler.lua only.",
  facts: ["no-require-in-schema", "libraries-in-handler"],
  source: sourceOf("no-require-in-schema"),
  appliesTo: [installedOnKonnect, streamed],
  example: {
    bad: {
      files: {
        "schema.lua": schemaOf(`{ ttl = { type = "integer", gt = limits.ttl } }`, {
          before: `local limits = require("kong.plugins.example.limits")\n\n`,
        }),
      },
    },
    good: { files: { "schema.lua": schemaOf(`{ ttl = { type = "integer", gt = 0 } }`) } },
  },
  check(plugin) {
    const facts = plugin.factsOf("schema.lua");
    if (facts === undefined) return [];
    const required = facts.requires
      .filter(({ module }) => module === undefined || !toleratedModules.includes(module))
      .map(({ module, position }) => ({
        file: "schema.lua",
        position,
        message: `schema.lua requires ${module ?? "a module whose name is put together at run time"}: the control plane refuses the upload`,
        ...(module === undefined
          ? { remedy: "Write the module's name out, or better what the schema needs of it." }
          : { remedy: `Write what the schema needs of ${module} into schema.lua itself; handler.lua may require it.` }),
      }));
    const loaded = facts.uses
      .filter(({ path }) => path.startsWith("package.") || path === "loadfile" || path === "dofile")
      .map(({ path, position }) => ({
        file: "schema.lua",
        position,
        message: `schema.lua reaches for other files through ${path}: the control plane has none of them`,
      }));
    return [...required, ...loaded];
  },
};

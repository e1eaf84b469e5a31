import { isShippedModule } from "../../kong/shipped-modules.js";
import type { RequireFact } from "../../lua/static/facts.js";
import { streamed } from "../applicability.js";
import { handlerOf, phase } from "../example.js";
import type { LintRule } from "../rule.js";
import { sourceOf } from "../sources.js";

export const streamedModules: LintRule = {
  id: "streamed-modules",
  severity: "error",
  summary: "The handler requires a module that does not come with the Gateway.",
  why: "Only handler.lua and schema.lua reach the data planes, and the sandbox lets a streamed plugin require no custom module.",
  remedy: "Copy what is needed into handler.lua, or use what the Gateway brings.",
  facts: ["streaming-sandbox", "streaming-content"],
  source: sourceOf("streaming-sandbox"),
  appliesTo: [streamed],
  example: {
    bad: {
      files: {
        "handler.lua": handlerOf(phase("access", "helpers.check(config)"), {
          before: `local helpers = require("kong.plugins.example.helpers")\n\n`,
        }),
      },
    },
    good: {
      files: {
        "handler.lua": handlerOf(phase("access", "kong.log.debug(cjson.encode(config))"), {
          before: `local cjson = require("cjson.safe")\n\n`,
        }),
      },
    },
  },
  check: (plugin) =>
    (plugin.factsOf("handler.lua")?.requires ?? [])
      .filter((required) => !isShipped(required))
      .map(({ module, position }) => ({
        file: "handler.lua",
        position,
        message:
          module === undefined
            ? "the handler requires a module whose name is put together at run time: whether the data planes have it cannot be seen"
            : `the handler requires ${module}, which does not come with the Gateway: a streamed plugin does not get it`,
        ...(module === undefined ? { remedy: "Write the module's name out." } : {}),
      })),
};

/** Of a name of run time the first two parts must be written out: `"kong.llm." .. name`. */
function isShipped(required: RequireFact): boolean {
  if (required.module !== undefined) return isShippedModule(required.module);
  return /^[^.]+\.[^.]+\./.test(required.beginning) && isShippedModule(required.beginning);
}

import { isSince } from "../../kong/release.js";
import { installed, streamed } from "../applicability.js";
import { handlerOf, phase } from "../example.js";
import { observeField } from "../handler-fields.js";
import type { LintRule } from "../rule.js";
import { kongSource } from "../sources.js";

export const handlerPriority: LintRule = {
  id: "handler-priority",
  severity: "error",
  summary: "The handler has no PRIORITY, or one that is not a whole number.",
  why: "Since Gateway 3.0 a node does not load such a plugin, and does not start with it enabled.",
  remedy: "Set PRIORITY in the handler to a whole number: plugins with a higher one run earlier.",
  facts: [],
  source: kongSource("kong/db/dao/plugins.lua"),
  appliesTo: [installed, streamed],
  example: {
    bad: {
      files: {
        "handler.lua": `local ExampleHandler = { VERSION = "1.0.0" }\n\n${phase("access", 'kong.log.debug("access")')}\nreturn ExampleHandler\n`,
      },
    },
    good: { files: { "handler.lua": handlerOf(phase("access", 'kong.log.debug("access")')) } },
  },
  check: (plugin) =>
    isSince(plugin.release, "3.0")
      ? observeField(
          plugin,
          "PRIORITY",
          "a whole number",
          (value) => value.kind === "number" && Number.isInteger(value.number),
        )
      : [],
};

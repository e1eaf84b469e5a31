import { installed, streamed } from "../applicability.js";
import { handlerOf, phase } from "../example.js";
import { findPhases } from "../handler-fields.js";
import type { LintRule } from "../rule.js";
import { kongSource } from "../sources.js";

export const handlerPhases: LintRule = {
  id: "handler-phases",
  severity: "error",
  summary: "The handler has the phase `response` beside `header_filter` or `body_filter`.",
  why: "`response` buffers the whole answer and takes the place of the two filters: a node does not load a plugin that has both.",
  remedy: "Do all of it in `response`, or all of it in the filters.",
  facts: [],
  source: kongSource("kong/db/dao/plugins.lua"),
  appliesTo: [installed, streamed],
  example: {
    bad: {
      files: {
        "handler.lua": handlerOf(
          `${phase("response", 'kong.response.set_header("X-Example", "1")')}\n${phase("header_filter", 'kong.response.clear_header("Server")')}`,
        ),
      },
    },
    good: { files: { "handler.lua": handlerOf(phase("response", 'kong.response.set_header("X-Example", "1")')) } },
  },
  check(plugin) {
    const [response] = findPhases(plugin, ["response"]);
    if (response === undefined) return [];
    return findPhases(plugin, ["header_filter", "body_filter"]).map(({ name, position }) => ({
      file: "handler.lua",
      position,
      message: `the handler has both \`response\` (line ${response.position.line}) and \`${name}\`: a node does not load the plugin`,
    }));
  },
};

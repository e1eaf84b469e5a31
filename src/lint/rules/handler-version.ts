import { isSince } from "../../kong/release.js";
import { installed, streamed } from "../applicability.js";
import { handlerOf, phase } from "../example.js";
import { observeField } from "../handler-fields.js";
import type { LintRule } from "../rule.js";
import { kongSource } from "../sources.js";

export const handlerVersion: LintRule = {
  id: "handler-version",
  severity: "error",
  summary: "The handler has no VERSION, or one that is not of the form x.y.z.",
  why: "Since Gateway 3.0 a node does not load such a plugin, and does not start with it enabled.",
  remedy: 'Set VERSION in the handler to a text such as "1.0.0".',
  facts: [],
  source: kongSource("kong/db/dao/plugins.lua"),
  appliesTo: [installed, streamed],
  example: {
    bad: {
      files: {
        "handler.lua": `local ExampleHandler = { PRIORITY = 1000 }\n\n${phase("access", 'kong.log.debug("access")')}\nreturn ExampleHandler\n`,
      },
    },
    good: { files: { "handler.lua": handlerOf(phase("access", 'kong.log.debug("access")')) } },
  },
  check: (plugin) =>
    isSince(plugin.release, "3.0")
      ? observeField(
          plugin,
          "VERSION",
          "a text of the form x.y.z",
          (value) => value.kind === "text" && isVersion(value.text),
        )
      : [],
};

/** What the module `version` that Kong uses makes of a text: the first run of digits and dots, three numbers at most. */
function isVersion(text: string): boolean {
  const [run] = /[\d.]+/.exec(text) ?? [];
  const parts = run?.replace(/^\./, "").replace(/\.$/, "").split(".") ?? [];
  return run !== undefined && parts.length <= 3 && parts.every((part) => /^\d+$/.test(part));
}

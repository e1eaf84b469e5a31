import { streamed } from "../applicability.js";
import { handlerOf, phase } from "../example.js";
import type { LintRule } from "../rule.js";
import { sourceOf } from "../sources.js";

/** What makes a timer; `*` is a name that is decided at run time. */
const makesTimer = /^ngx\.timer\.(?:at|every|\*)$/;
const timerModules: readonly string[] = ["resty.timer", "resty.timerng"];

export const streamedTimers: LintRule = {
  id: "streamed-timers",
  severity: "error",
  summary: "The handler makes timers.",
  why: "A timer outlives the plugin's code, which is replaced when the configuration changes: timers are not allowed in a streamed plugin.",
  remedy: "Do the work in a phase of the request, or in a service outside of Kong.",
  facts: ["streaming-no-timers"],
  source: sourceOf("streaming-no-timers"),
  appliesTo: [streamed],
  example: {
    bad: {
      files: {
        "handler.lua": handlerOf(phase("log", "timer_at(0, send)"), { before: "local timer_at = ngx.timer.at\n\n" }),
      },
    },
    good: { files: { "handler.lua": handlerOf(phase("log", 'kong.log.info("done")')) } },
  },
  check(plugin) {
    const facts = plugin.factsOf("handler.lua");
    const used = (facts?.uses ?? []).filter(({ path }) => makesTimer.test(path));
    const required = (facts?.requires ?? []).flatMap(({ module, position }) =>
      module !== undefined && timerModules.includes(module) ? [{ path: module, position }] : [],
    );
    return [...used, ...required].map(({ path, position }) => ({
      file: "handler.lua",
      position,
      message: `the handler makes timers with ${path}, which a streamed plugin must not do`,
    }));
  },
};

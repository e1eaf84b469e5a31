import { streamed } from "../applicability.js";
import { handlerOf, phase } from "../example.js";
import { findPhases } from "../handler-fields.js";
import type { LintRule } from "../rule.js";
import { sourceOf } from "../sources.js";

export const streamedInitWorker: LintRule = {
  id: "streamed-init-worker",
  severity: "error",
  summary: "The handler has the phase `init_worker`.",
  why: "A streamed plugin arrives when the workers run already: the phase is not allowed, and what it prepares would not be there.",
  remedy: "Prepare what is needed at the first request, and keep it in a local of the module.",
  facts: ["streaming-no-init-worker"],
  source: sourceOf("streaming-no-init-worker"),
  appliesTo: [streamed],
  example: {
    bad: { files: { "handler.lua": handlerOf(phase("init_worker", 'kong.log.notice("ready")')) } },
    good: { files: { "handler.lua": handlerOf(phase("access", 'kong.log.debug("access")')) } },
  },
  check: (plugin) =>
    findPhases(plugin, ["init_worker"]).map(({ position }) => ({
      file: "handler.lua",
      position,
      message: "the handler has the phase `init_worker`, which a streamed plugin must not have: it would not run",
    })),
};

import { streamingHostings } from "../../kong/streamed-and-cloned.js";
import { streamed } from "../applicability.js";
import { handlerOf, phase, schemaOf } from "../example.js";
import type { LintRule } from "../rule.js";
import { sourceOf } from "../sources.js";

const files = {
  "schema.lua": schemaOf(`{ ttl = { type = "integer" } }`),
  "handler.lua": handlerOf(phase("access", 'kong.log.debug("access")')),
};

export const streamedHosting: LintRule = {
  id: "streamed-hosting",
  severity: "error",
  summary: "Plugins cannot be streamed to this hosting.",
  why: "Serverless gateways take no streamed plugins: Konnect removes them from the configuration there.",
  remedy: "Use a Dedicated Cloud Gateway or a gateway of your own.",
  facts: ["streaming-hosting", "streaming-not-serverless"],
  source: sourceOf("streaming-not-serverless"),
  appliesTo: [streamed],
  example: { bad: { files, hosting: "serverless" }, good: { files, hosting: "dedicated-cloud" } },
  check: ({ hosting }) =>
    streamingHostings[hosting]
      ? []
      : [
          {
            message: `a plugin cannot be streamed to a ${hosting} gateway: it is removed from the configuration there`,
          },
        ],
};

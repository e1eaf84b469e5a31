import { hostingNames, isInstalledHosting } from "../../kong/hostings.js";
import { streamingHostings } from "../../kong/streamed-and-cloned.js";
import { installed, streamed } from "../applicability.js";
import { handlerOf, phase, schemaOf } from "../example.js";
import type { LintRule } from "../rule.js";
import { sourceOf } from "../sources.js";

const files = {
  "schema.lua": schemaOf(`{ ttl = { type = "integer" } }`),
  "handler.lua": handlerOf(phase("access", 'kong.log.debug("access")')),
};

export const hosting: LintRule = {
  id: "hosting",
  severity: "error",
  summary: "The plugin cannot reach these data planes in this way.",
  why: "Nobody but Kong puts files on Dedicated Cloud and Serverless Gateways, and streamed plugins are removed from the configuration of Serverless ones.",
  remedy: "Stream the plugin to Dedicated Cloud Gateways; in place of Serverless Gateways use nodes of your own.",
  facts: ["streaming-hosting", "streaming-not-serverless", "dedicated-cloud-streams"],
  source: sourceOf("streaming-not-serverless"),
  appliesTo: [installed, streamed],
  example: {
    bad: { files, hosting: "dedicated-cloud", distribution: "installed" },
    good: { files, hosting: "dedicated-cloud", distribution: "streamed" },
  },
  check({ distribution, hosting: where }) {
    const reaches = distribution === "streamed" ? streamingHostings[where] : isInstalledHosting(where);
    if (reaches) return [];
    return [
      {
        message:
          distribution === "streamed"
            ? `a plugin cannot be streamed to ${hostingNames[where]}: it is removed from the configuration there`
            : `a plugin cannot be installed on ${hostingNames[where]}: nobody but Kong puts files on the nodes`,
      },
    ];
  },
};

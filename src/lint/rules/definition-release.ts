import { isSince } from "../../kong/release.js";
import { cloningSince, streamingSince } from "../../kong/streamed-and-cloned.js";
import { cloned, streamed } from "../applicability.js";
import { handlerOf, phase, schemaOf } from "../example.js";
import type { LintRule } from "../rule.js";
import { sourceOf } from "../sources.js";

const files = {
  "schema.lua": schemaOf(`{ ttl = { type = "integer" } }`),
  "handler.lua": handlerOf(phase("access", 'kong.log.debug("access")')),
};

export const definitionRelease: LintRule = {
  id: "definition-release",
  severity: "error",
  summary: "The Gateway release knows no streamed or cloned plugins.",
  why: "An older data plane does not get the definition while its instances stay in the configuration: it refuses all of it.",
  remedy: `Bring the control plane and every data plane node to ${streamingSince} first, and switch streaming on there.`,
  facts: ["streaming-since", "cloning-since", "cloning-old-data-planes"],
  source: sourceOf("streaming-since"),
  appliesTo: [streamed, cloned],
  example: { bad: { files, gatewayVersion: "3.9" }, good: { files, gatewayVersion: "3.15" } },
  check({ distribution, release }) {
    const since = distribution === "cloned" ? cloningSince : streamingSince;
    if (isSince(release, since)) return [];
    return [
      {
        message: `Gateway ${release.major}.${release.minor} knows no ${distribution} plugins: they need ${since} on the control plane and on every data plane node`,
      },
    ];
  },
};

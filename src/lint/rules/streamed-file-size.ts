import { streamedFileLimit, streamedFiles } from "../../kong/streamed-and-cloned.js";
import { handlerOf, phase } from "../example.js";
import type { LintRule } from "../rule.js";
import { sourceOf } from "../sources.js";

export const streamedFileSize: LintRule = {
  id: "streamed-file-size",
  severity: "note",
  summary: "A file of the plugin is larger than 100 KB.",
  why: "Dedicated Cloud Gateways take files of at most 100 KB in one upload; other hostings document no limit.",
  remedy: "Shorten the file, or split the plugin in two.",
  facts: ["streaming-size"],
  source: sourceOf("streaming-size"),
  appliesTo: [{ distribution: "streamed", hostings: ["konnect", "dedicated-cloud"] }],
  example: {
    bad: {
      files: {
        "handler.lua": handlerOf(phase("access", "kong.ctx.plugin.words = words"), {
          before: `local words = [[\n${"lorem ipsum\n".repeat(streamedFileLimit / 12)}]]\n\n`,
        }),
      },
    },
    good: { files: { "handler.lua": handlerOf(phase("access", "kong.ctx.plugin.words = config.words")) } },
  },
  check: (plugin) =>
    streamedFiles.flatMap((file) => {
      const bytes = new TextEncoder().encode(plugin.files.get(file) ?? "").length;
      if (bytes <= streamedFileLimit) return [];
      return [
        {
          file,
          message: `${file} has ${bytes} bytes, and Dedicated Cloud Gateways take at most ${streamedFileLimit} in one upload`,
        },
      ];
    }),
};

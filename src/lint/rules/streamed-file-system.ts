import { streamed } from "../applicability.js";
import { handlerOf, phase } from "../example.js";
import type { LintRule } from "../rule.js";
import { sourceOf } from "../sources.js";

const touchesFiles =
  /^(?:io\.(?:open|lines|popen|input|output|tmpfile|\*)|os\.(?:execute|remove|rename|tmpname)|loadfile|dofile)$/;
const fileModules: readonly string[] = ["lfs", "pl.dir", "pl.file", "pl.path"];

export const streamedFileSystem: LintRule = {
  id: "streamed-file-system",
  severity: "error",
  summary: "The handler reads or writes files.",
  why: "A streamed plugin has no access to the file system of the data plane: the call fails there.",
  remedy: "Give the data to the plugin in its configuration, or fetch it from a service.",
  facts: ["streaming-no-files"],
  source: sourceOf("streaming-no-files"),
  appliesTo: [streamed],
  example: {
    bad: {
      files: { "handler.lua": handlerOf(phase("access", 'kong.ctx.plugin.list = io.open(config.path):read("*a")')) },
    },
    good: { files: { "handler.lua": handlerOf(phase("access", "kong.ctx.plugin.list = config.list")) } },
  },
  check(plugin) {
    const facts = plugin.factsOf("handler.lua");
    const used = (facts?.uses ?? []).filter(({ path }) => touchesFiles.test(path));
    const required = (facts?.requires ?? []).flatMap(({ module, position }) =>
      module !== undefined && fileModules.includes(module) ? [{ path: module, position }] : [],
    );
    return [...used, ...required].map(({ path, position }) => ({
      file: "handler.lua",
      position,
      message: `the handler reaches for files with ${path}, which a streamed plugin must not do`,
    }));
  },
};

import { forbiddenFiles } from "../../kong/requirements.js";
import { streamedFiles as parts } from "../../kong/streamed-and-cloned.js";
import { streamed } from "../applicability.js";
import { handlerOf, phase, schemaOf } from "../example.js";
import type { LintRule } from "../rule.js";
import { sourceOf } from "../sources.js";

export const streamedFiles: LintRule = {
  id: "streamed-files",
  severity: "error",
  summary: "The plugin is not exactly one handler.lua and one schema.lua.",
  why: "A streamed plugin is sent as these two texts; any other module of it does not reach the data planes.",
  remedy: "Put all of the code into handler.lua, and leave the other files out.",
  facts: ["streaming-content", "streaming-no-extensions"],
  source: sourceOf("streaming-content"),
  appliesTo: [streamed],
  example: {
    bad: {
      files: {
        "schema.lua": schemaOf(`{ ttl = { type = "integer" } }`),
        "handler.lua": handlerOf(phase("access", 'kong.log.debug("access")')),
        "helpers.lua": "return {}\n",
      },
    },
    good: {
      files: {
        "schema.lua": schemaOf(`{ ttl = { type = "integer" } }`),
        "handler.lua": handlerOf(phase("access", 'kong.log.debug("access")')),
      },
    },
  },
  check(plugin) {
    const files = [...plugin.files.keys()];
    const further = files
      .filter((file) => file.endsWith(".lua") && !parts.some((part) => part === file) && !isForbiddenElsewhere(file))
      .map((file) => ({
        file,
        message: `${file} is a further module: a streamed plugin is handler.lua and schema.lua, and this file does not reach the data planes`,
        remedy: `Move what handler.lua needs of ${file} into handler.lua.`,
      }));
    if (plugin.files.has("handler.lua")) return further;
    return [
      {
        file: "handler.lua",
        message: "there is no handler.lua: a streamed plugin needs one, in Lua",
        remedy: "Add handler.lua.",
      },
      ...further,
    ];
  },
};

/** These have rules of their own. */
function isForbiddenElsewhere(file: string): boolean {
  return Object.keys(forbiddenFiles).some((name) => (name.endsWith("/") ? file.startsWith(name) : file === name));
}

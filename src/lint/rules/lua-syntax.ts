import { installed, streamed } from "../applicability.js";
import { handlerOf, phase } from "../example.js";
import type { LintRule } from "../rule.js";

export const luaSyntax: LintRule = {
  id: "lua-syntax",
  severity: "error",
  summary: "A file is not Lua as LuaJIT takes it.",
  why: "Kong runs LuaJIT, which is Lua 5.1 with a few additions: it refuses the syntax of later versions, and the node does not start with the plugin enabled.",
  remedy:
    "Write `math.floor(a / b)` for `a // b`, the functions of the module `bit` for `&`, `|`, `<<` and `>>`, and no attributes on locals.",
  facts: [],
  source: "https://luajit.org/extensions.html",
  appliesTo: [installed, streamed],
  example: {
    bad: { files: { "handler.lua": handlerOf(phase("access", "kong.ctx.plugin.half = config.ttl // 2")) } },
    good: { files: { "handler.lua": handlerOf(phase("access", "kong.ctx.plugin.half = math.floor(config.ttl / 2)")) } },
  },
  check: (plugin) =>
    [...plugin.files.keys()]
      .filter((file) => file.endsWith(".lua"))
      .flatMap((file) => {
        const error = plugin.syntaxErrorIn(file);
        if (error === undefined || !error.code.startsWith("lua-")) return [];
        return [
          {
            file,
            position: error.position,
            message: error.message,
            ...(error.nextStep === undefined ? {} : { remedy: error.nextStep }),
          },
        ];
      }),
};

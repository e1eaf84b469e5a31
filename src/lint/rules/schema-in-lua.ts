import { installed, streamed } from "../applicability.js";
import { schemaOf } from "../example.js";
import type { LintRule } from "../rule.js";
import { sourceOf } from "../sources.js";

export const schemaInLua: LintRule = {
  id: "schema-in-lua",
  severity: "error",
  summary: "The plugin has no schema.lua.",
  why: "The control plane takes the schema as Lua, whatever language the plugin is written in; without it no instance can be configured.",
  remedy: "Write the schema as schema.lua, beside the code of a plugin in Go, Python or JavaScript too.",
  facts: ["schema-in-lua", "streaming-content"],
  source: sourceOf("schema-in-lua"),
  appliesTo: [installed, streamed],
  example: {
    bad: { files: { "main.go": "package main\n" } },
    good: {
      files: {
        "main.go": "package main\n",
        "schema.lua": schemaOf(`{ message = { type = "string" } }`),
      },
    },
  },
  check(plugin) {
    if (plugin.files.has("schema.lua")) return [];
    const others = [...plugin.files.keys()].filter((file) => /\.(?:go|py|js|ts|json)$/.test(file)).slice(0, 1);
    const instead = others.map((file) => `; ${file} cannot take its place`).join("");
    return [
      {
        file: "schema.lua",
        message: `there is no schema.lua${instead}: the control plane takes the schema as Lua only`,
      },
    ];
  },
};

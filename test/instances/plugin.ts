import { readInstances } from "../../src/instances/read-instances.js";
import type { PluginInstance } from "../../src/instances/instance.js";
import type { PluginSchema } from "../../src/schema/model.js";
import { readSchema } from "../../src/schema/read.js";

/** The schema of a plugin `p` with these fields in its configuration. */
export function pluginWith(fields: string, rest = ""): PluginSchema {
  return readSchema(
    `return { name = "p", fields = { { config = { type = "record", fields = { ${fields} } } } }, ${rest} }`,
  );
}

/** The instances in the plugins list of a decK file; each line is one entry. */
export function deckInstances(...entries: readonly string[]): readonly PluginInstance[] {
  return readInstances(deckFile(...entries), { format: "deck" });
}

export function deckFile(...entries: readonly string[]): string {
  const lines = entries.map((entry) => `- ${entry.trim().replaceAll("\n", "\n  ")}\n`);
  return `_format_version: "3.0"\nplugins:\n${lines.join("")}`;
}

import type { Position } from "../errors.js";
import type { LintedPlugin } from "./plugin.js";

/** A name that a plugin goes by, with its place. */
export interface PluginName {
  readonly name: string;
  readonly file?: string;
  readonly position?: Position | undefined;
}

/** The names of what is linted: that of the schema, or of the folder where no schema says it; those of the clones. */
export function findNames(plugin: LintedPlugin): readonly PluginName[] {
  if (plugin.distribution === "cloned") return plugin.clones.map(({ name, position }) => ({ name, position }));
  const name = plugin.schemaName ?? plugin.pluginName;
  return name === undefined
    ? []
    : [{ name, file: "schema.lua", position: plugin.factsOf("schema.lua")?.returned.fields.get("name")?.position }];
}

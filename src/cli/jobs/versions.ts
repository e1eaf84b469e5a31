import type * as Library from "../../index.js";
import type { PluginSchema } from "../../index.js";
import type { SchemaText } from "./plan.js";

/** Two versions of a schema, as the commands about instances are given them. */
export interface Versions {
  readonly old: Pick<SchemaText, "source" | "options">;
  readonly new: Pick<SchemaText, "source" | "options">;
}

export function readVersions(
  { old, new: now }: Versions,
  { readSchema }: typeof Library,
): readonly [PluginSchema, PluginSchema] {
  return [readSchema(old.source, old.options), readSchema(now.source, now.options)];
}

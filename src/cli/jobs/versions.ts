import type * as Library from "../../index.js";
import type { PluginSchema } from "../../index.js";
import { readText, type SourceText } from "./read-text.js";

/** Two versions of a schema, as the commands about instances are given them. */
export interface Versions {
  readonly old: SourceText;
  readonly new: SourceText;
}

export function readVersions(
  { old, new: now }: Versions,
  library: typeof Library,
): readonly [PluginSchema, PluginSchema] {
  return [readText(old, library), readText(now, library)];
}

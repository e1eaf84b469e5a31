import type * as Library from "../../index.js";
import type { InstanceFormat, PluginInstance, PluginSchema, TextFile } from "../../index.js";
import type { JobContext } from "./job.js";
import type { SchemaText } from "./plan.js";

/** Two versions of a schema, as the commands about instances are given them. */
export interface Versions {
  readonly old: Pick<SchemaText, "source" | "options">;
  readonly new: Pick<SchemaText, "source" | "options">;
}

/** The files with instances, and what they are. */
export interface InstanceTexts {
  readonly files: readonly TextFile[];
  readonly format: InstanceFormat;
}

export function readVersions(
  { old, new: now }: Versions,
  { readSchema }: typeof Library,
): readonly [PluginSchema, PluginSchema] {
  return [readSchema(old.source, old.options), readSchema(now.source, now.options)];
}

/** The instances of one plugin. */
export function readInstancesOf(
  { name, options }: PluginSchema,
  { files, format }: InstanceTexts,
  { readInstanceFiles }: typeof Library,
): readonly PluginInstance[] {
  return readInstanceFiles(files, { format, pluginName: options.pluginName ?? name });
}

/** Every hundredth instance is news; a run over fewer is over before anybody looks. */
export function progressOn({ showProgress }: JobContext): ((judged: number, all: number) => void) | undefined {
  if (showProgress === undefined) return undefined;
  return (judged, all) => {
    if (judged === all) showProgress("");
    else if (judged % 100 === 0) showProgress(`${judged} of ${all} instances judged`);
  };
}

import type * as Library from "../../index.js";
import type { PluginSchema, ReadOptions } from "../../index.js";

/** The text of a schema, and how it is read. */
export interface SourceText {
  readonly source: string;
  /** `pluginName` is in them where it is certain, whatever the source says. */
  readonly options: ReadOptions;
  /** The name of a source that does not say its own. */
  readonly fallbackName: string | undefined;
}

/**
 * Reads a text under the name of its plugin. Only running a source tells whether it says its name itself: it does where it
 * says the same when it is installed under that name. Otherwise the name hangs on what Kong calls the source with.
 */
export function readText(
  { source, options, fallbackName }: SourceText,
  { readSchema, SchemaError }: Pick<typeof Library, "readSchema" | "SchemaError">,
): PluginSchema {
  if (fallbackName === undefined || options.pluginName !== undefined) return readSchema(source, options);
  const schema = readSchema(source, { ...options, pluginName: fallbackName });
  const { name } = schema;
  if (name === fallbackName) return schema;
  try {
    const installed = readSchema(source, { ...options, pluginName: name });
    return installed.name === name ? installed : schema;
  } catch (thrown) {
    if (thrown instanceof SchemaError) return schema;
    throw thrown;
  }
}

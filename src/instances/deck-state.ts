import type { ParsedNode } from "yaml";
import { InstanceError } from "./errors.js";
import type { JsonObject, Json } from "../changes/json.js";
import { isJsonMap, type PluginInstance } from "./instance.js";
import { type DeckFile, findInDeckFile } from "./text/deck.js";
import type { PluginEntry } from "./text/entries.js";
import { instanceOf, wrongShape } from "./text/instance-of.js";
import { NodeReader } from "./text/nodes.js";
import { parseText } from "./text/parse.js";
import { deckScalars } from "./text/scalars.js";

export interface TextFile {
  readonly text: string;
  readonly filename?: string | undefined;
}

export const defaultMaxBytes = 32 * 1024 * 1024;

/** A decK file with what it needs of its neighbours. */
export interface OpenDeckFile {
  readonly text: string;
  readonly reader: NodeReader;
  readonly file: DeckFile;
}

/** What `_plugin_configs` holds under a name. */
export interface SharedConfig {
  readonly config: JsonObject;
  readonly placeholders: ReadonlySet<string>;
  readonly node: ParsedNode;
  readonly owner: OpenDeckFile;
}

/** The files of one decK state. */
export class DeckState {
  readonly files: readonly OpenDeckFile[];
  readonly #shared = new Map<string, SharedConfig | undefined>();

  /** Throws `InstanceError`. */
  constructor(files: readonly TextFile[], maxBytes: number) {
    this.files = files.map(({ text, filename }) => {
      const reader = new NodeReader(parseText(text, { filename, maxBytes, hasPlaceholders: true }), deckScalars);
      return { text, reader, file: findInDeckFile(reader) };
    });
    if (this.files.every(({ file }) => file.formatVersion === undefined)) {
      throw new InstanceError(
        "instances-format-version",
        "the file has no _format_version",
        this.files[0]?.reader.parsed.positionAt(0),
        'A decK state file begins with _format_version: "3.0"; for other files choose another format.',
      );
    }
  }

  /** What `_plugin_configs` holds under a name: decK merges the files in their order, and what an earlier one gives stays. */
  pluginConfig(name: string): SharedConfig | undefined {
    if (!this.#shared.has(name)) this.#shared.set(name, this.#findPluginConfig(name));
    return this.#shared.get(name);
  }

  /** The instance that decK makes of an entry: its `_config` filled in below what the entry itself gives. */
  instance(entry: PluginEntry, { reader }: OpenDeckFile): PluginInstance {
    const own = instanceOf(entry, reader, "given");
    const shared = this.sharedConfigOf(entry, reader);
    if (shared === undefined) return own;
    return {
      ...own,
      config: fillFrom(own.config, shared.config),
      placeholders: [...new Set([...own.placeholders, ...shared.placeholders])],
    };
  }

  sharedConfigOf(entry: PluginEntry, reader: NodeReader): SharedConfig | undefined {
    const source = reader.value(entry.entries.get("_config")?.pair.value ?? null);
    if (source === null) return undefined;
    const position = reader.positionOf(entry.node);
    if (typeof source !== "string") throw wrongShape("_config must be a text", position);
    const shared = this.pluginConfig(source);
    if (shared !== undefined) return shared;
    throw new InstanceError(
      "instances-plugin-config-missing",
      `there is no ${JSON.stringify(source)} in _plugin_configs`,
      position,
      "Give the file that has it, too.",
    );
  }

  #findPluginConfig(name: string): SharedConfig | undefined {
    for (const owner of this.files) {
      const pair = owner.file.pluginConfigs.get(name)?.pair;
      if (pair?.value === undefined || pair.value === null) continue;
      const placeholders = new Set<string>();
      const config = owner.reader.value(pair.value, placeholders) ?? {};
      if (!isJsonMap(config)) {
        throw wrongShape("a plugin's shared configuration must be a map", owner.reader.positionOf(pair.key));
      }
      return { config, placeholders, node: owner.reader.target(pair.value), owner };
    }
    return undefined;
  }
}

/** `mergePluginConfig` of decK: maps are merged through and through, and what is there stays, null included. */
function fillFrom(own: JsonObject, shared: JsonObject): JsonObject {
  const filled = new Map<string, Json>(Object.entries(own));
  for (const [key, value] of Object.entries(shared)) {
    const present = filled.get(key);
    if (present === undefined) filled.set(key, value);
    else if (isJsonMap(present) && isJsonMap(value)) filled.set(key, fillFrom(present, value));
  }
  return Object.fromEntries(filled);
}

import { DeckState, defaultMaxBytes, type TextFile } from "./deck-state.js";
import { InstanceError } from "./errors.js";
import type { PluginInstance } from "./instance.js";
import { findInAnswers } from "./text/answers.js";
import type { PluginEntry } from "./text/entries.js";
import { instanceOf } from "./text/instance-of.js";
import { NodeReader } from "./text/nodes.js";
import { parseText } from "./text/parse.js";
import { jsonScalars } from "./text/scalars.js";

/**
 * `deck`: a decK state file, in YAML or JSON. `admin-api`: what `GET …/plugins` of the Admin API or of Konnect answers, which is what the
 * control plane stores. `json`: plugins as a user would post them: one, a list, or under `plugins`.
 */
export type InstanceFormat = "deck" | "admin-api" | "json";

export interface ReadInstancesOptions {
  readonly format: InstanceFormat;
  /** Shown in addresses. */
  readonly filename?: string | undefined;
  /** Only the plugins of this name; all of them by default. */
  readonly pluginName?: string | undefined;
  /** A larger text is refused before it is parsed; 32 MB by default. */
  readonly maxBytes?: number;
  /**
   * The other files of the same decK state, for `_plugin_configs` and `_format_version` may stand in any of them; or the other pages of the same
   * answer, which is refused where its last page is missing.
   */
  readonly alongside?: readonly TextFile[];
}

/** Reads the configured plugins out of a text, in its order. Throws `InstanceError`. */
export function readInstances(text: string, options: ReadInstancesOptions): readonly PluginInstance[] {
  const { filename, alongside = [] } = options;
  const [own = []] = readEach([{ text, filename }, ...alongside], options);
  return own;
}

/** Reads several files that belong together, each of them once. Throws `InstanceError`. */
export function readInstanceFiles(
  files: readonly TextFile[],
  options: Omit<ReadInstancesOptions, "filename" | "alongside">,
): readonly PluginInstance[] {
  return readEach(files, options).flat();
}

function readEach(
  files: readonly TextFile[],
  options: Omit<ReadInstancesOptions, "filename" | "alongside">,
): readonly (readonly PluginInstance[])[] {
  const { format, pluginName, maxBytes = defaultMaxBytes } = options;
  const isWanted = ({ name }: PluginEntry) => pluginName === undefined || name === pluginName;
  switch (format) {
    case "deck": {
      const state = new DeckState(files, maxBytes);
      return state.files.map((open) => open.file.plugins.filter(isWanted).map((entry) => state.instance(entry, open)));
    }
    case "admin-api":
    case "json": {
      const form = format === "admin-api" ? "stored" : "given";
      return readAnswers(files, maxBytes).map(({ reader, plugins }) =>
        plugins.filter(isWanted).map((entry) => instanceOf(entry, reader, form)),
      );
    }
  }
}

function readAnswers(files: readonly TextFile[], maxBytes: number) {
  const answers = files.map(({ text, filename }) => {
    const reader = new NodeReader(parseText(text, { filename, maxBytes, hasPlaceholders: false }), jsonScalars);
    return { reader, ...findInAnswers(reader) };
  });
  const [pages, continued] = [
    sum(answers.map((answer) => answer.pages)),
    sum(answers.map((answer) => answer.continued)),
  ];
  if (continued > 0 && continued >= pages) {
    throw new InstanceError(
      "instances-page-missing",
      "the answer is one page of several, and the last one is not there",
      answers.at(-1)?.reader.parsed.positionAt(0),
      "Ask for the page that `next` or `offset` names, and give all pages.",
    );
  }
  return answers;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

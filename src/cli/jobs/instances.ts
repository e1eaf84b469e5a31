import type * as Library from "../../index.js";
import type { Answer, InstanceFormat, PluginInstance, Rename } from "../../index.js";
import type { JobContext } from "./job.js";

/** The files with instances, as texts, and what is decided about them. */
export interface InstanceTexts {
  readonly files: readonly InstanceFile[];
  /** Undefined: as they look. */
  readonly format: InstanceFormat | undefined;
  readonly answers: readonly Answer[];
  readonly renames: readonly Rename[];
}

export interface InstanceFile {
  readonly filename: string;
  readonly text: string;
}

/** The instances in the files: decK files are one state together, and so are the pages of an answer. */
export function instancesIn(
  { files, format }: Pick<InstanceTexts, "files" | "format">,
  { readInstanceFiles }: Pick<typeof Library, "readInstanceFiles">,
  pluginName?: string,
): readonly PluginInstance[] {
  if (format !== undefined) return readInstanceFiles(files, { format, pluginName });
  const answers = files.filter(isAnswer);
  const decks = files.filter((file) => !isAnswer(file));
  return [
    ...(decks.length === 0 ? [] : readInstanceFiles(decks, { format: "deck", pluginName })),
    ...(answers.length === 0 ? [] : readInstanceFiles(answers, { format: "admin-api", pluginName })),
  ];
}

/** JSON that is no decK file, which says so itself. */
export function isAnswer({ text }: InstanceFile): boolean {
  return /^\uFEFF?\s*[{[]/.test(text) && !/"_format_version"\s*:/.test(text);
}

/** Every hundredth instance is news; a run over fewer is over before anybody looks. */
export function progressOn({ showProgress }: JobContext): ((judged: number, all: number) => void) | undefined {
  if (showProgress === undefined) return undefined;
  return (judged, all) => {
    if (judged === all) showProgress("");
    else if (judged % 100 === 0) showProgress(`${judged} of ${all} instances judged`);
  };
}

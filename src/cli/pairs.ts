import { CliError } from "./errors.js";
import type { FolderSide, PluginText, Side } from "./side.js";

export type Pair =
  | { readonly old: PluginText | undefined; readonly new: PluginText }
  | { readonly old: PluginText; readonly new: undefined };

/** The plugins of the two sides; those of folders by the names of their folders. */
export function pairUp(oldSide: Side | undefined, newSide: Side): readonly Pair[] {
  if (oldSide === undefined || (oldSide.kind === "plugin" && newSide.kind === "plugin")) {
    const old = oldSide?.plugin;
    return newSide.kind === "plugin"
      ? [{ old, new: newSide.plugin }]
      : newSide.plugins.map((plugin) => ({ old, new: plugin }));
  }
  if (oldSide.kind === "plugin" || newSide.kind === "plugin") {
    throw new CliError(
      "sides-do-not-match",
      `${oldSide.kind === "folder" ? "OLD" : "NEW"} is a folder of plugins, and the other side is one plugin`,
      "Give two plugins, or two folders that hold plugin folders.",
    );
  }
  return pairFolders(oldSide, newSide);
}

function pairFolders(oldSide: FolderSide, newSide: FolderSide): readonly Pair[] {
  const before = new Map(oldSide.plugins.map((plugin) => [plugin.folderName, plugin]));
  const after = new Map(newSide.plugins.map((plugin) => [plugin.folderName, plugin]));
  for (const [name, { filename }] of after) if (!before.has(name)) requireAbsent(name, oldSide, filename);
  for (const [name, { filename }] of before) if (!after.has(name)) requireAbsent(name, newSide, filename);
  const kept = Array.from(after, ([name, plugin]) => ({ name, old: before.get(name), new: plugin }));
  const gone = Array.from(before, ([name, plugin]) => ({ name, old: plugin, new: undefined })).filter(
    ({ name }) => !after.has(name),
  );
  return [...kept, ...gone].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What cannot be read must not be taken for a plugin that is gone: its plan would delete every instance. */
function requireAbsent(name: string, side: FolderSide, otherFile: string): void {
  const path = side.unreadable(name);
  if (path === undefined) return;
  throw new CliError(
    "folder-without-schema",
    `${path} is there, and no schema.lua is read from it, while the other side has ${otherFile}`,
    `Where ${name} is a plugin there too, its schema.lua has to stand there itself, beside the other plugins: links out of the folder that was given, links in a git tree and submodules are not followed. Where it is none, take ${path} away, or give the plugins that are on both sides one by one.`,
  );
}

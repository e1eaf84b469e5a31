import { lstatSync, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { basename, isAbsolute, join, relative, resolve } from "node:path";
import { hasCode, notReadable, readTextFile } from "./text.js";

/** A folder on disk or in a git tree. Paths inside it are relative and written with `/`. */
export interface Folder {
  /** How the user named it. */
  readonly shown: string;
  /** The last part of its path. */
  readonly name: string;
  hasFile(path: string): boolean;
  /** Whether anything is there: a folder, a link that is not followed, a submodule. */
  has(path: string): boolean;
  readFile(path: string): string;
  /** The names of the folders directly inside one that is inside, sorted; none where there is no such folder. */
  folders(path: string): readonly string[];
  /** The paths of the files at any depth below a folder inside, sorted. */
  filesBelow(path: string): readonly string[];
  /** Whether symbolic links or submodules are below a folder inside, which are not among these files. */
  hasLinksBelow(path: string): boolean;
}

/** Where a repository of plugins, and of Kong itself, has them. */
const layouts = ["", "kong/plugins/"];

/** Where the plugins of a folder are, as beginnings of paths: the folder itself, or folders in it. */
export function pluginsIn(folder: Folder, isPlugin: (prefix: string) => boolean): readonly string[] {
  if (isPlugin("")) return [""];
  const all = layouts.map((layout) =>
    folder
      .folders(layout)
      .map((name) => `${layout}${name}/`)
      .filter(isPlugin),
  );
  return all.find((prefixes) => prefixes.length > 0) ?? [];
}

/**
 * The path of what has the name of a plugin and is not among those that were found: anything beside them, and plugins in
 * a layout that was not looked at.
 */
export function unreadIn(
  folder: Folder,
  name: string,
  [found = ""]: readonly string[],
  isPlugin: (prefix: string) => boolean,
): string | undefined {
  return layouts
    .map((layout) => ({ path: `${layout}${name}`, isBeside: found === `${layout}${basename(found)}/` }))
    .find(({ path, isBeside }) => (isBeside ? folder.has(path) : isPlugin(`${path}/`)))?.path;
}

export function diskFolder(path: string, shown: string): Folder {
  return {
    shown,
    name: basename(resolve(path)),
    hasFile: (inside) => {
      const file = join(path, inside);
      return statOf(file, joinShown(shown, inside))?.isFile() === true && isInside(path, file);
    },
    has: (inside) => isThere(join(path, inside), joinShown(shown, inside)),
    readFile: (inside) => readTextFile(join(path, inside), joinShown(shown, inside)),
    folders: (inside) => {
      const folder = join(path, inside);
      if (statOf(folder, joinShown(shown, inside))?.isDirectory() !== true) return [];
      return entriesOf(folder, joinShown(shown, inside), false)
        .map(({ name }) => name)
        .filter((name) => statOf(join(folder, name), joinShown(shown, `${inside}${name}`))?.isDirectory() === true)
        .sort();
    },
    filesBelow: (inside) =>
      entriesOf(join(path, inside), joinShown(shown, inside), true)
        .filter((entry) => entry.isFile())
        .map((entry) => relative(path, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
        .sort(),
    hasLinksBelow: (inside) =>
      entriesOf(join(path, inside), joinShown(shown, inside), true).some((entry) => entry.isSymbolicLink()),
  };
}

/** Undefined where there is nothing, and for symbolic links that lead nowhere or in a circle. */
export function statOf(path: string, shown: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (thrown) {
    if (hasCode(thrown, "ENOTDIR") || hasCode(thrown, "ELOOP")) return undefined;
    throw notReadable(shown, thrown);
  }
}

/** A symbolic link is there, wherever it leads. */
function isThere(path: string, shown: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (thrown) {
    throw notReadable(shown, thrown);
  }
}

function entriesOf(path: string, shown: string, recursive: boolean) {
  try {
    return readdirSync(path, { recursive, withFileTypes: true });
  } catch (thrown) {
    throw notReadable(shown, thrown);
  }
}

export function joinShown(folder: string, inside: string): string {
  return folder.endsWith("/") || folder.endsWith(":") ? `${folder}${inside}` : `${folder}/${inside}`;
}

/** A symbolic link must not lead out of the folder: a pull request from a stranger can hold one. */
function isInside(folder: string, file: string): boolean {
  const path = relative(realpathSync(folder), realpathSync(file));
  return !path.startsWith("..") && !isAbsolute(path);
}

import { readdirSync, realpathSync, statSync } from "node:fs";
import { basename, isAbsolute, join, relative, resolve } from "node:path";
import { readTextFile } from "./text.js";

/** A folder on disk or in a git tree. Paths inside it are relative and written with `/`. */
export interface Folder {
  /** How the user named it. */
  readonly shown: string;
  /** The last part of its path. */
  readonly name: string;
  hasFile(path: string): boolean;
  readFile(path: string): string;
  /** The names of the folders directly inside, sorted. */
  folders(): readonly string[];
  /** The paths of the files at any depth below a folder inside, sorted. */
  filesBelow(path: string): readonly string[];
}

export function diskFolder(path: string, shown: string): Folder {
  return {
    shown,
    name: basename(resolve(path)),
    hasFile: (inside) => {
      const file = join(path, inside);
      return statSync(file, { throwIfNoEntry: false })?.isFile() === true && isInside(path, file);
    },
    readFile: (inside) => readTextFile(join(path, inside), joinShown(shown, inside)),
    folders: () =>
      readdirSync(path)
        .filter((name) => statSync(join(path, name), { throwIfNoEntry: false })?.isDirectory() === true)
        .sort(),
    filesBelow: (inside) =>
      readdirSync(join(path, inside), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(path, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
        .sort(),
  };
}

export function joinShown(folder: string, inside: string): string {
  return folder.endsWith("/") || folder.endsWith(":") ? `${folder}${inside}` : `${folder}/${inside}`;
}

/** A symbolic link must not lead out of the folder: a pull request from a stranger can hold one. */
function isInside(folder: string, file: string): boolean {
  const path = relative(realpathSync(folder), realpathSync(file));
  return !path.startsWith("..") && !isAbsolute(path);
}

import { basename, dirname, posix, resolve } from "node:path";
import { type DefinitionReference, definitionReference, findDefinition, readDefinitions } from "./definitions.js";
import { CliError } from "./errors.js";
import { diskFolder, type Folder, joinShown, pluginsIn, statOf, unreadIn } from "./folder.js";
import { diskPathOf, type GitOptions, isGit, openGit } from "./git.js";
import { readSavedAnswer } from "./saved-answer.js";
import { type SchemaFile, schemaFileOf, standardInput } from "./schema-file.js";
import { notFound, readTextFile } from "./text.js";

/** The text of one version of a plugin. */
export interface PluginText extends SchemaFile {
  /** The name that the saved answer or the definition gives to the plugin. */
  readonly name: string | undefined;
  /** The name of the folder that the schema.lua is in, which can be any. */
  readonly folderName: string | undefined;
  /** How the user would name the schema's file. */
  readonly filename: string;
  readonly source: string;
  /** The text of the plugin's other Lua files, by path; undefined where it is not all known. */
  readonly code: ReadonlyMap<string, string> | undefined;
  /** Present where the plugin is a definition of a decK file: its name, and those of the definitions beside it. */
  readonly definition?: { readonly name: string; readonly others: readonly string[] };
}

/** A plugin that is a folder. */
interface FolderPlugin extends PluginText {
  readonly folderName: string;
}

/** One side of the comparison. */
export type Side = { readonly kind: "plugin"; readonly plugin: PluginText } | FolderSide;

/** A folder of plugins. */
export interface FolderSide {
  readonly kind: "folder";
  readonly plugins: readonly FolderPlugin[];
  /** The path of what has the name of a plugin that is not in `plugins`, where there is such a thing. */
  readonly unreadable: (name: string) => string | undefined;
}

export interface SideOptions extends GitOptions {
  /** Reads standard input whole. */
  readonly stdin: () => Promise<string>;
}

/** Reads what OLD or NEW names: a file, a plugin folder, a folder of plugins, `-`, or `git:REF:PATH`. */
export async function readSide(shown: string, options: SideOptions): Promise<Side> {
  if (shown === "")
    throw new CliError("usage", "an argument is empty", "An unset variable in a script looks like this.");
  if (shown === "-") return fileSide(await options.stdin(), standardInput, undefined);
  const reference = definitionReference(shown);
  if (reference !== undefined) return definitionSide(reference, readOneText(reference.file, options));
  if (isGit(shown)) {
    const object = openGit(shown, options);
    return object.kind === "folder"
      ? folderSide(object.folder)
      : fileSide(object.text, shown, folderNameOf(diskPathOf(shown, options)));
  }
  const path = resolve(options.cwd, shown);
  if (isFolder(path, shown)) return folderSide(diskFolder(path, shown));
  return fileSide(readTextFile(path, shown), shown, folderNameOf(path));
}

/** Reads what an argument names where that has to be one plugin. */
export async function readPlugin(shown: string, options: SideOptions): Promise<PluginText> {
  const side = await readSide(shown, options);
  if (side.kind === "plugin") return side.plugin;
  throw new CliError("usage", `${shown} holds several plugins`, "Give one plugin's folder or schema.lua.");
}

/** Reads a file on disk or in a git tree, for what cannot be a folder. */
export function readOneText(shown: string, options: GitOptions): string {
  if (!isGit(shown)) return readTextFile(resolve(options.cwd, shown), shown);
  const object = openGit(shown, options);
  if (object.kind === "file") return object.text;
  throw new CliError("usage", `${shown} is a folder`, "Give the file.");
}

/** A streamed plugin in a decK file has its code with it. */
function definitionSide(reference: DefinitionReference, text: string): Side {
  const { file, section, name } = reference;
  if (section === "cloned_plugins") {
    throw new CliError("usage", `${file}#${section}/${name} is a clone`, "Clones go with --distribution cloned.");
  }
  const { streamed, cloned } = readDefinitions(text, file);
  const { schema, handler } = findDefinition(streamed, reference);
  const others = [...streamed, ...cloned].map((definition) => definition.name).filter((other) => other !== name);
  return {
    kind: "plugin",
    plugin: {
      name,
      folderName: undefined,
      filename: `${file}#${section}/${name}`,
      schemaFile: "schema.lua",
      fileNote: `The new version is in ${file}: write the schema and the handler of ${section}/${name} to schema.lua and handler.lua before you run the commands.`,
      source: schema,
      code: new Map([["handler.lua", handler]]),
      definition: { name, others },
    },
  };
}

/** Opens the folder that `--module-path` names, on disk or as `git:REF:PATH`. */
export function openModuleFolder(shown: string, options: GitOptions): Folder {
  const folder = isGit(shown) ? openGit(shown, options) : undefined;
  if (folder?.kind === "folder") return folder.folder;
  const path = resolve(options.cwd, shown);
  if (folder === undefined && statOf(path, shown)?.isDirectory() === true) return diskFolder(path, shown);
  throw new CliError(
    "usage",
    `--module-path ${shown} is not a folder`,
    "Give the folder that holds kong/, so that kong.x is kong/x.lua in it.",
  );
}

function fileSide(text: string, filename: string, folderName: string | undefined): Side {
  const saved = readSavedAnswer(text, filename);
  return {
    kind: "plugin",
    plugin: {
      name: saved?.name,
      folderName: saved === undefined ? folderName : undefined,
      filename,
      ...schemaFileOf(filename, saved !== undefined),
      source: saved?.source ?? text,
      code: undefined,
    },
  };
}

function folderSide(folder: Folder): Side {
  const isPlugin = (prefix: string) => folder.hasFile(`${prefix}schema.lua`);
  const prefixes = pluginsIn(folder, isPlugin);
  const [first] = prefixes;
  if (first === "") return { kind: "plugin", plugin: pluginIn(folder, "", folder.name) };
  if (first === undefined) {
    throw new CliError(
      "folder-without-schema",
      `${folder.shown} has no schema.lua, and no folder in it or in its kong/plugins has one`,
      "Give a plugin's folder, such as kong/plugins/my-plugin, or the folder that holds plugin folders. A symbolic link that leads out of the folder is not followed.",
    );
  }
  return {
    kind: "folder",
    plugins: prefixes.map((prefix) => pluginIn(folder, prefix, posix.basename(prefix))),
    unreadable: (name) => {
      const path = unreadIn(folder, name, prefixes, isPlugin);
      return path === undefined ? undefined : joinShown(folder.shown, path);
    },
  };
}

function pluginIn(folder: Folder, prefix: string, folderName: string): FolderPlugin {
  const schema = `${prefix}schema.lua`;
  const filename = joinShown(folder.shown, schema);
  const place = prefix.replace(/\/$/, "");
  const others = folder.filesBelow(place).filter((file) => file.endsWith(".lua") && file !== schema);
  return {
    name: undefined,
    folderName,
    filename,
    ...schemaFileOf(filename, false),
    source: folder.readFile(schema),
    code: folder.hasLinksBelow(place)
      ? undefined
      : new Map(
          others
            .filter((file) => folder.hasFile(file))
            .map((file) => [file.slice(prefix.length), folder.readFile(file)]),
        ),
  };
}

/** A file called schema.lua is in the folder of its plugin. */
function folderNameOf(path: string): string | undefined {
  const folder = basename(dirname(path));
  return basename(path) === "schema.lua" && folder !== "" ? folder : undefined;
}

function isFolder(path: string, shown: string): boolean {
  const found = statOf(path, shown);
  if (found === undefined) throw notFound(shown);
  return found.isDirectory();
}

import { basename, dirname, resolve } from "node:path";
import type { LintOptions } from "../index.js";
import { readClones } from "./clones.js";
import { CliError } from "./errors.js";
import { diskFolder, type Folder, pluginsIn, statOf } from "./folder.js";
import { diskPathOf, isGit, openGit } from "./git.js";
import { runRequested } from "./isolation.js";
import type { LintRequest } from "./lint-command.js";
import { loadModules } from "./modules.js";
import { openModuleFolder } from "./side.js";
import type { Outcome, Surroundings } from "./surroundings.js";
import { usesColours, widthOf } from "./terminal.js";
import { notFound, readTextFile } from "./text.js";

/** Reads what the command line names, and lints. */
export async function runLint(request: LintRequest, surroundings: Surroundings): Promise<Outcome> {
  const { distribution, hosting, knownName, accept, gatewayVersion, edition, modulePath, format } = request;
  const moduleFolder = modulePath === undefined ? undefined : openModuleFolder(modulePath, surroundings);
  const read = distribution === "cloned" ? readDefinitions : readPlugins;
  const plugins = read(request.paths, surroundings).map((plugin) => ({
    ...plugin,
    modules: loadModules(plugin.files["schema.lua"] ?? "", moduleFolder),
    ...(distribution === undefined ? {} : { distribution }),
    ...(hosting === undefined ? {} : { hosting }),
    ...(knownName === undefined ? {} : { knownPluginNames: knownName }),
    ...(gatewayVersion === undefined ? {} : { gatewayVersion }),
    ...(edition === undefined ? {} : { edition }),
  }));
  const shape = { format, width: widthOf(surroundings), colours: usesColours(surroundings) };
  return runRequested({ kind: "lint", plugins, accept, ...shape }, request, surroundings);
}

type PluginFiles = Pick<LintOptions, "files" | "pluginName" | "folder" | "clones">;

/** All clones together: how many one plugin has is counted over all files. */
function readDefinitions(paths: readonly string[], { cwd }: Surroundings): readonly PluginFiles[] {
  const clones = paths.flatMap((path) => readClones(readTextFile(resolve(cwd, path), path), path));
  return [{ files: {}, clones, folder: paths.join(", ") }];
}

function readPlugins(paths: readonly string[], surroundings: Surroundings): readonly PluginFiles[] {
  return paths.flatMap((path) => readPath(path, surroundings));
}

function readPath(shown: string, surroundings: Surroundings): readonly PluginFiles[] {
  if (isGit(shown)) {
    const object = openGit(shown, surroundings);
    return object.kind === "folder"
      ? allIn(object.folder)
      : [schemaFile(object.text, shown, diskPathOf(shown, surroundings))];
  }
  if (shown === "")
    throw new CliError("usage", "an argument is empty", "An unset variable in a script looks like this.");
  const path = resolve(surroundings.cwd, shown);
  const found = statOf(path, shown);
  if (found === undefined) throw notFound(shown);
  return found.isDirectory() ? allIn(diskFolder(path, shown)) : [schemaFile(readTextFile(path, shown), shown, path)];
}

/** A schema alone: nothing is said of the files around it. */
function schemaFile(source: string, shown: string, path: string): PluginFiles {
  if (basename(path) !== "schema.lua") {
    throw new CliError("usage", `${shown} is no schema.lua`, "Give the plugin's folder, or its schema.lua.");
  }
  const folder = shown.slice(0, -"schema.lua".length).replace(/\/$/, "");
  const name = basename(dirname(path));
  return {
    files: { "schema.lua": source },
    ...(folder === "" ? {} : { folder }),
    ...(name === "" ? {} : { pluginName: name }),
  };
}

function allIn(folder: Folder): readonly PluginFiles[] {
  const shown = folder.shown.replace(/(?<=.)\/$/, "");
  const prefixes = pluginsIn(folder, (prefix) => isPlugin(folder, prefix));
  if (prefixes.length === 0) {
    throw new CliError(
      "folder-without-schema",
      `${folder.shown} holds no plugin: neither it nor a folder in it or in its kong/plugins has a schema.lua or a handler.lua`,
      "Give a plugin's folder, such as kong/plugins/my-plugin, or the folder that holds plugin folders.",
    );
  }
  return prefixes.map((prefix) =>
    prefix === ""
      ? pluginIn(folder, "", folder.name, shown)
      : pluginIn(folder, prefix, basename(prefix), `${shown}/${prefix.slice(0, -1)}`),
  );
}

function isPlugin(folder: Folder, prefix: string): boolean {
  return folder.hasFile(`${prefix}schema.lua`) || folder.hasFile(`${prefix}handler.lua`);
}

/** All Lua files of a plugin; of other files the names alone. */
function pluginIn(folder: Folder, prefix: string, pluginName: string, shown: string): PluginFiles {
  const files = folder
    .filesBelow(prefix.replace(/\/$/, ""))
    .map((path) => [path.slice(prefix.length), path.endsWith(".lua") ? folder.readFile(path) : ""] as const);
  return { files: Object.fromEntries(files), pluginName, folder: shown };
}

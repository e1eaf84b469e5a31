import type { ReadOptions } from "../index.js";
import type { GitOptions } from "./git.js";
import type { SchemaText } from "./jobs/plan.js";
import { loadModules } from "./modules.js";
import type { Reading } from "./reading-options.js";
import { openModuleFolder, type PluginText } from "./side.js";

export type TextMaker = (plugin: PluginText, other?: PluginText) => SchemaText;

/**
 * Puts what reads a text beside it, the modules that it requires included. A folder may have any name, `old` for example, so
 * that it counts only where the schema does not say its own, and so does the name of the other version.
 */
export function textMaker(
  { gatewayVersion, edition, pluginName, modulePath }: Reading,
  git: GitOptions,
  handler?: string,
): TextMaker {
  const folder = modulePath === undefined ? undefined : openModuleFolder(modulePath, git);
  return ({ source, filename, schemaFile, fileNote, ...plugin }, other) => {
    const name = pluginName ?? plugin.name;
    const options: ReadOptions = {
      filename,
      modules: loadModules(source, folder),
      ...(name === undefined ? {} : { pluginName: name }),
      ...(gatewayVersion === undefined ? {} : { gatewayVersion }),
      ...(edition === undefined ? {} : { edition }),
    };
    const fallbackName = plugin.folderName ?? other?.name ?? other?.folderName;
    const handlerFile = handler ?? schemaFile.replace(/(?:schema\.lua|[^/]*)$/, "handler.lua");
    return { source, options, fallbackName, schemaFile, handlerFile, fileNote };
  };
}

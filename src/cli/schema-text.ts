import type { ReadOptions } from "../index.js";
import type { GitOptions } from "./git.js";
import type { SchemaText } from "./jobs/plan.js";
import { loadModules } from "./modules.js";
import type { Reading } from "./reading-options.js";
import { openModuleFolder, type PluginText } from "./side.js";

export type TextMaker = (plugin: PluginText, other?: PluginText) => SchemaText;

/**
 * Puts what `readSchema` needs beside a text, the modules that it requires included. Where nothing names the plugin and its
 * source may ask for the name, it has that of the other version.
 */
export function textMaker(
  { gatewayVersion, edition, pluginName, modulePath }: Reading,
  git: GitOptions,
  handler?: string,
): TextMaker {
  const folder = modulePath === undefined ? undefined : openModuleFolder(modulePath, git);
  return ({ source, filename, schemaFile, fileNote, name: ownName }, other) => {
    const name = pluginName ?? ownName ?? (source.includes("...") ? other?.name : undefined);
    const options: ReadOptions = {
      filename,
      modules: loadModules(source, folder),
      ...(name === undefined ? {} : { pluginName: name }),
      ...(gatewayVersion === undefined ? {} : { gatewayVersion }),
      ...(edition === undefined ? {} : { edition }),
    };
    const handlerFile = handler ?? schemaFile.replace(/(?:schema\.lua|[^/]*)$/, "handler.lua");
    return { source, options, schemaFile, handlerFile, fileNote };
  };
}

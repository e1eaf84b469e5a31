import type { ReadOptions } from "../index.js";
import type { GitOptions } from "./git.js";
import type { SchemaText } from "./jobs/plan.js";
import { loadModules } from "./modules.js";
import type { Reading } from "./reading-options.js";
import { openModuleFolder, type PluginText } from "./side.js";

export type TextMaker = (plugin: PluginText, other?: PluginText) => SchemaText;

/**
 * Puts what `readSchema` needs beside a text, the modules that it requires included. A plugin whose source may not say its name
 * has that of its folder, or of the other version; a folder called `old` says nothing of one whose source does.
 */
export function textMaker(
  { gatewayVersion, edition, pluginName, modulePath }: Reading,
  git: GitOptions,
  handler?: string,
): TextMaker {
  const folder = modulePath === undefined ? undefined : openModuleFolder(modulePath, git);
  return ({ source, filename, schemaFile, fileNote, name: ownName, isNamedByFolder }, other) => {
    const told = isNamedByFolder && saysItsName(source) ? undefined : ownName;
    const name = pluginName ?? told ?? (saysItsName(source) ? undefined : other?.name);
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

/** Whether a source gives its name as a text or a variable, and has no use of what Kong calls it with. */
function saysItsName(source: string): boolean {
  return !source.includes("...") && /\bname\s*=\s*(?:["'[]|[A-Za-z_]\w*\s*[,;}\n])/.test(source);
}

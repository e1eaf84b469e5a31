import { streamingSwitch } from "../../kong/streamed-and-cloned.js";
import type { Command } from "../plan.js";
import { bash } from "./command.js";
import { fileWord, pluginFolderWord, shellWord } from "./shell.js";

/**
 * Commands for one node of several: `on` says which, such as `"each data plane node"`. The folders are those of Kong's
 * packages and images; what containers log goes to standard error.
 */

const errorLog = "/usr/local/kong/logs/error.log";
/** The settings with which the node runs (kong/cmd/utils/prefix_handler.lua, 3.9.1). */
const settingsFile = "/usr/local/kong/.kong_env";

export function copyPluginFiles(on: string, name: string): Command {
  return bash(`On ${on}, in the folder of the new version: replace the plugin's files`, [
    `cp -- schema.lua handler.lua ${pluginFolderWord(name)}/`,
  ]);
}

export function installPluginFiles(on: string, name: string): Command {
  return bash(`On ${on}, in the plugin's folder: install its files`, [
    `mkdir -p ${pluginFolderWord(name)} &&`,
    `  cp -- *.lua ${pluginFolderWord(name)}/`,
  ]);
}

export function deletePluginFiles(on: string, name: string): Command {
  return bash(`On ${on}: delete the plugin's files`, [`rm -r -- ${pluginFolderWord(name)}`]);
}

export function reload(on: string): Command {
  return bash(`On ${on}, one after the other: load the new code`, ["kong reload"]);
}

export function restart(on: string): Command {
  return bash(`On ${on}, one after the other: start again with the new setting`, ["kong restart"]);
}

export function showPluginsSetting(on: string): Command {
  return bash(`On ${on}: show the plugins that it runs with`, [`grep '^plugins = ' ${settingsFile}`]);
}

export function showStreamingSwitch(on: string): Command {
  return bash(`On ${on}: show the switch`, [`grep '^${streamingSwitch.setting} = ' ${settingsFile}`]);
}

export function showHandlerVersion(on: string, name: string): Command {
  return bash(`On ${on}: show the plugin's version`, [`grep -n VERSION ${pluginFolderWord(name)}/handler.lua`]);
}

export function showVersion(on: string): Command {
  return bash(`On ${on}: show the Gateway's version`, ["kong version"]);
}

export function searchRefusals(): Command {
  return bash("On each data plane node: look for payloads that were refused", [
    `grep -A 4 'unable to update running config' ${errorLog} | tail -n 20`,
  ]);
}

/** What a self-managed control plane logs of a node that it sends nothing to (kong/clustering/control_plane.lua, 3.9.1). */
export function searchHeldBack(): Command {
  return bash("On each control plane node: look for data plane nodes that are sent nothing", [
    `grep 'unable to send updated configuration to data plane' ${errorLog} | tail -n 20`,
  ]);
}

export function searchErrors(on: string, name: string): Command {
  return bash(`On ${on}: look for errors that name the plugin`, [
    `grep -F '[error]' ${errorLog} | grep -F -e ${shellWord(name)} | tail -n 20`,
  ]);
}

export function parseFile(file: string): Command {
  return bash(`On a node that has the plugin as the file wants it: see that ${file} is accepted`, [
    `kong config parse ${fileWord(file)}`,
  ]);
}

/** What a node loads when it starts. */
export function replaceConfigurationFile(on: string, file: string): Command {
  return bash(`On ${on}: replace the file that the node starts with`, [
    `cp -- ${fileWord(file)} "\${KONG_DECLARATIVE_CONFIG:?the path in the setting declarative_config}"`,
  ]);
}

export function keepFile(file: string, copy: string): Command {
  return bash(`Keep ${file} as it is now`, [`cp -- ${fileWord(file)} ${fileWord(copy)}`]);
}

export function listFiles(files: readonly string[]): Command {
  return bash("See the files", [`ls -l -- ${files.map(fileWord).join(" ")}`]);
}

export function findName(name: string, file: string): Command {
  return bash("Look for the name in the file", [`grep -n -F -e ${shellWord(name)} ${fileWord(file)}`]);
}

export function countBytes(files: readonly string[]): Command {
  return bash("Count the bytes of the files", [`wc -c ${files.map(fileWord).join(" ")}`]);
}

import type { Command } from "./plan.js";
import { pluginFolderWord } from "./shell.js";

/** Commands for one data plane node. The folders are those of Kong's packages and images. */

export function copyPluginFiles(name: string): Command {
  return {
    title: "On each data plane node, in the folder of the new version: replace the plugin's files",
    language: "bash",
    text: `cp -- schema.lua handler.lua ${pluginFolderWord(name)}/`,
  };
}

export function installPluginFiles(name: string): Command {
  return {
    title: "On each data plane node, in the plugin's folder: install its files",
    language: "bash",
    text: `mkdir -p ${pluginFolderWord(name)} &&\n  cp -- *.lua ${pluginFolderWord(name)}/`,
  };
}

export function deletePluginFiles(name: string): Command {
  return {
    title: "On each data plane node: delete the plugin's files",
    language: "bash",
    text: `rm -r -- ${pluginFolderWord(name)}`,
  };
}

export function reload(): Command {
  return {
    title: "On each data plane node, one after the other: load the new code",
    language: "bash",
    text: "kong reload",
  };
}

export function restart(): Command {
  return {
    title: "On each data plane node, one after the other: start again with the new setting",
    language: "bash",
    text: "kong restart",
  };
}

/** The log's place in Kong's packages; containers write it to standard error. */
export function searchRefusals(): Command {
  return {
    title: "On each data plane node: look for payloads that were refused",
    language: "bash",
    text: "grep -A 4 'unable to update running config' /usr/local/kong/logs/error.log | tail -n 20",
  };
}

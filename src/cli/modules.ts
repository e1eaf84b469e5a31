import type { Folder } from "./folder.js";

/** `require "kong.x"`, `require("kong.x")`, `pcall(require, "kong.x")`; a name that is put together at run time is not seen. */
const requires = /\brequire\b\s*[(,]?\s*(?:"([^"\n]*)"|'([^'\n]*)'|\[\[([^\]\n]*)\]\])/g;

/** A name of plain parts: it cannot leave the folder that it is looked up in. */
const plainName = /^[\w-]+(?:\.[\w-]+)*$/;

/**
 * The modules that a source requires, and those that these require, as far as the folder has them: `kong.x.y` is
 * `kong/x/y.lua` or `kong/x/y/init.lua`. What is not there stays invisible to the reader, which says so.
 */
export function loadModules(source: string, folder: Folder | undefined): Record<string, string> {
  const modules = new Map<string, string>();
  const texts = folder === undefined ? [] : [source];
  for (let text = texts.pop(); text !== undefined; text = texts.pop()) {
    for (const name of requiredNames(text)) {
      const module = modules.has(name) || folder === undefined ? undefined : readModule(name, folder);
      if (module === undefined) continue;
      modules.set(name, module);
      texts.push(module);
    }
  }
  return Object.fromEntries(modules);
}

function requiredNames(text: string): string[] {
  return [...text.matchAll(requires)].map(([, double, single, long]) => double ?? single ?? long ?? "");
}

function readModule(name: string, folder: Folder): string | undefined {
  if (!plainName.test(name)) return undefined;
  const path = name.replaceAll(".", "/");
  const file = [`${path}.lua`, `${path}/init.lua`].find((candidate) => folder.hasFile(candidate));
  return file === undefined ? undefined : folder.readFile(file);
}

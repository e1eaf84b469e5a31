import type { Command } from "commander";

/** Where the modules are that two versions require. */
export interface ModuleOptions {
  readonly modulePath?: string;
  readonly oldModulePath?: string;
  readonly newModulePath?: string;
}

/** Adds the options, for a command that names its two versions so. */
export function addModuleOptions(command: Command, old: string, now: string): Command {
  return command
    .option("--module-path <dir>", "where the modules that a schema requires are: kong.x.y is DIR/kong/x/y.lua")
    .option("--old-module-path <dir>", `the same for ${old} only`)
    .option("--new-module-path <dir>", `the same for ${now} only`);
}

/** The folder of each version, where there is one. */
export function modulePaths({ modulePath, oldModulePath = modulePath, newModulePath = modulePath }: ModuleOptions) {
  return { oldModulePath, newModulePath };
}

import { type Command, InvalidArgumentError, Option } from "commander";
import type { Edition } from "../index.js";

/** How the two versions of a schema are read. */
export interface ReadingOptions {
  readonly gatewayVersion?: string;
  readonly oldGatewayVersion?: string;
  readonly edition?: Edition;
  readonly pluginName?: string;
  readonly modulePath?: string;
  readonly oldModulePath?: string;
  readonly newModulePath?: string;
}

/** How one of them is read. */
export type Reading = Pick<ReadingOptions, "gatewayVersion" | "edition" | "pluginName" | "modulePath">;

const editions = ["enterprise", "oss"] as const satisfies readonly Edition[];

/** Adds the options, for a command that names its two versions so. */
export function addReadingOptions(command: Command, old: string, now: string): Command {
  return addPluginNameOption(command)
    .option("--gateway-version <version>", "the Kong Gateway release whose rules apply (default: the newest known)")
    .option("--old-gateway-version <version>", `the release that ${old} was written for, where it is another one`)
    .addOption(new Option("--edition <edition>", "the Gateway's edition (default: enterprise)").choices(editions))
    .option("--module-path <dir>", "where the modules that a schema requires are: kong.x.y is DIR/kong/x/y.lua")
    .option("--old-module-path <dir>", `the same for ${old} only`)
    .option("--new-module-path <dir>", `the same for ${now} only`);
}

/** Adds what stands for the name that nothing else gives. */
export function addPluginNameOption(command: Command): Command {
  return command.option(
    "--plugin-name <name>",
    "the name that the plugin is installed under (default: that of a saved answer, else the schema's, else its folder's)",
    pluginName,
  );
}

function pluginName(text: string): string {
  if (!/^[^\s/]+$/.test(text)) throw new InvalidArgumentError("Write for example --plugin-name my-plugin.");
  return text;
}

/** What holds for each version. */
export function readingsOf(options: ReadingOptions): { readonly old: Reading; readonly new: Reading } {
  const { oldGatewayVersion, oldModulePath, newModulePath, ...both } = options;
  return {
    old: {
      ...both,
      ...(oldGatewayVersion === undefined ? {} : { gatewayVersion: oldGatewayVersion }),
      ...(oldModulePath === undefined ? {} : { modulePath: oldModulePath }),
    },
    new: { ...both, ...(newModulePath === undefined ? {} : { modulePath: newModulePath }) },
  };
}

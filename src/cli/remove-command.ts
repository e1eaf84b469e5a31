import { type Command, Option } from "commander";
import type { Edition, Format } from "../index.js";
import { addDeploymentOptions, type DeploymentRequest } from "./deployment-options.js";
import { addPluginNameOption } from "./reading-options.js";
import { addIsolationOptions, type IsolationRequest } from "./isolation.js";

/** What the command line asks of `remove`. */
export interface RemoveRequest extends DeploymentRequest, IsolationRequest {
  readonly plugin: string;
  readonly format: Format;
  /** Whether the steps are run in a model. */
  readonly rollout?: boolean;
  /** Files that list the instances; undefined: nobody says which there are. */
  readonly instances?: readonly string[];
  readonly gatewayVersion?: string;
  readonly edition?: Edition;
  readonly pluginName?: string;
  readonly modulePath?: string;
}

/** Adds `remove` with its options. */
export function addRemoveCommand(
  program: Command,
  formats: readonly Format[],
  editions: readonly Edition[],
  remove: (request: RemoveRequest) => Promise<void>,
): void {
  const command = program
    .command("remove")
    .usage("[options] PLUGIN")
    .description("Prints the steps that end a plugin: its instances, its schema or definition, its files.")
    .argument(
      "<PLUGIN>",
      "a schema.lua, a plugin folder, git:REF:PATH, a saved answer, kong.yaml#custom_plugins/NAME or kong.yaml#cloned_plugins/NAME",
    )
    .addOption(new Option("-f, --format <format>", "how to print").choices(formats).default("text"))
    .option("--instances <file...>", "decK files or answers of GET …/plugins: exit with 2 while instances are left")
    .option("--rollout", "what each step does to your nodes, in a model, in place of its commands");
  addDeploymentOptions(command);
  addIsolationOptions(
    addPluginNameOption(command)
      .option("--gateway-version <version>", "the oldest Kong Gateway release among all nodes")
      .addOption(new Option("--edition <edition>", "the Gateway's edition (default: enterprise)").choices(editions))
      .option("--module-path <dir>", "where the modules that a schema requires are: kong.x.y is DIR/kong/x/y.lua"),
  ).action((plugin: string, options: Omit<RemoveRequest, "plugin">) => remove({ ...options, plugin }));
}

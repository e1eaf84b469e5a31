import { type Command, InvalidArgumentError, Option } from "commander";
import type { CloneDefinition, PlanOptions, RemovalOptions } from "../index.js";

/** How and where the plugin runs, as `plan` and `remove` take it. */
export interface DeploymentRequest {
  readonly distribution?: NonNullable<RemovalOptions["distribution"]>;
  readonly hosting?: NonNullable<RemovalOptions["hosting"]>;
}

/** What the new version is to be, where it is a plugin of its own. */
export interface NewPluginRequest extends DeploymentRequest {
  readonly strategy?: NonNullable<PlanOptions["strategy"]>;
  readonly newName?: string;
  readonly handler?: string;
  readonly oldClone?: CloneDefinition;
  readonly newClone?: CloneDefinition;
}

export const distributions = [
  "installed",
  "streamed",
  "cloned",
] as const satisfies readonly DeploymentRequest["distribution"][];
export const hostings = [
  "konnect",
  "self-managed-hybrid",
  "traditional",
  "db-less",
  "dedicated-cloud",
  "serverless",
] as const satisfies readonly DeploymentRequest["hosting"][];
const strategies = ["in-place", "side-by-side"] as const satisfies readonly NewPluginRequest["strategy"][];

/** Adds the options that say how and where the plugin runs. */
export function addDeploymentOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--distribution <way>", "how the plugin reaches its data planes (default: installed)").choices(
        distributions,
      ),
    )
    .addOption(
      new Option("--hosting <where>", "where control plane and data planes run (default: konnect)").choices(hostings),
    );
}

/** Adds the options of a new version that becomes a plugin of its own. */
export function addNewPluginOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--strategy <strategy>",
        "update the plugin in place, or install the new version side by side (default: in-place)",
      ).choices(strategies),
    )
    .option("--new-name <name>", "the new version's name, where it is a plugin of its own (default: proposed)")
    .option("--handler <file>", "the new handler as the commands of a streamed plugin name it (default: beside NEW)")
    .option("--old-clone <name:ref[:priority]>", "in place of OLD, with --distribution cloned", clone)
    .option("--new-clone <name:ref[:priority]>", "in place of NEW, with --distribution cloned", clone);
}

function clone(text: string): CloneDefinition {
  const [, name, ref, priority] = /^([^:]+):([^:]+)(?::(-?\d+))?$/.exec(text) ?? [];
  if (name === undefined || ref === undefined) {
    throw new InvalidArgumentError("Write for example acme-headers:request-transformer:802.");
  }
  return { name, ref, ...(priority === undefined ? {} : { priority: Number(priority) }) };
}

import { type Command, Option } from "commander";
import { addDecisionOptions, addInstanceOption } from "./instance-options.js";
import { addIsolationOptions, type IsolationRequest } from "./isolation.js";
import { addReadingOptions, type ReadingOptions } from "./reading-options.js";
import type { InstanceRequest } from "./instance-files.js";

/** What the commands about instances are given. */
export interface VersionsRequest extends InstanceRequest, IsolationRequest, ReadingOptions {
  readonly old: string;
  readonly new: string;
}

export interface AdaptRequest extends VersionsRequest {
  readonly write?: boolean;
}

export interface CheckRequest extends VersionsRequest {
  readonly format: "text" | "json";
}

export interface InstanceActions {
  readonly adapt: (request: AdaptRequest) => Promise<void>;
  readonly check: (request: CheckRequest) => Promise<void>;
}

/** Adds `adapt` and `check`. */
export function addInstanceCommands(program: Command, actions: InstanceActions): void {
  const adapt = versions(program.command("adapt"), "OLD", "NEW")
    .description(
      "Prints the decK file with each instance edited as the new schema needs it; exits with 2 where a decision is missing.",
    )
    .option("--write", "replace the files instead, each as a whole");
  addIsolationOptions(addDecisionOptions(addInstanceOption(adapt))).action(
    (old: string, now: string, options: Omit<AdaptRequest, "old" | "new">) =>
      actions.adapt({ ...options, old, new: now }),
  );

  const check = versions(program.command("check"), "CONTROL_PLANE_SCHEMA", "DATA_PLANE_SCHEMA")
    .description(
      "Says what a push does to a data plane that has another schema than the control plane; exits with 2 where it is refused.",
    )
    .addOption(new Option("-f, --format <format>", "how to print").choices(["text", "json"]).default("text"));
  addIsolationOptions(addInstanceOption(check)).action(
    (old: string, now: string, options: Omit<CheckRequest, "old" | "new">) =>
      actions.check({ ...options, old, new: now }),
  );
}

function versions(command: Command, first: string, second: string): Command {
  command
    .usage(`[options] ${first} ${second}`)
    .argument(
      `<${first}>`,
      "a schema.lua, a plugin folder, git:REF:PATH, a saved answer of GET …/plugin-schemas/NAME, or -",
    )
    .argument(`<${second}>`, "named in the same ways");
  return addReadingOptions(command, first, second);
}

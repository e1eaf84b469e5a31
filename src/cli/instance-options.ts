import { type Command, InvalidArgumentError, Option } from "commander";
import type { Answer, Rename } from "../index.js";
import { type InstanceRequest, parseAnswer, parseRename } from "./instance-files.js";

const formats = ["deck", "admin-api", "json"] as const satisfies readonly InstanceRequest["instancesFormat"][];

/** Adds what names instances. */
export function addInstanceOption(command: Command): Command {
  return command
    .option(
      "--instances <file>",
      "the plugin's instances: a decK file, or a saved answer of GET …/plugins (repeatable)",
      collect,
    )
    .addOption(
      new Option("--instances-format <format>", "what the files are (default: as they look)").choices(formats),
    );
}

/** Adds what decides about instances. */
export function addDecisionOptions(command: Command): Command {
  return command
    .option("--set <path=value>", "a value for a parameter that needs a decision (repeatable)", answer)
    .option("--rename <old=new>", "a parameter has another place now (repeatable)", rename);
}

function collect(name: string, before: readonly string[] = []): readonly string[] {
  return [...before, name];
}

function answer(text: string, before: readonly Answer[] = []): readonly Answer[] {
  const parsed = parseAnswer(text);
  if (parsed === undefined) throw new InvalidArgumentError("Write for example --set config.ttl=60.");
  return [...before, parsed];
}

function rename(text: string, before: readonly Rename[] = []): readonly Rename[] {
  const parsed = parseRename(text);
  if (parsed === undefined) throw new InvalidArgumentError("Write for example --rename config.host=config.redis.host.");
  return [...before, parsed];
}

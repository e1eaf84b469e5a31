import { type Command, InvalidArgumentError, Option } from "commander";
import type { Acceptance } from "../index.js";
import { addDeploymentOptions, addNewPluginOptions } from "./deployment-options.js";
import { CliError } from "./errors.js";
import { addDecisionOptions, addInstanceOption } from "./instance-options.js";
import { addReadingOptions } from "./reading-options.js";
import { addIsolationOptions } from "./isolation.js";
import type { PlanRequest } from "./request.js";

/** What commander makes of the options; choices are checked by commander. */
interface Options extends Omit<PlanRequest, "old" | "new"> {
  readonly firstUpload?: boolean;
}

const formats = ["text", "markdown", "json", "github"] as const satisfies readonly PlanRequest["format"][];
const paths = ["none", "short", "long", "cp-dp-sync"] as const satisfies readonly PlanRequest["maxPath"][];
const trusts = ["official", "proven", "table", "instances"] as const satisfies readonly PlanRequest["trust"][];

/** Adds `plan` with its options. */
export function addPlanCommand(program: Command, plan: (request: PlanRequest) => Promise<void>): void {
  addTo(
    program
      .command("plan")
      .description(
        "Prints the changes between two versions of a schema, the update path, and the ordered migration steps.",
      ),
    plan,
  );
}

/** Adds `rollout`, which runs the same plan in a model. */
export function addRolloutCommand(program: Command, rollout: (request: PlanRequest) => Promise<void>): void {
  addTo(
    program
      .command("rollout")
      .description(
        "Runs the plan with your own instances in a model of control plane and data planes: what every step does to your nodes, whether another order is better, and the ways back.",
      ),
    rollout,
  );
}

function addTo(command: Command, act: (request: PlanRequest) => Promise<void>): void {
  command
    .usage("[options] OLD NEW")
    .argument(
      "[OLD]",
      "version in use: a schema.lua, a plugin folder, a folder of plugins, git:REF:PATH, a saved answer of GET …/plugin-schemas/NAME, kong.yaml#custom_plugins/NAME, kong.yaml#cloned_plugins/NAME, or - for standard input",
    )
    .argument("[NEW]", "version to go to, named in the same ways")
    .option("--first-upload", "there is no OLD: plan the first upload of NEW")
    .addOption(new Option("-f, --format <format>", "how to print").choices(formats).default("text"))
    .addOption(new Option("--max-path <path>", "exit with 2 if a stricter path is needed").choices(paths))
    .addOption(
      new Option(
        "--trust <verdict>",
        "plan with Kong's table or Kong's engine only (default: the stricter); table: without asking the engine, fast and unproven; instances: as by default, but --max-path acts on what your instances need",
      ).choices(trusts),
    )
    .option(
      "--accept <[plugin/]kind:path=why>",
      "let --max-path pass over a reviewed change, of one plugin or of any (repeatable)",
      acceptance,
    )
    .option("--from-version <version>", "the plugin's version before: recommends the next one")
    .option("--to-version <version>", "the plugin's version after: checks that it says enough");
  addReadingOptions(command, "OLD", "NEW");
  addIsolationOptions(addNewPluginOptions(addDeploymentOptions(addDecisionOptions(addInstanceOption(command))))).action(
    (first: string | undefined, second: string | undefined, options: Options) =>
      act({ ...options, ...sides(command.name(), [first, second], options) }),
  );
}

function sides(name: string, given: readonly (string | undefined)[], options: Options) {
  const [first, second] = given;
  const { firstUpload, oldClone, newClone } = options;
  if (oldClone !== undefined || newClone !== undefined) return cloneSides(name, given, options);
  if (firstUpload === true) {
    if (first === undefined || second !== undefined)
      throw new CliError("usage", "--first-upload goes with one argument, NEW");
    return { old: undefined, new: first };
  }
  if (first === undefined || second === undefined) {
    throw new CliError(
      "usage",
      `${name} needs two arguments, OLD and NEW, and got ${first === undefined ? "none" : "one"}`,
      `For a plugin that Konnect does not have yet: ${name} --first-upload NEW.`,
    );
  }
  if (first === "-" && second === "-") {
    throw new CliError("stdin-used-twice", "OLD and NEW cannot both be standard input", "Give one of them as a file.");
  }
  return { old: first, new: second };
}

/** What options give, arguments do not. */
function cloneSides(
  name: string,
  given: readonly (string | undefined)[],
  { firstUpload, oldClone, newClone }: Options,
) {
  const names = [
    ...(oldClone === undefined && firstUpload !== true ? ["OLD"] : []),
    ...(newClone === undefined ? ["NEW"] : []),
  ];
  const args = given.filter((argument) => argument !== undefined);
  if (args.length !== names.length) {
    const wanted = names.length === 0 ? "no argument" : names.join(" and ");
    throw new CliError("usage", `with these clones ${name} takes ${wanted}, and got ${args.length}`);
  }
  return { old: names.includes("OLD") ? args[0] : undefined, new: names.includes("NEW") ? args.at(-1) : undefined };
}

function acceptance(text: string, before: readonly Acceptance[] = []): readonly Acceptance[] {
  const [, plugin, kind, path, reason] = /^(?:([^/:=]+)\/)?([a-z-]+):([^=]*)=\s*(.*\S)\s*$/s.exec(text) ?? [];
  if (kind === undefined || path === undefined || reason === undefined) {
    throw new InvalidArgumentError('Write for example --accept "field-removed:config.ttl=nobody sets it".');
  }
  return [...before, { ...(plugin === undefined ? {} : { plugin }), kind, path, reason }];
}

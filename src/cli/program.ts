import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { CliError } from "./errors.js";
import type { Acceptance } from "../index.js";
import { addDiagnoseCommand, type DiagnoseRequest } from "./diagnose-command.js";
import { addExplainCommand, type ExplainRequest } from "./explain-command.js";
import { addLintCommand, type LintRequest } from "./lint-command.js";
import { addDeploymentOptions, addNewPluginOptions } from "./deployment-options.js";
import { addRemoveCommand, type RemoveRequest } from "./remove-command.js";
import { addIsolationOptions } from "./isolation.js";
import { addInstanceCommands, type InstanceActions } from "./instances-command.js";
import type { PlanRequest } from "./request.js";

/** What the commands do with what their part of the command line asked for. */
export interface Actions extends InstanceActions {
  readonly plan: (request: PlanRequest) => Promise<void>;
  readonly remove: (request: RemoveRequest) => Promise<void>;
  readonly lint: (request: LintRequest) => Promise<void>;
  readonly diagnose: (request: DiagnoseRequest) => Promise<void>;
  readonly explain: (request: ExplainRequest) => Promise<void>;
}

/** What commander makes of the options of `plan`; choices are checked by commander. */
interface PlanOptions extends Omit<PlanRequest, "old" | "new" | "oldModulePath" | "newModulePath"> {
  readonly firstUpload?: boolean;
  readonly modulePath?: string;
  readonly oldModulePath?: string;
  readonly newModulePath?: string;
}

const formats = ["text", "markdown", "json", "github"] as const satisfies readonly PlanRequest["format"][];
const paths = ["none", "short", "long", "cp-dp-sync"] as const satisfies readonly PlanRequest["maxPath"][];
const trusts = ["official", "proven"] as const satisfies readonly PlanRequest["trust"][];
const editions = ["enterprise", "oss"] as const satisfies readonly PlanRequest["edition"][];

/** The commands and their options; `write` gets what help and version print. */
export function createProgram(actions: Actions, write: (text: string) => void): Command {
  const program = new Command("kong-schema-advisor")
    .description("Compares versions of a Kong plugin's schema.lua: the update path, and the steps that lead along it.")
    .version(packageVersion())
    .configureOutput({ writeOut: write, writeErr: () => undefined, getOutHelpWidth: () => 100 })
    .exitOverride();

  const plan = program
    .command("plan")
    .usage("[options] OLD NEW")
    .description(
      "Prints the changes between two versions of a schema, the update path, and the ordered migration steps.",
    )
    .argument(
      "[OLD]",
      "version in use: a schema.lua, a plugin folder, a folder of plugins, git:REF:PATH, a saved answer of GET …/plugin-schemas/NAME, kong.yaml#custom_plugins/NAME, kong.yaml#cloned_plugins/NAME, or - for standard input",
    )
    .argument("[NEW]", "version to go to, named in the same ways")
    .option("--first-upload", "there is no OLD: plan the first upload of NEW")
    .addOption(new Option("-f, --format <format>", "how to print").choices(formats).default("text"))
    .addOption(new Option("--max-path <path>", "exit with 2 if a stricter path is needed").choices(paths))
    .addOption(
      new Option("--trust <verdict>", "plan with Kong's table or Kong's engine only (default: the stricter)").choices(
        trusts,
      ),
    )
    .option("--accept <kind:path=reason>", "let --max-path pass over a reviewed change (repeatable)", acceptance)
    .option("--from-version <version>", "the plugin's version before: recommends the next one")
    .option("--to-version <version>", "the plugin's version after: checks that it says enough")
    .option("--gateway-version <version>", "the Kong Gateway release whose rules apply (default: the newest known)")
    .addOption(new Option("--edition <edition>", "the Gateway's edition (default: enterprise)").choices(editions))
    .option("--module-path <dir>", "where the modules that a schema requires are: kong.x.y is DIR/kong/x/y.lua")
    .option("--old-module-path <dir>", "the same for OLD only")
    .option("--new-module-path <dir>", "the same for NEW only");
  addIsolationOptions(addNewPluginOptions(addDeploymentOptions(plan))).action(
    (first: string | undefined, second: string | undefined, options: PlanOptions) =>
      actions.plan({ ...options, ...sides(first, second, options), ...modulePaths(options) }),
  );
  addRemoveCommand(program, formats, editions, actions.remove);
  addInstanceCommands(program, actions);
  addLintCommand(program, formats, actions.lint);
  addDiagnoseCommand(program, actions.diagnose);
  addExplainCommand(program, actions.explain);

  return program;
}

function sides(first: string | undefined, second: string | undefined, options: PlanOptions) {
  const { firstUpload, oldClone, newClone } = options;
  if (oldClone !== undefined || newClone !== undefined) return cloneSides([first, second], options);
  if (firstUpload === true) {
    if (first === undefined || second !== undefined)
      throw new CliError("usage", "--first-upload goes with one argument, NEW");
    return { old: undefined, new: first };
  }
  if (first === undefined || second === undefined) {
    throw new CliError(
      "usage",
      `plan needs two arguments, OLD and NEW, and got ${first === undefined ? "none" : "one"}`,
      "For a plugin that Konnect does not have yet: plan --first-upload NEW.",
    );
  }
  if (first === "-" && second === "-") {
    throw new CliError("stdin-used-twice", "OLD and NEW cannot both be standard input", "Give one of them as a file.");
  }
  return { old: first, new: second };
}

/** What options give, arguments do not. */
function cloneSides(given: readonly (string | undefined)[], { firstUpload, oldClone, newClone }: PlanOptions) {
  const names = [
    ...(oldClone === undefined && firstUpload !== true ? ["OLD"] : []),
    ...(newClone === undefined ? ["NEW"] : []),
  ];
  const args = given.filter((argument) => argument !== undefined);
  if (args.length !== names.length) {
    const wanted = names.length === 0 ? "no argument" : names.join(" and ");
    throw new CliError("usage", `with these clones plan takes ${wanted}, and got ${args.length}`);
  }
  return { old: names.includes("OLD") ? args[0] : undefined, new: names.includes("NEW") ? args.at(-1) : undefined };
}

function modulePaths({ modulePath, oldModulePath = modulePath, newModulePath = modulePath }: PlanOptions) {
  return { oldModulePath, newModulePath };
}

function acceptance(text: string, before: readonly Acceptance[] = []): readonly Acceptance[] {
  const match = /^([a-z-]+):([^=]*)=\s*(.*\S)\s*$/s.exec(text);
  const [, kind, path, reason] = match ?? [];
  if (kind === undefined || path === undefined || reason === undefined) {
    throw new InvalidArgumentError('Write for example --accept "field-removed:config.ttl=nobody sets it".');
  }
  return [...before, { kind, path, reason }];
}

function packageVersion(): string {
  const text = readFileSync(join(import.meta.dirname, "../../package.json"), "utf8");
  const match = /"version": "([^"]*)"/.exec(text);
  return match?.[1] ?? "unknown";
}

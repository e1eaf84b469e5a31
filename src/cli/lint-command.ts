import { type Command, InvalidArgumentError, Option } from "commander";
import { distributions, hostings } from "./deployment-options.js";
import { addIsolationOptions, type IsolationRequest } from "./isolation.js";
import type { Format, LintAcceptance, LintOptions } from "../index.js";

/** What the command line asks of `lint`. */
export interface LintRequest extends IsolationRequest {
  readonly paths: readonly string[];
  readonly format: Format;
  readonly distribution?: NonNullable<LintOptions["distribution"]>;
  readonly hosting?: NonNullable<LintOptions["hosting"]>;
  readonly knownName?: readonly string[];
  readonly accept?: readonly LintAcceptance[];
  readonly gatewayVersion?: string;
  readonly edition?: NonNullable<LintOptions["edition"]>;
  readonly modulePath?: string;
}

const editions = ["enterprise", "oss"] as const satisfies readonly LintRequest["edition"][];

/** Adds `lint` with its options. */
export function addLintCommand(
  program: Command,
  formats: readonly Format[],
  lint: (request: LintRequest) => Promise<void>,
): void {
  const command = program
    .command("lint")
    .usage("[options] PATH…")
    .description("Checks plugins against what Kong asks of them before they are uploaded, streamed or cloned.")
    .argument(
      "<PATH...>",
      "a plugin folder, a folder of plugins, a schema.lua, git:REF:PATH; with --distribution cloned, definitions of clones in JSON",
    )
    .addOption(new Option("-f, --format <format>", "how to print").choices(formats).default("text"))
    .addOption(
      new Option("--distribution <way>", "how the plugin reaches its data planes (default: installed)").choices(
        distributions,
      ),
    )
    .addOption(new Option("--hosting <where>", "who runs the control plane (default: konnect)").choices(hostings))
    .option("--known-name <name>", "the name of another plugin of the control plane (repeatable)", collect)
    .option("--accept <rule[:path]=reason>", "let a reviewed finding pass (repeatable)", acceptance)
    .option("--gateway-version <version>", "the Kong Gateway release of the data planes (default: the newest known)")
    .addOption(new Option("--edition <edition>", "the Gateway's edition (default: enterprise)").choices(editions))
    .option("--module-path <dir>", "where the modules that a schema requires are: kong.x.y is DIR/kong/x/y.lua");
  addIsolationOptions(command).action((paths: readonly string[], options: Omit<LintRequest, "paths">) =>
    lint({ ...options, paths }),
  );
}

function collect(name: string, before: readonly string[] = []): readonly string[] {
  return [...before, name];
}

function acceptance(text: string, before: readonly LintAcceptance[] = []): readonly LintAcceptance[] {
  const match = /^([\w-]+)(?::([^=]+))?=\s*(.*\S)\s*$/s.exec(text);
  const [, rule, path, reason] = match ?? [];
  if (rule === undefined || reason === undefined) {
    throw new InvalidArgumentError('Write for example --accept "handler-version:handler.lua=set by the build".');
  }
  return [...before, { rule, ...(path === undefined ? {} : { path }), reason }];
}

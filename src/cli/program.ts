import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { addDiagnoseCommand, type DiagnoseRequest } from "./diagnose-command.js";
import { addExplainCommand, type ExplainRequest } from "./explain-command.js";
import { addLintCommand, type LintRequest } from "./lint-command.js";
import { addRemoveCommand, type RemoveRequest } from "./remove-command.js";
import { addInstanceCommands, type InstanceActions } from "./instances-command.js";
import { addPlanCommand, addRolloutCommand } from "./plan-command.js";
import type { PlanRequest } from "./request.js";

/** What the commands do with what their part of the command line asked for. */
export interface Actions extends InstanceActions {
  readonly plan: (request: PlanRequest) => Promise<void>;
  readonly rollout: (request: PlanRequest) => Promise<void>;
  readonly remove: (request: RemoveRequest) => Promise<void>;
  readonly lint: (request: LintRequest) => Promise<void>;
  readonly diagnose: (request: DiagnoseRequest) => Promise<void>;
  readonly explain: (request: ExplainRequest) => Promise<void>;
}

const formats = ["text", "markdown", "json", "github"] as const satisfies readonly PlanRequest["format"][];
const editions = ["enterprise", "oss"] as const satisfies readonly PlanRequest["edition"][];

/** The commands and their options; `write` gets what help and version print. */
export function createProgram(actions: Actions, write: (text: string) => void): Command {
  const program = new Command("kong-schema-advisor")
    .description("Compares versions of a Kong plugin's schema.lua: the update path, and the steps that lead along it.")
    .version(packageVersion())
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .configureOutput({ writeOut: write, writeErr: () => undefined, getOutHelpWidth: () => 100 })
    .exitOverride();

  addPlanCommand(program, actions.plan);
  addRemoveCommand(program, formats, editions, actions.remove);
  addRolloutCommand(program, actions.rollout);
  addInstanceCommands(program, actions);
  addLintCommand(program, formats, actions.lint);
  addDiagnoseCommand(program, actions.diagnose);
  addExplainCommand(program, actions.explain);

  return program;
}

function packageVersion(): string {
  const text = readFileSync(join(import.meta.dirname, "../../package.json"), "utf8");
  const match = /"version": "([^"]*)"/.exec(text);
  return match?.[1] ?? "unknown";
}

import type { Command } from "commander";
import { CliError } from "./errors.js";
import type { Outcome } from "./surroundings.js";

/** What the command line asks of `explain`. */
export interface ExplainRequest {
  /** Undefined: all that can be explained. */
  readonly rule: string | undefined;
}

/** Adds `explain`. */
export function addExplainCommand(program: Command, explainRule: (request: ExplainRequest) => Promise<void>): void {
  program
    .command("explain")
    .usage("[RULE]")
    .description(
      "Prints the page of a rule of lint: what it finds, why it matters, what to do. Without a rule, lists all.",
    )
    .argument("[RULE]", "the name that a finding shows")
    .action((rule: string | undefined) => explainRule({ rule }));
}

/** The page of a rule, in Markdown. */
export async function runExplain({ rule }: ExplainRequest): Promise<Outcome> {
  const { findRule, rulePage, rulesPage } = await import("../index.js");
  if (rule === undefined) return { exitCode: 0, stdout: rulesPage(), stderr: "" };
  const found = findRule(rule);
  if (found === undefined) {
    throw new CliError("usage", `there is no rule ${rule}`, "kong-schema-advisor explain lists them.");
  }
  return { exitCode: 0, stdout: rulePage(found), stderr: "" };
}

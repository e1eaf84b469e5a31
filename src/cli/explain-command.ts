import type { Command } from "commander";
import { CliError } from "./errors.js";
import type { Outcome } from "./surroundings.js";

/** What the command line asks of `explain`. */
export interface ExplainRequest {
  /** A rule of `lint` or a kind of change; undefined: all that can be explained. */
  readonly name: string | undefined;
}

/** Adds `explain`. */
export function addExplainCommand(program: Command, explain: (request: ExplainRequest) => Promise<void>): void {
  program
    .command("explain")
    .usage("[NAME]")
    .description("Prints the page of a rule of lint, or of a kind of change. Without a name, lists all.")
    .argument("[NAME]", "what a finding or a plan shows: handler-version, field-removed")
    .action((name: string | undefined) => explain({ name }));
}

/** The page of a rule or of a kind of change, in Markdown. */
export async function runExplain({ name }: ExplainRequest): Promise<Outcome> {
  const { findKind, findRule, kindPage, kindsPage, rulePage, rulesPage } = await import("../index.js");
  if (name === undefined) return printed(`${rulesPage()}\n${kindsPage()}`);
  const rule = findRule(name);
  if (rule !== undefined) return printed(rulePage(rule));
  const kind = findKind(name);
  if (kind !== undefined) return printed(kindPage(kind));
  throw new CliError(
    "usage",
    `there is no rule and no kind of change called ${name}`,
    "kong-schema-advisor explain lists them.",
  );
}

function printed(stdout: string): Outcome {
  return { exitCode: 0, stdout, stderr: "" };
}

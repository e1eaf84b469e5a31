import type { Command } from "commander";

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

import { type Command, Option } from "commander";
import { addIsolationOptions, type IsolationRequest } from "./isolation.js";
import { addReadingOptions, type ReadingOptions } from "./reading-options.js";
import type { DiagnosisFormat } from "../index.js";

/** What the command line asks of `diagnose`. */
export interface DiagnoseRequest extends IsolationRequest, ReadingOptions {
  /** A file, or `-`. */
  readonly log: string;
  readonly format: DiagnosisFormat;
  readonly old?: string;
  readonly new?: string;
}

const formats = ["text", "markdown", "json"] as const satisfies readonly DiagnosisFormat[];

/** Adds `diagnose` with its options. */
export function addDiagnoseCommand(program: Command, diagnose: (request: DiagnoseRequest) => Promise<void>): void {
  const command = program
    .command("diagnose")
    .usage("[options] FILE")
    .description("Finds in a log, or in an answer of the Admin API, what Kong refused: why, and what to do.")
    .argument("<FILE>", "a log of any length, or - for standard input")
    .addOption(new Option("-f, --format <format>", "how to print").choices(formats).default("text"))
    .option("--old <schema>", "the plugin's version before, named as for plan")
    .option("--new <schema>", "its version after: with both, the change to blame is named");
  addIsolationOptions(addReadingOptions(command, "--old", "--new")).action(
    (log: string, options: Omit<DiagnoseRequest, "log">) => diagnose({ ...options, log }),
  );
}

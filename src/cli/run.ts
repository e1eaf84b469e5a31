import { CommanderError } from "commander";
import { runDiagnose } from "./diagnose.js";
import { explainError, message } from "./explain.js";
import { runRequested } from "./isolation.js";
import { runAdapt, runCheck } from "./instances.js";
import { runLint } from "./lint.js";
import { runPlan, runRollout } from "./plan.js";
import { runRemove } from "./remove.js";
import { createProgram } from "./program.js";
import type { Outcome, Surroundings } from "./surroundings.js";

/** Runs one command line, given without the program's name. Writes nothing and never throws. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<Outcome> {
  let stdout = "";
  let outcome: Outcome | undefined;
  const program = createProgram(
    {
      plan: async (request) => {
        outcome = await runPlan(request, surroundings);
      },
      remove: async (request) => {
        outcome = await runRemove(request, surroundings);
      },
      rollout: async (request) => {
        outcome = await runRollout(request, surroundings);
      },
      adapt: async (request) => {
        outcome = await runAdapt(request, surroundings);
      },
      check: async (request) => {
        outcome = await runCheck(request, surroundings);
      },
      lint: async (request) => {
        outcome = await runLint(request, surroundings);
      },
      diagnose: async (request) => {
        outcome = await runDiagnose(request, surroundings);
      },
      explain: async (request) => {
        outcome = await runRequested({ kind: "explain", ...request }, inThisThread, surroundings);
      },
    },
    (text) => (stdout += text),
  );
  try {
    await program.parseAsync(args, { from: "user" });
    return outcome ?? { exitCode: 0, stdout, stderr: "" };
  } catch (thrown) {
    // Help and version are exits of commander too.
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return { exitCode: 0, stdout, stderr: "" };
    return { exitCode: 1, stdout: "", stderr: explainThrown(thrown) };
  }
}

/** No schema of anybody's is evaluated. */
const inThisThread = { isolate: false, deadline: Infinity };

function explainThrown(thrown: unknown): string {
  if (!(thrown instanceof CommanderError)) return explainError(thrown);
  const isMissing = thrown.code === "commander.help";
  const text = isMissing ? "a command is missing" : thrown.message.replace(/^error: /, "").replaceAll("\n", " ");
  return message(text, "usage", isMissing ? "kong-schema-advisor help lists them." : undefined);
}

import { CommanderError } from "commander";
import { runDiagnose } from "./diagnose.js";
import { runExplain } from "./explain-command.js";
import { explain } from "./explain.js";
import { runAdapt, runCheck, runRollout } from "./instances.js";
import { runLint } from "./lint.js";
import { runPlan } from "./plan.js";
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
        outcome = await runExplain(request);
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
    return { exitCode: 1, stdout: "", stderr: explain(thrown) };
  }
}

import type { SimulatedRollout } from "../simulate/instance-report.js";
import type { Outcome } from "../simulate/outcome.js";
import { type Detail, shortened } from "./detail.js";

/** A log has some lines for each instance, and is the same at many steps. */
export function withShortLogs(rollout: SimulatedRollout, detail: Detail): SimulatedRollout {
  const cut = (outcome: Outcome): Outcome =>
    outcome.verdict === "refused" ? { ...outcome, log: shortLog(outcome.log, detail) } : outcome;
  return {
    ...rollout,
    steps: rollout.steps.map((step) => ({
      ...step,
      groups: step.groups.map((group) => ({
        ...group,
        ifPushed: cut(group.ifPushed),
        ifSavedAgain: cut(group.ifSavedAgain),
      })),
    })),
  };
}

function shortLog(log: string, detail: Detail): string {
  const lines = log.split("\n");
  const shown = lines.slice(0, detail.log).map((line) => shortened(line, detail));
  return (lines.length > shown.length ? [...shown, "…"] : shown).join("\n");
}

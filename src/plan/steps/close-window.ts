import { compareHashes } from "../konnect.js";
import type { MigrationStep } from "../plan.js";
import type { StepContext } from "./context.js";

export function closeWindow({ instanceEdits }: StepContext): MigrationStep {
  return {
    id: "close-window",
    title: "Close the migration window",
    need: "required",
    who: "change manager",
    where: "the control plane, and everything that writes to it",
    actions: [
      ...(instanceEdits.length === 0
        ? []
        : ["Bring the edits of the instances into the files that pipelines send, or their next run takes them back."]),
      "Start the pipelines and autoscaling again, and tell everybody that the control plane may be changed.",
    ],
    instanceEdits: [],
    commands: [],
    check: { expect: "Every data plane node is in sync after the first change.", commands: [compareHashes()] },
    ifOutOfOrder:
      "While a data plane node with the old schema is left, the first change that somebody makes pushes a payload that it may refuse.",
  };
}

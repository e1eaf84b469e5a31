import type { MigrationStep } from "../plan.js";
import { inSync, type StepContext } from "./context.js";
import type { WindowPurpose } from "./open-window.js";
import { step } from "./step.js";

export function closeWindow(context: StepContext, purpose: WindowPurpose, more: readonly string[] = []): MigrationStep {
  const { kit, instanceEdits } = context;
  return step({
    id: "close-window",
    title: "Close the migration window",
    who: "change manager",
    where: `${kit.controlPlane.where}, and everything that writes to it`,
    preconditions: [inSync(context)],
    actions: [
      ...(instanceEdits.length === 0
        ? []
        : ["Bring the edits of the instances into the files that pipelines send, or their next run takes them back."]),
      ...more,
      purpose === "move"
        ? "Start the pipelines again, and tell everybody that changes may be made."
        : "Start the pipelines and autoscaling again, and tell everybody that changes may be made.",
    ],
    check: {
      expect: `After the first change: ${kit.words.inSync}`,
      commands: kit.commands.areInSync(context.newName),
    },
    ifOutOfOrder: consequences[purpose](context),
  });
}

const consequences = {
  update: ({ kit: { words } }) =>
    `While a node with the old version is left, the first change that somebody makes ${words.afterChange}. ${words.oldVersionLeft}`,
  move: ({ oldName }) =>
    `A pipeline that still sends instances of ${oldName} brings them back, or fails where ${oldName} is gone.`,
} as const satisfies Record<WindowPurpose, (context: StepContext) => string>;

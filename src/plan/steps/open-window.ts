import { listFiles } from "../commands/node.js";
import { keptEntitiesFile } from "../hostings/hosting.js";
import type { Command, MigrationStep } from "../plan.js";
import { inSync, type StepContext } from "./context.js";
import { step } from "./step.js";

/** What the window is for: two versions under one name, or the move from one plugin to another. */
export type WindowPurpose = "update" | "move";

/** A file that the way back needs, and the command that writes it. */
export interface KeptFile {
  readonly file: string;
  readonly command: Command;
}

export function openWindow(
  context: StepContext,
  purpose: WindowPurpose,
  kept: readonly KeptFile[] = [],
): MigrationStep {
  const { distribution, kit } = context;
  const { holdNodes } = kit.words;
  const { because, ifOutOfOrder } = reasons[purpose](context);
  return step({
    id: "open-window",
    title: "Open the migration window",
    who: "change manager",
    where: `${kit.controlPlane.where}, and everything that writes to it`,
    preconditions: [inSync(context)],
    actions: [
      `Tell everybody who works with it that nothing may be created, edited or deleted until the window is closed: ${because}.`,
      "Stop the pipelines that write to it: decK, Terraform, the ingress controller, scripts.",
      ...(holdNodes === undefined || purpose === "move" ? [] : [holdNodes]),
      "Keep what is there now, for the way back.",
    ],
    commands: [
      kit.commands.setEnvironment(),
      ...kept.map(({ command }) => command),
      kit.commands.keepEntities(keptEntitiesFile, distribution !== "installed"),
    ],
    check: {
      expect: "What the way back needs is there, and not empty.",
      commands: [listFiles([...kept.map(({ file }) => file), keptEntitiesFile])],
    },
    ifOutOfOrder,
  });
}

interface WindowReason {
  /** As the end of a sentence. */
  readonly because: string;
  readonly ifOutOfOrder: string;
}

const reasons = {
  update: ({ kit: { words } }) => ({
    because: `any such change ${words.afterChange}`,
    ifOutOfOrder: `A change that somebody makes in between ${words.afterChange}. ${words.oldVersionLeft}`,
  }),
  move: () => ({
    because: "the edited file will take the place of everything, and of such a change too",
    ifOutOfOrder: "A change that somebody makes while the file is edited is undone when the file is sent.",
  }),
} as const satisfies Record<WindowPurpose, (context: StepContext) => WindowReason>;

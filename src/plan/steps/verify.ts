import type { MigrationStep } from "../plan.js";
import { inSync, type StepContext } from "./context.js";
import { step } from "./step.js";

export function verify(context: StepContext, action: string): MigrationStep {
  const { kit, newName } = context;
  return step({
    id: "verify",
    title: "See that it works",
    who: kit.controlPlane.who,
    where: "production, with one request of your own",
    preconditions: [inSync(context)],
    actions: [action],
    check: {
      expect: "The plugin does its work, and no node has logged a problem.",
      commands: kit.commands.findProblems(newName),
    },
    ifOutOfOrder: "A node that was forgotten is noticed by the traffic that it serves, or does not serve.",
  });
}

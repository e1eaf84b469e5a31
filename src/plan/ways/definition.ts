import type { DefinitionStepId, Hosting } from "../../kong/streamed-and-cloned.js";
import type { MigrationStep } from "../plan.js";
import { closeWindow } from "../steps/close-window.js";
import type { StepContext } from "../steps/context.js";
import { moveInstances } from "../steps/move-instances.js";
import { openWindow } from "../steps/open-window.js";

/** What the documented ways of streamed plugins and of clones differ in. */
export interface DefinitionSteps {
  readonly create: () => MigrationStep;
  readonly remove: () => MigrationStep;
}

export function definitionStep(id: DefinitionStepId, context: StepContext, own: DefinitionSteps): MigrationStep {
  switch (id) {
    case "open-window":
      return openWindow(context, "move");
    case "create-new-plugin":
      return own.create();
    case "move-instances":
      return moveInstances(context, [everyNodeHasDefinition(context)]);
    case "delete-old-plugin":
      return own.remove();
    case "close-window":
      return closeWindow(context, "move");
  }
}

function everyNodeHasDefinition({ kit, newName }: StepContext): MigrationStep["check"] {
  return {
    expect: `The definition of ${newName} has arrived on every node.`,
    commands: kit.commands.hasArrived(newName),
  };
}

const sent = "The control plane sends it to every data plane node; nothing is installed or restarted there.";
const read = "Every node reads it from the database; nothing is installed or restarted.";

/** How a definition comes to the nodes, as a sentence. */
export const arriving = {
  konnect: sent,
  "self-managed-hybrid": sent,
  "dedicated-cloud": sent,
  serverless: sent,
  traditional: read,
  "db-less":
    "Put it into the file beside the old one, and load the file on each node; nothing is installed or restarted.",
} as const satisfies Record<Hosting, string>;

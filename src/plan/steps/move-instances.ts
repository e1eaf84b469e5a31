import { entitiesFile } from "../hostings/hosting.js";
import type { Condition, MigrationStep } from "../plan.js";
import type { StepContext } from "./context.js";
import { step } from "./step.js";

/** Every instance gets the new plugin's name in place of the old one's: the documented way of streamed plugins and clones. */
export function moveInstances(context: StepContext, preconditions: readonly Condition[]): MigrationStep {
  const { kit, oldName, newName } = context;
  return step({
    ...movingInstances(context),
    title: "Move the instances to the new plugin",
    preconditions,
    actions: [
      `${kit.words.openEntities}, and give every instance of ${oldName} the name ${newName}, without its id; an \`instance_name\` must become another one, for it is unique.`,
      "Make the edits below in the same file, look at what would change, and send all of it in one run.",
      "For a moment both plugins, or neither of them, may run on a request: choose a time at which that does no harm.",
    ],
    check: {
      expect: "The old plugin has no instance left, and the new one has as many as the old one had.",
      commands: shownInstances(context),
    },
  });
}

/** The old instances stay, switched off, until nobody wants to go back to them. */
export function switchInstances(context: StepContext, preconditions: readonly Condition[]): MigrationStep {
  const { kit, oldName, newName } = context;
  return step({
    ...movingInstances(context),
    title: "Create the new instances, and switch over to them",
    preconditions,
    actions: [
      `${kit.words.openEntities}. Beside every instance of ${oldName} write one of ${newName} with the same scope, without an id, with \`enabled: false\` and the edits below; an \`instance_name\` must be another one, for it is unique.`,
      "Look at what would change, and send it: the new instances are accepted, and do nothing yet.",
      `Switch in the same file, \`enabled: true\` for the instances of ${newName} and \`enabled: false\` for those of ${oldName}, and send that in one run.`,
      "For a moment both versions, or neither of them, may run on a request: choose a time at which that does no harm.",
      "The way back is the same switch, the other way round.",
    ],
    check: {
      expect: "The new plugin has as many instances as the old one, and those of the old one are switched off.",
      commands: shownInstances(context),
    },
  });
}

function movingInstances({ kit, oldName, newName, instanceEdits }: StepContext) {
  return {
    id: "move-instances",
    ...kit.controlPlane,
    instanceEdits,
    commands: [kit.commands.listInstances(oldName), ...kit.commands.editEntities(entitiesFile)],
    ifOutOfOrder: `Before every node has ${newName}, nothing that holds an instance of it is accepted. ${kit.words.refusal}`,
  } as const;
}

function shownInstances({ kit, oldName, newName }: StepContext) {
  const { listInstances, areInSync } = kit.commands;
  return [listInstances(oldName), listInstances(newName), ...areInSync(newName)];
}

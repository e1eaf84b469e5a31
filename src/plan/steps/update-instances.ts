import { compareSchema } from "../commands/konnect.js";
import { entitiesFile } from "../hostings/hosting.js";
import type { MigrationStep } from "../plan.js";
import { carriedParameters, inSync, type StepContext } from "./context.js";
import { step } from "./step.js";

/** Under the new schema, which Konnect has by now. */
export function updateInstances(context: StepContext, isOptional: boolean): MigrationStep {
  const { kit, newName, files } = context;
  return step({
    ...editingInstances(context),
    need: isOptional ? "optional" : "required",
    preconditions: [
      { expect: "The control plane has the new schema.", commands: [compareSchema(newName, files.schema)] },
    ],
    actions: [...howToEdit(context), ...whatToExpect(context)],
    ifOutOfOrder: `Before the schema in Konnect is updated, the control plane refuses these edits. After the data plane nodes are updated, those that have the new schema refuse every payload with an instance that is not edited yet. ${kit.words.refusal}`,
  });
}

/** What every edit of instances has in common, wherever it stands in the order. */
export function editingInstances({ kit, newName, instanceEdits }: StepContext) {
  return {
    id: "update-instances",
    title: "Update the existing plugin instances",
    ...kit.controlPlane,
    instanceEdits,
    commands: [kit.commands.listInstances(newName), ...kit.commands.editEntities(entitiesFile)],
    check: {
      expect: "Every instance has the settings asked for above, and nothing else differs from before.",
      commands: [kit.commands.listInstances(newName), ...kit.commands.areInSync(newName)],
    },
  } as const;
}

export function howToEdit({ kit }: StepContext): readonly string[] {
  return [
    "List the instances; where there is none, or where none needs one of the edits below, go on to the next step.",
    `${kit.words.openEntities}, edit the instances in it, and look at what would change before you send it.`,
    `Send all edits in one run: every change ${kit.words.afterChange}.`,
  ];
}

/** Where the old schema accepts the edited instances too, there is no hurry. */
export function updateInstancesBefore(context: StepContext, ifOutOfOrder: string): MigrationStep {
  return step({
    ...editingInstances(context),
    title: "Update the existing plugin instances, while everything has the old version",
    preconditions: [inSync(context)],
    actions: [
      ...howToEdit(context),
      "Nodes with the old version accept the edited instances, and so will those with the new one.",
    ],
    ifOutOfOrder,
  });
}

/** What the nodes with the old schema make of the payloads that the edits push. */
function whatToExpect(context: StepContext): readonly string[] {
  if (context.path === "cp-dp-sync") {
    return [
      `Have the next step ready before you send them: data plane nodes with the old schema may refuse these payloads, and go on with their last configuration until they have the new schema.`,
    ];
  }
  const carried = carriedParameters(context);
  if (carried === "") return [];
  return [
    `Have the next step ready before you send them: an edited instance also gets ${carried}, which data plane nodes with the old schema refuse, whatever the path is called. They go on with their last configuration until they have the new schema.`,
  ];
}

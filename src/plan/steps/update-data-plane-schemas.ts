import { copyPluginFiles, reload, showHandlerVersion } from "../commands/node.js";
import { compareSchema } from "../commands/konnect.js";
import type { MigrationStep } from "../plan.js";
import { inSync, type StepContext } from "./context.js";
import { step } from "./step.js";

/** Data plane nodes of a Konnect control plane. */
export function updateDataPlaneSchemas(context: StepContext): MigrationStep {
  const { kit, newName, path, files, instanceEdits } = context;
  const { each } = kit.nodes;
  const { commands, words } = kit;
  return step({
    id: "update-data-plane-schemas",
    title: `Update the plugin on ${each}`,
    who: kit.nodes.who,
    where: kit.nodes.where,
    preconditions: [
      { expect: "The control plane has the new schema.", commands: [compareSchema(newName, files.schema)] },
      ...(instanceEdits.length === 0
        ? []
        : [{ expect: "Every instance fits the new schema.", commands: [commands.listInstances(newName)] }]),
    ],
    actions: [
      "Update the image, package or volume that new nodes start from, so that none comes up with the old version.",
      "Replace the plugin's schema.lua, handler.lua and other files on each node, and load the new code, one node after the other.",
      "When all have it, change one entity on the control plane, a tag for one: that pushes a payload while you watch.",
    ],
    commands: [copyPluginFiles(each, newName), reload(each)],
    check: {
      expect: `Each node has the new version. ${inSync(context).expect} None has refused a payload since it was updated.`,
      commands: [showHandlerVersion(each, newName), ...commands.areInSync(newName), ...commands.findProblems(newName)],
    },
    ifOutOfOrder:
      path === "short"
        ? `A data plane node that is left out refuses the first payload with an instance that uses the new schema. ${words.refusal}`
        : `A data plane node that has the new schema before the instances are updated refuses every payload with one that is not, and a node that is left out refuses those that are. ${words.refusal}`,
  });
}

import { copyPluginFiles, reload, searchRefusals } from "../data-plane.js";
import { compareHashes } from "../konnect.js";
import type { MigrationStep } from "../plan.js";
import { refusal, type StepContext } from "./context.js";

export function updateDataPlaneSchemas({ newName, path }: StepContext): MigrationStep {
  return {
    id: "update-data-plane-schemas",
    title: "Update the plugin on each data plane node",
    need: "required",
    who: "data plane operator",
    where: "every data plane node, and the image of new ones",
    actions: [
      "Update the image, package or volume that new nodes start from, so that none comes up with the old version.",
      "Replace the plugin's schema.lua, handler.lua and other files on each node, and load the new code, one node after the other.",
      "When all have it, change one entity on the control plane, a tag for one: that pushes a payload while you watch.",
    ],
    instanceEdits: [],
    commands: [copyPluginFiles(newName), reload()],
    check: {
      expect: "Every data plane node is in sync, and none has refused a payload since it was updated.",
      commands: [compareHashes(), searchRefusals()],
    },
    ifOutOfOrder:
      path === "short"
        ? `A data plane node that is left out refuses the first payload with an instance that uses the new schema. ${refusal}`
        : `A data plane node that has the new schema before the instances are updated refuses every payload with one that is not, and a node that is left out refuses those that are. ${refusal}`,
  };
}

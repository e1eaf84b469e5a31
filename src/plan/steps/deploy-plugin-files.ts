import { copyPluginFiles, installPluginFiles, reload, restart, searchRefusals } from "../data-plane.js";
import type { MigrationStep } from "../plan.js";
import { refusal, type StepContext } from "./context.js";

/** New code under a schema that the nodes know already. */
export function replacePluginFiles({ newName }: StepContext): MigrationStep {
  return {
    id: "deploy-plugin-files",
    title: "Put the new code on each data plane node",
    need: "required",
    who: "data plane operator",
    where: "every data plane node, and the image of new ones",
    actions: [
      "Update the image, package or volume that new nodes start from.",
      "Replace the plugin's files on each node, and load the new code, one node after the other.",
      "The control plane needs nothing: it never sees the handler, and its schema is the same.",
    ],
    instanceEdits: [],
    commands: [copyPluginFiles(newName), reload()],
    check: {
      expect: "Each node has loaded the new code and logs no error of the plugin.",
      commands: [searchRefusals()],
    },
    ifOutOfOrder:
      "Nodes that are left out go on with the old code; control plane and data plane nodes stay in sync all the same.",
  };
}

/** A plugin that the nodes do not have yet. */
export function installPlugin({ newName }: StepContext): MigrationStep {
  return {
    id: "deploy-plugin-files",
    title: "Install the plugin on each data plane node",
    need: "required",
    who: "data plane operator",
    where: "every data plane node, and the image of new ones",
    actions: [
      "Put all of the plugin's files on each node, and into the image, package or volume that new nodes start from.",
      `Add ${newName} to the \`plugins\` setting of each node (environment variable KONG_PLUGINS), and keep what is there.`,
      "Restart the nodes, one after the other.",
    ],
    instanceEdits: [],
    commands: [installPluginFiles(newName), restart()],
    check: { expect: "Each node starts without an error of the plugin.", commands: [searchRefusals()] },
    ifOutOfOrder: `A data plane node without the plugin refuses every payload that has an instance of it. ${refusal}`,
  };
}

import {
  copyPluginFiles,
  installPluginFiles,
  reload,
  restart,
  searchHeldBack,
  showHandlerVersion,
  showPluginsSetting,
} from "../commands/node.js";
import type { MigrationStep } from "../plan.js";
import { inSync, type StepContext } from "./context.js";
import { step } from "./step.js";

/** New code under a schema that the nodes know already. */
export function replacePluginFiles(context: StepContext): MigrationStep {
  const { kit, newName } = context;
  const { each } = kit.nodes;
  return step({
    id: "deploy-plugin-files",
    title: `Put the new code on ${each}`,
    who: kit.nodes.who,
    where: kit.nodes.where,
    preconditions: [inSync(context)],
    actions: [
      "Update the image, package or volume that new nodes start from.",
      "Replace the plugin's files on each node, and load the new code, one node after the other.",
      ...(kit.hosting === "konnect"
        ? ["The control plane needs nothing: it never sees the handler, and its schema is the same."]
        : []),
    ],
    commands: [copyPluginFiles(each, newName), reload(each)],
    check: {
      expect: "Each node has the new code, and logs no error of the plugin.",
      commands: [showHandlerVersion(each, newName), ...kit.commands.findProblems(newName)],
    },
    ifOutOfOrder: "Nodes that are left out go on with the old code, and accept the same instances all the same.",
  });
}

/** A self-managed control plane compares its handler's VERSION with that of its data plane nodes. */
export function replaceControlPlaneFiles(context: StepContext): MigrationStep {
  const { newName } = context;
  const each = "each control plane node";
  return step({
    id: "deploy-plugin-files",
    title: `Put the new code on ${each}`,
    who: "control plane administrator",
    where: "every control plane node, and the image of new ones",
    preconditions: [inSync(context)],
    actions: ["Replace the plugin's files on each control plane node, and load them, one node after the other."],
    commands: [copyPluginFiles(each, newName), reload(each)],
    check: { expect: "The control plane goes on sending to every data plane node.", commands: [searchHeldBack()] },
    ifOutOfOrder:
      "A control plane sends nothing to a data plane node whose handler VERSION has a higher minor than its own, so it comes first.",
  });
}

/** A plugin that the nodes do not have yet. */
export function installPlugin({ kit, newName }: StepContext): MigrationStep {
  const { each } = kit.nodes;
  return step({
    id: "deploy-plugin-files",
    title: `Install the plugin on ${each}`,
    who: kit.nodes.who,
    where: kit.nodes.where,
    preconditions: [
      {
        expect: `No node runs a plugin that is called ${newName} yet.`,
        commands: [showPluginsSetting(each)],
      },
    ],
    actions: [
      "Put all of the plugin's files on each node, and into the image, package or volume that new nodes start from.",
      `Add ${newName} to the \`plugins\` setting of each node (environment variable KONG_PLUGINS), and keep what is there.`,
      "Restart the nodes, one after the other.",
    ],
    commands: [installPluginFiles(each, newName), restart(each)],
    check: {
      expect: `Each node has started, and ${newName} is among its plugins.`,
      commands: [showPluginsSetting(each), ...kit.commands.findProblems(newName)],
    },
    ifOutOfOrder: `A node without the plugin cannot take an instance of it. ${kit.words.refusal}`,
  });
}

import { expectNoPlugin } from "../commands/admin-api.js";
import { deleteSchema, expectNoSchema } from "../commands/konnect.js";
import { deletePluginFiles, restart, showPluginsSetting } from "../commands/node.js";
import { entitiesFile } from "../hostings/hosting.js";
import type { HostingKit } from "../hostings/hosting.js";
import type { Condition, MigrationStep } from "../plan.js";
import { step } from "./step.js";

/** The steps that end a plugin, in the order of Kong's page. */

export function deleteAllInstances(
  kit: HostingKit,
  name: string,
  preconditions: readonly Condition[] = [],
): MigrationStep {
  const { commands, words } = kit;
  return step({
    id: "delete-instances",
    title: `Delete every instance of ${name}`,
    ...kit.controlPlane,
    preconditions: [{ expect: words.inSync, commands: commands.areInSync(name) }, ...preconditions],
    actions:
      kit.hosting === "db-less"
        ? [`Take every instance of ${name} out of ${entitiesFile}, and load it.`, "Every node accepts that."]
        : [
            `List the instances of ${name}, take them out of the files that pipelines send, and delete them.`,
            `Each deletion ${words.afterChange}; all nodes accept it.`,
          ],
    commands: [commands.setEnvironment(), commands.listInstances(name), ...commands.deleteInstances(name)],
    check: {
      expect: `The list is empty. ${words.inSync}`,
      commands: [commands.listInstances(name), ...commands.areInSync(name)],
    },
    ifOutOfOrder: `An instance that is left when a node loses the plugin can be taken by that node no more. ${words.refusal}`,
  });
}

/** Konnect's control plane loses the schema. */
export function deleteControlPlaneSchema(kit: HostingKit, name: string): MigrationStep {
  return step({
    id: "delete-control-plane-schema",
    title: "Delete the schema from Konnect",
    ...kit.controlPlane,
    preconditions: [noInstances(kit, name)],
    actions: ["Delete the plugin's schema, so that nobody can create an instance any more."],
    commands: [deleteSchema(name)],
    check: { expect: "The control plane answers 404.", commands: [expectNoSchema(name)] },
    ifOutOfOrder:
      "While instances are left they cannot be edited any more; while the schema is left somebody can create one that no data plane node accepts.",
  });
}

const controlPlaneNode = "each control plane node";

/** A self-managed control plane loses the plugin as a whole. */
export function deleteControlPlaneFiles(kit: HostingKit, name: string): MigrationStep {
  return step({
    id: "delete-control-plane-schema",
    title: `Delete the plugin from ${controlPlaneNode}`,
    who: "control plane administrator",
    where: "every control plane node, and the image of new ones",
    preconditions: [noInstances(kit, name)],
    actions: filesAndSetting(name),
    commands: [deletePluginFiles(controlPlaneNode, name), restart(controlPlaneNode)],
    check: { expect: "The control plane answers 404.", commands: [expectNoPlugin(name)] },
    ifOutOfOrder:
      "While instances are left they cannot be edited or deleted any more; while the plugin is left somebody can create one, and data plane nodes without it are then sent nothing at all.",
  });
}

export function deleteDataPlaneFiles(kit: HostingKit, name: string): MigrationStep {
  const { each, who, where } = kit.nodes;
  return step({
    id: "delete-data-plane-files",
    title: `Delete the plugin's files from ${each}`,
    who,
    where,
    preconditions: [noInstances(kit, name)],
    actions: filesAndSetting(name),
    commands: [deletePluginFiles(each, name), restart(each)],
    check: {
      expect: `Each node has started, and ${name} is not among its plugins.`,
      commands: [showPluginsSetting(each), ...kit.commands.areInSync(name), ...kit.commands.findProblems(name)],
    },
    ifOutOfOrder: `A node without the plugin cannot take an instance of it. ${kit.words.refusal}`,
  });
}

function filesAndSetting(name: string): readonly string[] {
  return [
    `Take ${name} out of the \`plugins\` setting of each node (environment variable KONG_PLUGINS) before its files go: a node does not start without a plugin that is named there.`,
    "Delete the files, from the image that new nodes start from too, and restart the nodes, one after the other.",
  ];
}

function noInstances(kit: HostingKit, name: string): Condition {
  return { expect: `${name} has no instance left.`, commands: [kit.commands.listInstances(name)] };
}

import { deletePluginFiles, restart, searchRefusals } from "../data-plane.js";
import {
  compareHashes,
  deleteInstances,
  deleteSchema,
  expectNoSchema,
  listInstances,
  setEnvironment,
} from "../konnect.js";
import type { MigrationStep } from "../plan.js";
import { refusal } from "./context.js";

/** The three steps that end a plugin, in the order of Kong's page. */

export function deleteAllInstances(name: string): MigrationStep {
  return {
    id: "delete-instances",
    title: "Delete every instance of the plugin",
    need: "required",
    who: "control plane administrator",
    where: "the Konnect control plane",
    actions: [
      `List the instances of ${name}, take them out of the files that pipelines send, and delete them.`,
      "Each deletion pushes a payload that every data plane node accepts.",
    ],
    instanceEdits: [],
    commands: [setEnvironment(), listInstances(name), deleteInstances(name)],
    check: {
      expect: "The list is empty, and every data plane node is in sync.",
      commands: [listInstances(name), compareHashes()],
    },
    ifOutOfOrder: `An instance that is left when the files go from the data plane nodes makes them refuse every payload. ${refusal}`,
  };
}

export function deleteControlPlaneSchema(name: string): MigrationStep {
  return {
    id: "delete-control-plane-schema",
    title: "Delete the schema from Konnect",
    need: "required",
    who: "control plane administrator",
    where: "the Konnect control plane",
    actions: ["Delete the plugin's schema, so that nobody can create an instance any more."],
    instanceEdits: [],
    commands: [deleteSchema(name)],
    check: { expect: "The control plane answers 404.", commands: [expectNoSchema(name)] },
    ifOutOfOrder:
      "While instances are left they cannot be edited any more; while the schema is left somebody can create one that no data plane node accepts.",
  };
}

export function deleteDataPlaneFiles(name: string): MigrationStep {
  return {
    id: "delete-data-plane-files",
    title: "Delete the plugin's files from each data plane node",
    need: "required",
    who: "data plane operator",
    where: "every data plane node, and the image of new ones",
    actions: [
      `Take ${name} out of the \`plugins\` setting of each node (environment variable KONG_PLUGINS) before its files go: a node does not start without a plugin that is named there.`,
      "Delete the files, from the image that new nodes start from too, and restart the nodes, one after the other.",
    ],
    instanceEdits: [],
    commands: [deletePluginFiles(name), restart()],
    check: { expect: "Each node starts, and every node is in sync.", commands: [compareHashes(), searchRefusals()] },
    ifOutOfOrder: `A data plane node without the plugin refuses every payload that still has an instance of it. ${refusal}`,
  };
}

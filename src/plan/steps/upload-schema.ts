import { expectNoPlugin, showParameters } from "../commands/admin-api.js";
import { compareSchema, createSchema, expectNoSchema } from "../commands/konnect.js";
import { installPluginFiles, restart } from "../commands/node.js";
import type { MigrationStep } from "../plan.js";
import type { StepContext } from "./context.js";
import { step } from "./step.js";

/** Konnect's control plane gets the schema alone. */
export function uploadSchema({ kit, newName, files }: StepContext): MigrationStep {
  return step({
    id: "upload-schema",
    title: "Upload the schema to Konnect",
    ...kit.controlPlane,
    preconditions: [
      {
        expect: `No other plugin on the control plane is called ${newName}: the answer is 404.`,
        commands: [expectNoSchema(newName)],
      },
    ],
    actions: [
      "Create the plugin's schema on the control plane. This pushes nothing.",
      "Create no instance yet: it would be pushed to data plane nodes that do not have the plugin.",
    ],
    commands: [createSchema(files.schema)],
    check: {
      expect: "The control plane answers with the schema.",
      commands: [compareSchema(newName, files.schema)],
    },
    ifOutOfOrder: "Without the schema the control plane does not know the plugin, and refuses every instance of it.",
  });
}

const controlPlaneNode = "each control plane node";

/** A self-managed control plane has the plugin's files, as its data plane nodes do. */
export function installOnControlPlane({ newName }: StepContext): MigrationStep {
  return step({
    id: "upload-schema",
    title: "Install the plugin on each control plane node",
    who: "control plane administrator",
    where: "every control plane node, and the image of new ones",
    preconditions: [
      {
        expect: `The control plane knows no other plugin that is called ${newName}: the answer is 404.`,
        commands: [expectNoPlugin(newName)],
      },
    ],
    actions: [
      "Put all of the plugin's files on each control plane node, and into the image that new ones start from.",
      `Add ${newName} to the \`plugins\` setting of each control plane node (environment variable KONG_PLUGINS), keep what is there, and restart it.`,
      "Create no instance yet: the control plane sends nothing at all to a data plane node that does not have a configured plugin.",
    ],
    commands: [installPluginFiles(controlPlaneNode, newName), restart(controlPlaneNode)],
    check: { expect: "The control plane knows the plugin's parameters.", commands: [showParameters(newName)] },
    ifOutOfOrder: "A control plane that does not have the plugin refuses every instance of it.",
  });
}

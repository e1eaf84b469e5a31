import { documentedSteps, type DocumentedStep } from "../../kong/update-paths.js";
import { createSchema, updateSchema } from "../konnect.js";
import type { MigrationStep, Situation } from "../plan.js";
import { closeWindow } from "./close-window.js";
import type { StepContext } from "./context.js";
import { installPlugin, replacePluginFiles } from "./deploy-plugin-files.js";
import { moveInstances } from "./move-instances.js";
import { openWindow } from "./open-window.js";
import { deleteAllInstances, deleteControlPlaneSchema, deleteDataPlaneFiles } from "./removal.js";
import { testFirst } from "./test-first.js";
import { updateControlPlaneSchema } from "./update-control-plane-schema.js";
import { updateDataPlaneSchemas } from "./update-data-plane-schemas.js";
import { updateInstances } from "./update-instances.js";
import { uploadSchema } from "./upload-schema.js";
import { verify } from "./verify.js";

/** The ordered steps for a plugin that is installed as files on data plane nodes of a Konnect control plane. */
export function stepsFor(situation: Situation, context: StepContext): readonly MigrationStep[] {
  switch (situation) {
    case "update":
      return [
        testFirst(context, [updateSchema(context.newName, context.schemaFile)]),
        ...documentedSteps[context.path].map((step) => documentedStep(step, context)),
      ];
    case "handler-only":
      return [
        testFirst(context, []),
        replacePluginFiles(context),
        verify(["Send a request through one instance, and read the plugin's log on each data plane node."]),
      ];
    case "first-upload":
      return [
        testFirst(context, [createSchema(context.schemaFile)]),
        uploadSchema(context),
        installPlugin(context),
        verify([
          "Create a first instance where it does little harm, a route for tests for one: that pushes a payload.",
        ]),
      ];
    case "new-name":
      return [
        testFirst(context, [createSchema(context.schemaFile)]),
        openWindow(context),
        uploadSchema(context),
        installPlugin(context),
        moveInstances(context),
        deleteControlPlaneSchema(context.oldName),
        deleteDataPlaneFiles(context.oldName),
        verify(["Send a request through one moved instance, and read the plugin's log on each data plane node."]),
        closeWindow(context),
      ];
    case "removal":
      return [
        deleteAllInstances(context.oldName),
        deleteControlPlaneSchema(context.oldName),
        deleteDataPlaneFiles(context.oldName),
      ];
  }
}

function documentedStep({ id, optional }: DocumentedStep, context: StepContext): MigrationStep {
  switch (id) {
    case "open-window":
      return openWindow(context);
    case "update-control-plane-schema":
      return updateControlPlaneSchema(context);
    case "update-instances":
      return updateInstances(context, optional);
    case "update-data-plane-schemas":
      return updateDataPlaneSchemas(context);
    case "close-window":
      return closeWindow(context);
  }
}

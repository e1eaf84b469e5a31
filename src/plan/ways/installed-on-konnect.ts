import { documentedSteps, type DocumentedStep } from "../../kong/update-paths.js";
import { createSchema, updateSchema } from "../commands/konnect.js";
import { pathFindings } from "../findings.js";
import type { MigrationStep } from "../plan.js";
import { reasonOfPath } from "../reason.js";
import { closeWindow } from "../steps/close-window.js";
import type { StepContext } from "../steps/context.js";
import { installPlugin, replacePluginFiles } from "../steps/deploy-plugin-files.js";
import { openWindow } from "../steps/open-window.js";
import { deleteControlPlaneSchema, deleteDataPlaneFiles } from "../steps/removal.js";
import { testFirst, type TestSetup } from "../steps/test-first.js";
import { keptSchema, updateControlPlaneSchema } from "../steps/update-control-plane-schema.js";
import { updateDataPlaneSchemas } from "../steps/update-data-plane-schemas.js";
import { updateInstances } from "../steps/update-instances.js";
import { uploadSchema } from "../steps/upload-schema.js";
import { rename } from "./new-plugin.js";
import type { InstalledWay } from "./way.js";

/** Files on data plane nodes, the schema on Konnect: the paths of Kong's table, in its own steps. */
export const installedOnKonnect: InstalledWay = {
  update: {
    judge: (changes) => changes,
    reason: ({ changes, path }) => reasonOfPath(changes, path),
    findings: ({ changes, path }) => pathFindings(changes, path),
    steps: (context) => [
      testFirst(context, onTestControlPlane(context, updateSchema(context.newName, context.files.schema))),
      ...documentedSteps[context.path]
        .filter(({ id, optional }) => !(id === "update-instances" && optional && context.instanceEdits.length === 0))
        .map((step) => documentedStep(step, context)),
    ],
  },
  replaceCode: (context) => [testFirst(context, onTestControlPlane(context)), replacePluginFiles(context)],
  install: (context) => [
    testFirst(context, onTestControlPlane(context, createSchema(context.files.schema))),
    uploadSchema(context),
    installPlugin(context),
  ],
  uninstall: (kit, name) => [deleteControlPlaneSchema(kit, name), deleteDataPlaneFiles(kit, name)],
};

function onTestControlPlane(context: StepContext, ...commands: TestSetup["commands"]): TestSetup {
  const action = "Put the schema on a test control plane and the plugin's files on a data plane node of it.";
  return { actions: [...rename(context), action], commands };
}

function documentedStep({ id, optional }: DocumentedStep, context: StepContext): MigrationStep {
  switch (id) {
    case "open-window":
      return openWindow(context, "update", [keptSchema(context)]);
    case "update-control-plane-schema":
      return updateControlPlaneSchema(context);
    case "update-instances":
      return updateInstances(context, optional);
    case "update-data-plane-schemas":
      return updateDataPlaneSchemas(context);
    case "close-window":
      return closeWindow(context, "update");
  }
}

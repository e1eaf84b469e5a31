import { compareSchema, createSchema } from "../konnect.js";
import type { MigrationStep } from "../plan.js";
import type { StepContext } from "./context.js";

export function uploadSchema({ newName, schemaFile }: StepContext): MigrationStep {
  return {
    id: "upload-schema",
    title: "Upload the schema to Konnect",
    need: "required",
    who: "control plane administrator",
    where: "the Konnect control plane",
    actions: [
      "Create the plugin's schema on the control plane. This pushes nothing.",
      "Create no instance yet: it would be pushed to data plane nodes that do not have the plugin.",
    ],
    instanceEdits: [],
    commands: [createSchema(schemaFile)],
    check: { expect: "The control plane answers with the schema.", commands: [compareSchema(newName, schemaFile)] },
    ifOutOfOrder: "Without the schema the control plane does not know the plugin, and refuses every instance of it.",
  };
}

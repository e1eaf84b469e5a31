import { compareHashes, dumpWithDeck, saveSchema, setEnvironment } from "../konnect.js";
import type { MigrationStep } from "../plan.js";
import { refusal, type StepContext } from "./context.js";

const backupFile = "kong.before.yaml";

export function openWindow({ oldName }: StepContext): MigrationStep {
  return {
    id: "open-window",
    title: "Open the migration window",
    need: "required",
    who: "change manager",
    where: "the control plane, and everything that writes to it",
    actions: [
      "Tell everybody who works with this control plane that nothing may be created, edited or deleted until the window is closed: any such change pushes a payload to every data plane node.",
      "Stop the pipelines that write to it: decK, Terraform, the ingress controller, scripts.",
      "Hold autoscaling and restarts of data plane nodes, except where a step below asks for one.",
      "Keep the schema and the entities as they are now, for the way back.",
    ],
    instanceEdits: [],
    commands: [setEnvironment(), saveSchema(oldName), dumpWithDeck(backupFile)],
    check: {
      expect: "Both files are there, and every data plane node is in sync before anything changes.",
      commands: [compareHashes()],
    },
    ifOutOfOrder: `A change that somebody makes in between pushes a payload, which every data plane node judges with the schema that it has at that moment. ${refusal}`,
  };
}

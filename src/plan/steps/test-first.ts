import { searchRefusals } from "../data-plane.js";
import { setEnvironment } from "../konnect.js";
import type { Command, MigrationStep } from "../plan.js";
import type { StepContext } from "./context.js";

/** Kong's page asks for it before all else, and answers for no custom plugin. */
export function testFirst({ path }: StepContext, commands: readonly Command[]): MigrationStep {
  const rehearse = path === "long" || path === "cp-dp-sync";
  return {
    id: "test-first",
    title: "Test the new version away from production",
    need: "required",
    who: "plugin developer",
    where: "a control plane and data plane nodes without production traffic",
    actions: [
      "Put the schema on a test control plane and the plugin's files on a data plane node of it.",
      "Create copies of real instances there, one for each combination of settings in use, and send requests through them.",
      ...(rehearse
        ? [
            "Rehearse the steps below there, in this order, with one data plane node left on the old version until its turn.",
          ]
        : []),
    ],
    instanceEdits: [],
    commands: [setEnvironment(), ...commands],
    check: {
      expect: "The test control plane accepts the schema and the instances, and no payload was refused.",
      commands: [searchRefusals()],
    },
    ifOutOfOrder:
      "What the test would have shown is found by production traffic; Kong does not answer for custom plugins.",
  };
}

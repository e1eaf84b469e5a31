import { searchRefusals } from "../data-plane.js";
import { compareHashes } from "../konnect.js";
import type { MigrationStep } from "../plan.js";

export function verify(actions: readonly string[]): MigrationStep {
  return {
    id: "verify",
    title: "See that it works",
    need: "required",
    who: "control plane administrator",
    where: "the control plane and the data plane nodes",
    actions,
    instanceEdits: [],
    commands: [compareHashes(), searchRefusals()],
    check: {
      expect: "Every data plane node is in sync and has refused no payload.",
      commands: [compareHashes(), searchRefusals()],
    },
    ifOutOfOrder: "A data plane node that was forgotten is noticed by the traffic that it serves, or does not serve.",
  };
}

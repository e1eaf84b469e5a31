import major from "semver/functions/major.js";
import minor from "semver/functions/minor.js";
import { selfManagedFacts } from "../kong/self-managed.js";
import type { Finding } from "../schema/model.js";
import type { OrderName } from "./node-order.js";
import type { StepContext } from "./steps/context.js";

/**
 * What a self-managed control plane's comparison of handler versions does to a rollout: it sends nothing to a data plane
 * node with another major, or with a higher minor than its own.
 */
export function versionGate({ from, to }: StepContext["versions"], order: OrderName): readonly Finding[] {
  if (from === null || to === null) return [];
  if (major(from) !== major(to)) {
    return [
      {
        id: "major-stops-the-push",
        severity: "warning",
        message: `From ${from} to ${to} the major of the handler's VERSION changes: from the update of the control plane on, it sends nothing to a data plane node until that node has ${to} too. Nodes that run keep their last configuration, and one that starts with the old version gets none. Side by side, under a new name, the gate does not apply.`,
        source: gateSource,
      },
    ];
  }
  if (order !== "data-planes-first" || minor(from) >= minor(to)) return [];
  return [
    {
      id: "minor-stops-the-push",
      severity: "warning",
      message: `Data plane nodes come first here, and from ${from} to ${to} the minor of the handler's VERSION rises: a node that has ${to} is sent nothing until the control plane has it too. Nodes that run keep their last configuration; start none in between.`,
      source: gateSource,
    },
  ];
}

const gateSource = selfManagedFacts[2].source;

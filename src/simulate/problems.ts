import type { RolloutNodes } from "./nodes.js";
import type { Outcome } from "./outcome.js";
import { type Group, payloadOf, type World } from "./world.js";

/** What may happen at any moment, planned by nobody. */
export type AdversarialEvent = "push" | "saved-again" | "restart" | "late-node";

/** From the worst to the mildest. */
export const problemKinds = [
  "not-finished",
  "edit-refused",
  "step-refused",
  "no-configuration",
  "values-changed",
  "payload-refused",
  "edit-breaks",
  "unknown",
] as const;

/**
 * `not-finished`: at the end a node has the old version, or refuses what is sent. `edit-refused`: the control plane refuses an edit of the
 * plan. `step-refused`: it refuses another step. `no-configuration`: a node that starts has none. `values-changed`: a restart gives handlers other values, validated by nobody.
 * `payload-refused`: a node goes on with its last configuration. `edit-breaks`: saving an instance again makes nodes refuse everything.
 * `unknown`: it hangs on what is not visible here.
 */
export type ProblemKind = (typeof problemKinds)[number];

export interface Problem {
  readonly kind: ProblemKind;
  /** What happened then; undefined where the step itself did it. */
  readonly event: AdversarialEvent | undefined;
  /** The data plane log's line, or what there is to say otherwise. */
  readonly detail: string;
}

/** All that one event can do wrong in this state. */
export function problemsIn(world: World, nodes: RolloutNodes): readonly Problem[] {
  const payload = payloadOf(world);
  return world.groups.flatMap((group) => [
    ...(group.isConnected ? ofOutcome(nodes.push(payload, group.has), "payload-refused", "push") : []),
    ...(group.isConnected && nodes.push(payload, group.has).verdict === "accepted"
      ? ofOutcome(nodes.pushSavedAgain(payload, world.controlPlane, group.has), "edit-breaks", "saved-again")
      : []),
    ...ofOutcome(nodes.push(payload, group.has), "no-configuration", "late-node"),
    ...restartProblems(group, nodes),
  ]);
}

function restartProblems(group: Group, nodes: RolloutNodes): readonly Problem[] {
  const changed = nodes.restart(group);
  if (changed.length === 0) return [];
  const detail = `${changed.length} of the instances come up with other values, which nobody has validated`;
  return [{ kind: "values-changed", event: "restart", detail }];
}

function ofOutcome(outcome: Outcome, kind: ProblemKind, event: AdversarialEvent): readonly Problem[] {
  switch (outcome.verdict) {
    case "accepted":
      return [];
    case "refused":
      return [{ kind, event, detail: outcome.log }];
    case "held-back":
      return [{ kind, event, detail: `the control plane sends nothing: ${outcome.reason}` }];
    case "unknown":
      return [{ kind: "unknown", event, detail: outcome.missing.join(", ") }];
  }
}

/** How many moments have each kind of problem; of two, the one with fewer of the worst is the better. */
export function compareProblems(a: readonly Problem[], b: readonly Problem[]): number {
  for (const kind of problemKinds) {
    const difference =
      a.filter((problem) => problem.kind === kind).length - b.filter((problem) => problem.kind === kind).length;
    if (difference !== 0) return difference;
  }
  return 0;
}

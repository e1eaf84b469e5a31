import { actionNames } from "../simulate/world.js";
import { describeActions, type Counterexample } from "../simulate/orders.js";
import type { Outcome } from "../simulate/outcome.js";
import type { SimulatedRollout } from "../simulate/instance-report.js";
import type { RolloutStep } from "../simulate/simulate-rollout.js";
import { hang } from "./layout.js";
import { neutralBlock } from "./neutral.js";
import { count } from "./words.js";

/** A simulated rollout: the timeline, the orders that were tried, and the ways back. */
export function rolloutLines(rollout: SimulatedRollout, width: number): readonly string[] {
  return [
    "Timeline",
    ...rollout.steps.flatMap((step, index) => stepLines(step, index, width)),
    "",
    "Orders",
    ...explorationLines(rollout, width),
    "",
    "Way back",
    ...rollout.waysBack.flatMap(({ after, actions, problems, losses }) =>
      hang(
        `- after step ${after}: `,
        `${describeActions(actions)}. ${problems.length === 0 ? "Nothing is refused on the way." : "Data plane nodes refuse payloads on the way."} ${losses.length === 0 ? "No value is lost." : `${count(losses.length, "value")} that only the backup has, or that the old schema has no place for.`}`,
        width,
      ),
    ),
    ...hang(
      "",
      rollout.pointOfNoReturn === undefined
        ? "There is no point of no return."
        : `The point of no return is ${rollout.pointOfNoReturn}: from there on only a backup has all values.`,
      width,
    ),
  ];
}

function stepLines(step: RolloutStep, index: number, width: number): readonly string[] {
  const title = step.action === undefined ? "before the first step" : `${actionNames[step.action]} (${step.id ?? ""})`;
  return [
    ...hang(`${index}. `, `${title}${step.isInSync ? "" : ", not in sync"}`, width),
    ...step.groups.flatMap((group) => [
      ...outcomeLines(`   ${group.name} (${group.has}), if something is pushed now: `, group.ifPushed, width),
      ...(group.ifPushed.verdict === "accepted" && group.ifSavedAgain.verdict !== "accepted"
        ? outcomeLines("   if an instance is saved again: ", group.ifSavedAgain, width)
        : []),
      ...(group.ifRestarted.length === 0
        ? []
        : hang(
            "   ",
            `a restart gives other values to ${count(group.ifRestarted.length, "instance")}, validated by nobody`,
            width,
          )),
    ]),
    ...outcomeLines("   a new node with the old version: ", step.newNode.withOldVersion, width, false),
    ...outcomeLines("   a new node with the new version: ", step.newNode.withNewVersion, width, false),
  ];
}

function outcomeLines(mark: string, outcome: Outcome, width: number, showsLog = true): readonly string[] {
  switch (outcome.verdict) {
    case "accepted":
      return hang(mark, "accepted", width);
    case "unknown":
      return hang(mark, `not known without ${outcome.missing.join(", ")}`, width);
    case "refused":
      return [
        ...hang(mark, `refused because of ${count(outcome.instances.length, "instance")}`, width),
        ...(showsLog
          ? neutralBlock(outcome.log)
              .split("\n")
              .map((line) => `     | ${line}`)
          : []),
      ];
  }
}

function explorationLines({ exploration }: SimulatedRollout, width: number): readonly string[] {
  const { verdict, orders, exposure, better, variants } = exploration;
  const words = {
    safe: `The plan's order is safe: no event at any moment makes a node refuse or lose anything (${orders} orders tried).`,
    best: `The plan's order is the best of ${orders}: every other one has as much that can go wrong, or more.`,
    "not-best": `Another order has less that can go wrong: ${describeActions(better ?? [])}.`,
    unknown: "Whether the order is the best hangs on what is not known here.",
  }[verdict];
  return [
    ...hang("", words, width),
    ...(exposure === undefined ? [] : hang("- ", `What can go wrong at worst: ${tell(exposure)}`, width)),
    ...variants.flatMap(({ change, verdict: judgement, counterexample }) => {
      const what =
        change.kind === "dropped"
          ? `To leave out "${actionNames[change.action]}"`
          : `To do "${actionNames[change.actions[1]]}" before "${actionNames[change.actions[0]]}"`;
      const shown = counterexample === undefined ? "" : `: ${tell(counterexample)}`;
      return hang("- ", `${what} is ${judgement}${shown}`, width);
    }),
  ];
}

function tell({ actions, problem }: Counterexample): string {
  const event = {
    push: "something is pushed",
    "saved-again": "an instance is saved again",
    restart: "a node restarts",
    "late-node": "a node starts",
    end: "that is all",
  }[problem.event ?? "end"];
  const [first = ""] = problem.detail.split("\n");
  return `${describeActions(actions)}, and ${event}: ${problem.kind}, ${first}`;
}

import type { Report } from "../report.js";
import type { SimulatedRollout } from "../simulate/instance-report.js";
import { type Counterexample, describeActions, type Variant } from "../simulate/orders.js";
import type { Outcome } from "../simulate/outcome.js";
import type { Problem, ProblemKind } from "../simulate/problems.js";
import type { Loss, WayBack } from "../simulate/rollback.js";
import type { RolloutGroup, RolloutStep } from "../simulate/simulate-rollout.js";
import { actionNames, type Held } from "../simulate/world.js";
import { hang } from "./layout.js";
import { neutralBlock } from "./neutral.js";
import { count, innerError } from "./words.js";

type About = Pick<Report, "plugin" | "distribution">;

/** A simulated rollout: the timeline, the orders that were tried, and the ways back. */
export function rolloutLines(about: About, rollout: SimulatedRollout, width: number): readonly string[] {
  const { steps, exploration, waysBack, pointOfNoReturn, notModelled } = rollout;
  return [
    "Timeline",
    ...steps.flatMap((step, index) => stepLines(about, step, index, width)),
    "",
    "Orders",
    ...explorationLines(exploration, width),
    "",
    "Way back",
    ...waysBack.flatMap((way) => hang(`- after step ${way.after}: `, tellWayBack(way), width)),
    ...hang(
      "",
      pointOfNoReturn === undefined
        ? "There is no point of no return."
        : `The point of no return is ${pointOfNoReturn}: from there on only a backup has all values.`,
      width,
    ),
    ...(notModelled.length === 0
      ? []
      : ["", "Not modelled", ...notModelled.flatMap((sentence) => hang("- ", sentence, width))]),
  ];
}

function stepLines(about: About, step: RolloutStep, index: number, width: number): readonly string[] {
  const title = step.action === undefined ? "before the first step" : `${actionNames[step.action]} (${step.id ?? ""})`;
  const { withOldVersion, withNewVersion } = step.newNode;
  return [
    ...hang(`${index}. `, `${title}${step.isInSync ? "" : ", not in sync"}`, width),
    ...step.groups.flatMap((group) => groupLines(about, group, width)),
    // What comes with the payload is the same for every node.
    ...(about.distribution === "installed"
      ? [
          ...outcomeLines(`   a new node ${versionWords("old", about)}: `, withOldVersion, width, false),
          ...outcomeLines(`   a new node ${versionWords("new", about)}: `, withNewVersion, width, false),
        ]
      : outcomeLines("   a new node: ", withNewVersion, width, false)),
  ];
}

function groupLines(about: About, group: RolloutGroup, width: number): readonly string[] {
  const { ifPushed, ifSavedAgain, ifRestarted } = group;
  const saved = about.plugin.old === null ? "an instance is created" : "an instance is saved";
  return [
    ...outcomeLines(
      `   ${group.name} ${versionWords(group.has, about)}, if something is pushed now: `,
      ifPushed,
      width,
    ),
    ...(ifPushed.verdict === "accepted" && ifSavedAgain.verdict !== "accepted"
      ? outcomeLines(`   if ${saved} now: `, ifSavedAgain, width)
      : []),
    ...(ifRestarted.length === 0
      ? []
      : hang(
          "   ",
          `a restart gives other values to ${count(ifRestarted.length, "instance")}, validated by nobody`,
          width,
        )),
  ];
}

function versionWords(has: Held, { plugin }: About): string {
  const isThere = { none: false, old: plugin.old !== null, new: plugin.new !== null, both: true }[has];
  if (!isThere) return "without the plugin";
  if (plugin.old === null || plugin.new === null) return "with the plugin";
  return has === "both" ? "with both versions" : `with the ${has} version`;
}

function outcomeLines(mark: string, outcome: Outcome, width: number, showsLog = true): readonly string[] {
  switch (outcome.verdict) {
    case "accepted":
      return hang(mark, "accepted", width);
    case "held-back":
      return hang(mark, `nothing is sent: ${outcome.reason}`, width);
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

function explorationLines(exploration: SimulatedRollout["exploration"], width: number): readonly string[] {
  const { verdict, orders, exposure, better, variants } = exploration;
  const words = {
    safe: `The plan's order is safe: no event at any moment makes a node refuse or lose anything (${count(orders, "order")} tried).`,
    best: `The plan's order is the best of ${orders}: every other one has as much that can go wrong, or more.`,
    "not-best": `Another order has less that can go wrong: ${describeActions(better ?? [])}.`,
    unknown: "Whether the order is the best hangs on what is not known here.",
  }[verdict];
  return [
    ...hang("", words, width),
    ...(exposure === undefined ? [] : hang("- At worst: ", tell(exposure), width)),
    ...variants.flatMap((variant) => hang("- ", tellVariant(variant), width)),
  ];
}

function tellVariant({ change, verdict, counterexample }: Variant): string {
  const what =
    change.kind === "dropped"
      ? `Without "${actionNames[change.action]}"`
      : `"${actionNames[change.actions[1]]}" before "${actionNames[change.actions[0]]}"`;
  return `${what}: ${verdictWords[verdict]}${counterexample === undefined ? "" : `, ${tell(counterexample)}`}`;
}

const verdictWords = {
  refuted: "worse",
  unneeded: "as good, so the step is not needed for these instances",
  "as-good": "as good",
  better: "better",
} as const satisfies Record<Variant["verdict"], string>;

/** `after "update the instances", when a node starts: it has no configuration, for in 'config': …` */
function tell({ actions, problem }: Counterexample): string {
  if (problem.kind === "not-finished") return problem.detail;
  const last = actions.at(-1);
  const moment = last === undefined ? "at once" : `after "${actionNames[last]}"`;
  const event = problem.event === undefined ? "" : `, when ${eventWords[problem.event]}`;
  return `${moment}${event}: ${tellProblem(problem)}`;
}

const eventWords = {
  push: "something is pushed",
  "saved-again": "an instance is saved",
  restart: "a node restarts",
  "late-node": "a node starts",
} as const satisfies Record<NonNullable<Problem["event"]>, string>;

function tellProblem({ kind, detail }: Problem): string {
  const consequence = consequences[kind];
  const [cause = ""] = [innerError(detail)].filter((text) => text !== "").concat(detail);
  // One entry of the log says it.
  const [first = ""] = cause.split(" - in entry ");
  return consequence === undefined ? cause : `${consequence}, for ${shortened(first)}`;
}

const consequences: Readonly<Partial<Record<ProblemKind, string>>> = {
  "no-configuration": "it has no configuration",
  "payload-refused": "data plane nodes go on with the last one",
  "edit-breaks": "data plane nodes refuse all that is sent",
  unknown: "nobody can tell",
};

const mostShown = 160;

function shortened(text: string): string {
  return text.length <= mostShown ? text : `${Array.from(text).slice(0, mostShown).join("")}…`;
}

function tellWayBack({ actions, problems, losses }: WayBack): string {
  const risk =
    problems.length === 0 ? "Nothing is refused on the way." : "Data plane nodes may refuse payloads on the way.";
  return `${describeActions(actions)}. ${risk} ${tellLosses(losses)}`;
}

function tellLosses(losses: readonly Loss[]): string {
  if (losses.length === 0) return "No value is lost.";
  const inBackup = losses.filter(({ why }) => why === "only-in-backup").length;
  const chosen = losses.length - inBackup;
  return [
    ...(inBackup === 0 ? [] : [`${count(inBackup, "value")} that only the backup has.`]),
    ...(chosen === 0 ? [] : [`${count(chosen, "value")} set for the new version that the old one has no place for.`]),
  ].join(" ");
}

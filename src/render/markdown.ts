import { updatePathNames } from "../kong/update-paths.js";
import type { Command } from "../plan/plan.js";
import type { Report } from "../report.js";
import type { InstanceReport } from "../simulate/instance-report.js";
import {
  shownChanges,
  strictestOf,
  type ShownChange,
  describeInstance,
  type NumberedStep,
  numberSteps,
  type CheckCommand,
  unacceptedFirst,
  whyByReason,
} from "./arrange.js";
import type { Finding } from "../schema/model.js";
import { appliedEdits, groupInstances, stepInstances, verdictNames } from "./arrange-instances.js";
import { type Detail, firstOf, inFull, shortened } from "./detail.js";
import { commentWords, fitOne, mostInMarkdown } from "./fit.js";
import { code, fenced, prose, row } from "./markdown-text.js";
import { neutralBlock } from "./neutral.js";
import { withShortLogs } from "./short-logs.js";
import { rolloutLines } from "./rollout.js";
import {
  aspectNames,
  columnNames,
  comparisonHeaders,
  comparisonTitle,
  count,
  deploymentOf,
  freezesIn,
  pathNameOf,
  provenName,
  tally,
  titleOf,
  witnessWords,
} from "./words.js";

/** A report as blocks of GitHub's Markdown, and as much of it as the detail says. */
export type Blocks = (report: Report, detail: Detail, remark?: readonly string[]) => readonly string[];

/** All of a report; the steps are folded away. */
export const planBlocks: Blocks = (report, detail, remark = []) => [
  ...headline(report, detail),
  ...remark,
  ...changes(report, detail),
  ...why(report, detail),
  ...instances(report, detail),
  ...yourInstances(report, detail),
  ...steps(report, detail),
  ...rollout(report, detail),
  ...comparison(report, detail),
  ...notes(report.findings, detail),
  ...leftOut(report, detail),
];

/** What becomes of the instances and the nodes, without the changes and the steps. */
export const rolloutBlocks: Blocks = (report, detail, remark = []) => [
  ...headline(report, detail),
  ...remark,
  ...yourInstances(report, detail),
  ...rollout(report, detail),
];

export function joined(blocks: readonly string[]): string {
  return `${blocks.join("\n\n")}\n`;
}

/** For a comment on a pull request: what is too long for one comes in less detail. */
export function renderMarkdown(report: Report, blocks: Blocks): string {
  const remark = [`*${commentWords}; ${code("--format text")} prints everything.*`];
  return fitOne((detail) => joined(blocks(report, detail, detail === inFull ? [] : remark)), mostInMarkdown);
}

function headline(report: Report, detail: Detail): readonly string[] {
  const deployment = deploymentOf(report);
  const say = (text: string) => prose(shortened(text, detail));
  return [
    `## ${say(titleOf(report))}`,
    ...(deployment === undefined ? [] : [`**Deployment:** ${prose(deployment)}`]),
    `**Update path: ${updatePathNames[report.path]}.** ${say(report.reason)}`,
    ...(detail === inFull ? [] : withoutAccepted(report)),
    ...(detail.reasons === "none" ? [] : [`**Version:** ${prose(report.version.reason)}`]),
  ];
}

/** The path that a gate acts on, where it is another: in full the rows of what was accepted say enough. */
export function withoutAccepted({ path, unacceptedPath }: Pick<Report, "path" | "unacceptedPath">): readonly string[] {
  return path === unacceptedPath ? [] : [`*Without what was accepted:* ${updatePathNames[unacceptedPath]}.`];
}

function yourInstances({ instanceReport }: Report, detail: Detail): readonly string[] {
  if (instanceReport === undefined) return [];
  const say = (text: string) => prose(shortened(text, detail));
  const { shown, others } = firstOf(groupInstances(instanceReport), detail, "row");
  const rows = shown.map(({ verdict, instances: all, places, words }) =>
    row([verdictNames[verdict], String(all.length), say(places), say(words)]),
  );
  return [
    "### Your instances",
    `**${say(instanceReport.sentence)}**`,
    ...(rows.length === 0
      ? []
      : [["| Verdict | Instances | Where | What |", "| --- | --- | --- | --- |", ...rows].join("\n")]),
    ...others,
  ];
}

/** Drawn up in columns, as at a terminal. */
function rollout(report: Report, detail: Detail): readonly string[] {
  const { instanceReport } = report;
  if (instanceReport === undefined) return [];
  const { rollout: run, notSimulated } = instanceReport;
  if (run === null) return notSimulated === undefined ? [] : ["### Rollout", prose(shortened(notSimulated, detail))];
  const lines = rolloutLines(report, withShortLogs(run, detail), rolloutWidth);
  const { shown, others } = firstOf(lines, detail, "line");
  return ["### Rollout", fenced(shown.join("\n"), "text"), ...others];
}

const rolloutWidth = 100;

function changes(report: Report, detail: Detail): string[] {
  const sorted = shownChanges(report.changes, (text) => shortened(text, detail));
  if (sorted.length === 0) return [];
  const isCut = sorted.length > detail.most;
  const { shown, others } = firstOf(isCut ? unacceptedFirst(sorted) : sorted, detail, "row");
  return [
    `### ${count(report.changes.length, "change")}: ${tally(report.changes)}`,
    ["| Path | Change | Kong's table | Kong's engine |", "| --- | --- | --- | --- |", ...shown.map(changeRow)].join(
      "\n",
    ),
    ...others,
    ...freezesIn(report).map(({ freeze, words }) => `*freeze ${freeze}:* ${words}.`),
  ];
}

function changeRow({ change, description }: ShownChange): string {
  const cell = change.row === null ? "no row" : change.column === null ? "not visible" : columnNames[change.column];
  return row([pathNameOf(change), prose(description), cell, provenName(change.proof)]);
}

function why(report: Report, detail: Detail): string[] {
  if (detail.reasons === "none") return [];
  const reasons = whyByReason(detail.reasons === "all" ? report.changes : strictestOf(report.changes));
  if (reasons.length === 0) return [];
  return [
    "### Why",
    reasons
      .map(
        ({ pathName, kind, reason, places, witness }) =>
          `- **${pathName}** ${prose(kind)}, ${places.map(code).join(", ")}: ${prose(reason)}${witness === undefined ? "" : `\n  *Witness:* ${prose(witnessWords(witness))}`}`,
      )
      .join("\n"),
  ];
}

function instances({ instances: all, plugin }: Report, detail: Detail): string[] {
  if (all === null) return [];
  const say = (text: string) => prose(shortened(text, detail));
  const { shown, others } = firstOf(all, detail, "instance");
  const items = shown.map((instance) => `- ${say(describeInstance(instance))}`);
  return [
    `### ${count(all.length, "instance")} of ${say(plugin.old ?? "")}`,
    ...(items.length === 0 ? [] : [items.join("\n")]),
    ...others,
  ];
}

function comparison(report: Report, detail: Detail): string[] {
  if (report.comparison === null || detail.reasons !== "all") return [];
  const [inPlace, sideBySide] = comparisonHeaders(report);
  const rows = report.comparison.rows.map((each) =>
    row([aspectNames[each.aspect], prose(each.inPlace), prose(each.sideBySide)]),
  );
  return [
    `### ${prose(comparisonTitle(report.comparison))}`,
    [row(["", inPlace, sideBySide]), "| --- | --- | --- |", ...rows].join("\n"),
  ];
}

function steps(report: Report, detail: Detail): string[] {
  if (report.steps.length === 0) return [];
  const heading = count(report.steps.length, "step");
  switch (detail.steps) {
    case "commands":
    case "words":
      return [
        `<details>\n<summary><strong>${heading}</strong></summary>`,
        ...numberSteps(report.steps).flatMap((step) => oneStep(step, report.instanceReport, detail)),
        "</details>",
      ];
    case "titles":
      return [
        `### ${heading}`,
        numberSteps(report.steps)
          .map((step) => `${step.number}. ${stepTitle(step)}`)
          .join("\n"),
      ];
    case "number":
      return [];
  }
}

function stepTitle({ step: { title, need } }: NumberedStep): string {
  return `${prose(title)}${need === "optional" ? " (if instances need it)" : ""}`;
}

function oneStep(numbered: NumberedStep, report: InstanceReport | undefined, detail: Detail): string[] {
  const { step, number, preconditions, checkCommands } = numbered;
  const some = <T>(commands: readonly T[]) => (detail.steps === "commands" ? commands : []);
  const about = stepInstances(step, report);
  const { edits, others } = appliedEdits(step, report);
  const items = [
    ...step.actions.map((action) => `- ${prose(action)}`),
    ...(about === undefined ? [] : [`- ${prose(about)}`]),
    ...edits.map(
      ({ edit, where }) =>
        `  - ${edit.action} ${code(edit.shownPath)}: ${prose(edit.sentence)}${where === undefined ? "" : ` ${prose(where)}`}`,
    ),
    ...(others === undefined ? [] : [`  - ${prose(others)}`]),
  ];
  return [
    `#### ${number}. ${stepTitle(numbered)}`,
    `*${prose(step.who)}: ${prose(step.where)}*`,
    ...preconditions.flatMap(({ expect, commands }) => [
      `**Before:** ${prose(expect)}`,
      ...some(commands).flatMap(checkBlock),
    ]),
    ...(items.length === 0 ? [] : [items.join("\n")]),
    ...some(step.commands).flatMap(commandBlock),
    `**Check:** ${prose(step.check.expect)}`,
    ...some(checkCommands).flatMap(checkBlock),
    `**Out of order:** ${prose(step.ifOutOfOrder)}`,
  ];
}

function commandBlock({ title, language, text }: Command): string[] {
  return [`${prose(title)}:`, fenced(neutralBlock(text).trimEnd(), language)];
}

function checkBlock({ command, shownInStep }: CheckCommand): string[] {
  return shownInStep === undefined ? commandBlock(command) : [`${prose(command.title)}: as in step ${shownInStep}.`];
}

export function notes(findings: readonly Finding[], detail: Detail): readonly string[] {
  if (findings.length === 0) return [];
  const isCut = findings.length > detail.notes;
  const { shown, others } = firstOf(isCut ? bySeverity(findings) : findings, { most: detail.notes }, "note");
  return ["### Notes", shown.map((finding) => `- ${prose(shortened(finding.message, detail))}`).join("\n"), ...others];
}

function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return (["error", "warning", "note"] as const).flatMap((one) => findings.filter(({ severity }) => severity === one));
}

/** What a report in less detail does without, beside what its lists say themselves. */
function leftOut({ changes: all, comparison: ways, steps: ordered }: Report, detail: Detail): readonly string[] {
  const twoWays = ways === null ? [] : ["the comparison of two ways"];
  const others = all.some(({ accepted }) => accepted !== undefined) ? "milder or accepted" : "milder";
  const reasonWords = {
    all: [],
    strictest: [
      ...(strictestOf(all).length < all.length ? [`why the ${others} changes have their path`] : []),
      ...twoWays,
    ],
    none: [...(all.length === 0 ? [] : ["why the changes have their path"]), ...twoWays, "the version"],
  } as const satisfies Record<Detail["reasons"], readonly string[]>;
  const stepWords = {
    commands: [],
    words: ["the commands of the steps"],
    titles: ["what each step asks for, and its commands"],
    number: [`the ${count(ordered.length, "step")}`],
  } as const satisfies Record<Detail["steps"], readonly string[]>;
  const words = [...reasonWords[detail.reasons], ...(ordered.length === 0 ? [] : stepWords[detail.steps])];
  return words.length === 0 ? [] : [`*Left out: ${words.join("; ")}.*`];
}

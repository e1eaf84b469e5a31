import { updatePathNames } from "../kong/update-paths.js";
import type { Command } from "../plan/plan.js";
import type { Report } from "../report.js";
import type { InstanceReport } from "../simulate/instance-report.js";
import {
  shownChanges,
  type ShownChange,
  describeInstance,
  type NumberedStep,
  numberSteps,
  type CheckCommand,
  whyByReason,
} from "./arrange.js";
import type { Finding } from "../schema/model.js";
import { appliedEdits, groupInstances, stepInstances, verdictNames } from "./arrange-instances.js";
import { code, fenced, prose, row } from "./markdown-text.js";
import { neutralBlock } from "./neutral.js";
import { rolloutLines } from "./rollout.js";
import type { ReportOfSeveral } from "./several.js";
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
  shortPathNames,
  tally,
  titleOf,
  witnessWords,
} from "./words.js";

/** For a comment on a pull request, in GitHub's Markdown: the steps are folded away. */
export function renderMarkdown(report: Report): string {
  const blocks = [
    ...headline(report),
    ...changes(report),
    ...why(report),
    ...instances(report),
    ...yourInstances(report),
    ...steps(report),
    ...rollout(report),
    ...comparison(report),
    ...notes(report.findings),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** What becomes of the instances and the nodes, without the changes and the steps. */
export function renderRolloutMarkdown(report: Report): string {
  return `${[...headline(report), ...yourInstances(report), ...rollout(report)].join("\n\n")}\n`;
}

function headline(report: Report): readonly string[] {
  const deployment = deploymentOf(report);
  return [
    `## ${prose(titleOf(report))}`,
    ...(deployment === undefined ? [] : [`**Deployment:** ${prose(deployment)}`]),
    `**Update path: ${updatePathNames[report.path]}.** ${prose(report.reason)}`,
    `**Version:** ${prose(report.version.reason)}`,
  ];
}

function yourInstances({ instanceReport }: Report): readonly string[] {
  if (instanceReport === undefined) return [];
  const rows = groupInstances(instanceReport).map(({ verdict, instances: all, places, words }) =>
    row([verdictNames[verdict], String(all.length), prose(places), prose(words)]),
  );
  return [
    "### Your instances",
    `**${prose(instanceReport.sentence)}**`,
    ...(rows.length === 0
      ? []
      : [["| Verdict | Instances | Where | What |", "| --- | --- | --- | --- |", ...rows].join("\n")]),
  ];
}

/** Drawn up in columns, as at a terminal. */
function rollout(report: Report): readonly string[] {
  const { instanceReport } = report;
  if (instanceReport === undefined) return [];
  const { rollout: run, notSimulated } = instanceReport;
  if (run === null) return notSimulated === undefined ? [] : ["### Rollout", prose(notSimulated)];
  const body = rolloutLines(report, run, rolloutWidth).join("\n");
  return ["### Rollout", fenced(body, "text")];
}

const rolloutWidth = 100;

/** A table of all plugins, then the report of each. */
export function renderSeveralAsMarkdown({ path, plugins, unchanged, findings }: ReportOfSeveral): string {
  const rows = plugins.map((report) =>
    row([prose(titleOf(report)), String(report.changes.length), shortPathNames[report.path]]),
  );
  const summary = [
    `**Strictest update path of ${count(plugins.length, "plugin")}: ${updatePathNames[path]}.**`,
    ...(unchanged.length === 0 ? [] : [`Unchanged: ${unchanged.map(code).join(", ")}.`]),
    ["| Plugin | Changes | Path |", "| --- | --- | --- |", ...rows].join("\n"),
    ...notes(findings),
  ];
  return [`${summary.join("\n\n")}\n`, ...plugins.map(renderMarkdown)].join("\n");
}

function changes(report: Report): string[] {
  const sorted = shownChanges(report.changes);
  if (sorted.length === 0) return [];
  return [
    `### ${count(report.changes.length, "change")}: ${tally(report.changes)}`,
    ["| Path | Change | Kong's table | Kong's engine |", "| --- | --- | --- | --- |", ...sorted.map(changeRow)].join(
      "\n",
    ),
    ...freezesIn(report).map(({ freeze, words }) => `*freeze ${freeze}:* ${words}.`),
  ];
}

function changeRow({ change, description }: ShownChange): string {
  const cell = change.row === null ? "no row" : change.column === null ? "not visible" : columnNames[change.column];
  return row([pathNameOf(change), prose(description), cell, provenName(change.proof)]);
}

function why(report: Report): string[] {
  const reasons = whyByReason(report.changes);
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

function instances({ instances: all, plugin }: Report): string[] {
  if (all === null) return [];
  const items = all.map((instance) => `- ${prose(describeInstance(instance))}`);
  return [
    `### ${count(all.length, "instance")} of ${prose(plugin.old ?? "")}`,
    ...(items.length === 0 ? [] : [items.join("\n")]),
  ];
}

function comparison(report: Report): string[] {
  if (report.comparison === null) return [];
  const [inPlace, sideBySide] = comparisonHeaders(report);
  const rows = report.comparison.rows.map((each) =>
    row([aspectNames[each.aspect], prose(each.inPlace), prose(each.sideBySide)]),
  );
  return [
    `### ${prose(comparisonTitle(report.comparison))}`,
    [row(["", inPlace, sideBySide]), "| --- | --- | --- |", ...rows].join("\n"),
  ];
}

function steps(report: Report): string[] {
  if (report.steps.length === 0) return [];
  return [
    `<details>\n<summary><strong>${count(report.steps.length, "step")}</strong></summary>`,
    ...numberSteps(report.steps).flatMap((step) => oneStep(step, report.instanceReport)),
    "</details>",
  ];
}

function oneStep(
  { step, number, preconditions, checkCommands }: NumberedStep,
  report: InstanceReport | undefined,
): string[] {
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
    `#### ${number}. ${prose(step.title)}${step.need === "optional" ? " (if instances need it)" : ""}`,
    `*${prose(step.who)}: ${prose(step.where)}*`,
    ...preconditions.flatMap(({ expect, commands }) => [
      `**Before:** ${prose(expect)}`,
      ...commands.flatMap(checkBlock),
    ]),
    ...(items.length === 0 ? [] : [items.join("\n")]),
    ...step.commands.flatMap(commandBlock),
    `**Check:** ${prose(step.check.expect)}`,
    ...checkCommands.flatMap(checkBlock),
    `**Out of order:** ${prose(step.ifOutOfOrder)}`,
  ];
}

function commandBlock({ title, language, text }: Command): string[] {
  return [`${prose(title)}:`, fenced(neutralBlock(text).trimEnd(), language)];
}

function checkBlock({ command, shownInStep }: CheckCommand): string[] {
  return shownInStep === undefined ? commandBlock(command) : [`${prose(command.title)}: as in step ${shownInStep}.`];
}

function notes(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  return ["### Notes", findings.map((finding) => `- ${prose(finding.message)}`).join("\n")];
}

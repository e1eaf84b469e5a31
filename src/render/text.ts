import { updatePathNames, type UpdatePath } from "../kong/update-paths.js";
import type { Command } from "../plan/plan.js";
import type { Report, ReportedChange } from "../report.js";
import type { InstanceReport } from "../simulate/instance-report.js";
import {
  shownChanges,
  type ShownChange,
  describeInstance,
  type CheckCommand,
  type NumberedStep,
  numberSteps,
  whyByReason,
} from "./arrange.js";
import { appliedEdits, stepInstances } from "./arrange-instances.js";
import { instanceLines } from "./instances.js";
import { hang, type Palette, table } from "./layout.js";
import type { Finding } from "../schema/model.js";
import { neutralBlock, neutralLine } from "./neutral.js";
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

export interface TextOptions {
  /** In characters; 100 by default. */
  readonly width: number;
  readonly palette: Palette;
}

const margin = "             ";

/** For people at a terminal: the changes as a table, the path and why, the steps with their commands. */
export function renderText(report: Report, options: TextOptions): string {
  const parts = [
    headline(report, options),
    changes(report, options),
    why(report, options),
    instances(report, options),
    yourInstances(report, options),
    steps(report, options),
    rollout(report, options),
    comparison(report, options),
    notes(report.findings, options),
  ];
  return joined(parts);
}

/** What becomes of the instances and the nodes, without the changes and the steps' commands. */
export function renderRolloutText(report: Report, options: TextOptions): string {
  return joined([headline(report, options), yourInstances(report, options), rollout(report, options)]);
}

function joined(parts: readonly (readonly string[])[]): string {
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function yourInstances({ instanceReport }: Report, { width }: TextOptions): readonly string[] {
  return instanceReport === undefined ? [] : instanceLines(instanceReport, width);
}

function rollout(report: Report, { width }: TextOptions): readonly string[] {
  const { instanceReport } = report;
  if (instanceReport === undefined) return [];
  const { rollout: run, notSimulated } = instanceReport;
  if (run === null) return notSimulated === undefined ? [] : hang("Rollout      ", notSimulated, width);
  return rolloutLines(report, run, width);
}

/** A table of all plugins, then the report of each. */
export function renderSeveralAsText(report: ReportOfSeveral, options: TextOptions): string {
  const { width, palette } = options;
  const { path, plugins, unchanged, findings } = report;
  const rows = plugins.map((plugin) => [titleOf(plugin), String(plugin.changes.length), shortPathNames[plugin.path]]);
  const summary = [
    `Update path  ${palette.bold(paint(path, updatePathNames[path], palette))}, the strictest of ${count(plugins.length, "plugin")}`,
    ...(unchanged.length === 0 ? [] : hang("Unchanged    ", unchanged.join(", "), width)),
    "",
    ...table(
      [
        { header: "Plugin" },
        { header: "Changes", width: 7 },
        { header: "Path", width: 10, paint: (text, row) => paint(plugins[row]?.path ?? "none", text, palette) },
      ],
      rows,
      width,
      palette,
    ),
    ...(findings.length === 0 ? [] : ["", ...notes(findings, options)]),
  ];
  const rule = palette.dim("═".repeat(width));
  return [`${summary.join("\n")}\n`, ...plugins.map((plugin) => `\n${rule}\n\n${renderText(plugin, options)}`)].join(
    "",
  );
}

function headline(report: Report, { width, palette }: TextOptions): string[] {
  const { path, officialPath, proof, reason, version } = report;
  const deployment = deploymentOf(report);
  const table =
    officialPath === null || officialPath === path
      ? []
      : [`Of this, Kong's table says ${updatePathNames[officialPath]}.`];
  const engine = proof === null || report.changes.length === 0 ? [] : [`Kong's engine: ${provenName(proof)}.`];
  return [
    palette.bold(neutralLine(titleOf(report))),
    "",
    ...(deployment === undefined ? [] : hang("Deployment   ", deployment, width)),
    `Update path  ${palette.bold(paint(path, updatePathNames[path], palette))}`,
    ...hang(margin, [reason, ...table, ...engine].join(" "), width),
    ...hang("Version      ", version.reason, width),
  ];
}

function changes(report: Report, { width, palette }: TextOptions): string[] {
  const sorted = shownChanges(report.changes);
  if (sorted.length === 0) return [];
  const rows = sorted.map((shown) => [
    pathNameOf(shown.change),
    shown.description,
    cell(shown.change),
    provenName(shown.change.proof),
    lines(shown),
  ]);
  return [
    heading(`${count(report.changes.length, "change")}: ${tally(report.changes)}`, palette),
    "",
    ...table(
      [
        {
          header: "Path",
          width: 10,
          paint: (text, row) => paint(sorted[row]?.change.updatePath ?? "none", text, palette),
        },
        { header: "Change" },
        { header: "Kong's table", width: 13 },
        { header: "Kong's engine", width: 13 },
        { header: "Line", width: 12, paint: palette.dim },
      ],
      rows,
      width,
      palette,
    ),
    ...freezesIn(report).flatMap(({ freeze, words }) => ["", ...hang(`freeze ${freeze}: `, words, width)]),
  ];
}

/** The column of the documented table; what the table is silent about has none. */
function cell({ column, row }: ReportedChange): string {
  if (row === null) return "no row";
  return column === null ? "not visible" : columnNames[column];
}

/** `55 → 61`: where it stands in the old and in the new source. */
function lines({ change: { positions }, places }: ShownChange): string {
  if (places.length > 1) return "";
  const [old, next] = (["old", "new"] as const).map(
    (side) => positions.find((position) => position.side === side)?.line,
  );
  if (old !== undefined && next !== undefined) return `${old} → ${next}`;
  if (old !== undefined) return `${old} →`;
  return next === undefined ? "" : `→ ${next}`;
}

function why(report: Report, { width, palette }: TextOptions): string[] {
  const reasons = whyByReason(report.changes);
  if (reasons.length === 0) return [];
  return [
    heading("Why", palette),
    ...reasons.flatMap(({ path, pathName, kind, reason, places, witness }) => [
      "",
      ...hang(`${pathName.padEnd(10)}  `, `${kind}: ${places.join(", ")}`, width).map((line) =>
        paint(path, line, palette),
      ),
      ...hang(margin.slice(1), reason, width),
      ...(witness === undefined ? [] : hang(`${margin.slice(1)}Witness: `, witnessWords(witness), width)),
    ]),
  ];
}

function instances(report: Report, { width, palette }: TextOptions): string[] {
  if (report.instances === null) return [];
  return [
    heading(`${count(report.instances.length, "instance")} of ${neutralLine(report.plugin.old ?? "")}`, palette),
    ...report.instances.flatMap((instance) => hang("- ", describeInstance(instance), width)),
  ];
}

function comparison(report: Report, { width, palette }: TextOptions): string[] {
  if (report.comparison === null) return [];
  const [inPlace, sideBySide] = comparisonHeaders(report);
  const half = Math.floor((width - 12) / 2);
  return [
    ...hang("", comparisonTitle(report.comparison), width).map((line) => heading(line, palette)),
    "",
    ...table(
      [{ header: "", width: 8 }, { header: inPlace, width: half }, { header: sideBySide }],
      report.comparison.rows.map((row) => [aspectNames[row.aspect], row.inPlace, row.sideBySide]),
      width,
      palette,
    ),
  ];
}

function steps(report: Report, options: TextOptions): string[] {
  if (report.steps.length === 0) return [];
  return [
    heading("Steps", options.palette),
    ...numberSteps(report.steps).flatMap((step) => ["", ...oneStep(step, report.instanceReport, options)]),
  ];
}

const indent = "    ";

function oneStep(
  numbered: NumberedStep,
  report: InstanceReport | undefined,
  { width, palette }: TextOptions,
): string[] {
  const { step, number, preconditions, checkCommands } = numbered;
  const { edits, others } = appliedEdits(step, report);
  const title = step.need === "optional" ? `${step.title} (if instances need it)` : step.title;
  return [
    ...hang(`${number}.`.padEnd(4), title, width).map(palette.bold),
    ...hang(indent, `${step.who}: ${step.where}`, width).map(palette.dim),
    ...preconditions.flatMap(({ expect, commands }) => [
      ...hang(`${indent}Before: `, expect, width),
      ...commands.flatMap((command) => ["", ...checkLines(command, palette)]),
      ...(commands.length === 0 ? [] : [""]),
    ]),
    ...step.actions.flatMap((action) => hang(`${indent}- `, action, width)),
    ...optional(stepInstances(step, report)).flatMap((words) => hang(`${indent}- `, words, width)),
    ...edits.flatMap(({ edit, where }) => [
      ...hang(`${indent}  ${edit.action.padEnd(7)}  `, edit.sentence, width),
      ...optional(where).flatMap((words) => hang(`${indent}           `, words, width)),
    ]),
    ...optional(others).flatMap((words) => hang(`${indent}  none     `, words, width)),
    ...step.commands.flatMap((command) => ["", ...commandLines(command, palette)]),
    "",
    ...hang(`${indent}Check: `, step.check.expect, width),
    ...checkCommands.flatMap((command) => ["", ...checkLines(command, palette)]),
    "",
    ...hang(`${indent}Out of order: `, step.ifOutOfOrder, width),
  ];
}

function optional(words: string | undefined): readonly string[] {
  return words === undefined ? [] : [words];
}

function commandLines({ title, text }: Command, palette: Palette): string[] {
  const lines = neutralBlock(text).trimEnd().split("\n");
  return [
    indent + palette.dim(`# ${neutralLine(title)}`),
    ...lines.map((line) => (line === "" ? "" : indent + palette.cyan(line))),
  ];
}

function checkLines({ command, shownInStep }: CheckCommand, palette: Palette): string[] {
  if (shownInStep === undefined) return commandLines(command, palette);
  return [indent + palette.dim(`# ${neutralLine(command.title)}: as in step ${shownInStep}`)];
}

function notes(findings: readonly Finding[], { width, palette }: TextOptions): string[] {
  if (findings.length === 0) return [];
  return [heading("Notes", palette), ...findings.flatMap((finding) => hang("- ", finding.message, width))];
}

function heading(text: string, palette: Palette): string {
  return palette.bold(text);
}

function paint(path: UpdatePath, text: string, palette: Palette): string {
  switch (path) {
    case "cp-dp-sync":
      return palette.red(text);
    case "long":
      return palette.yellow(text);
    case "short":
    case "none":
      return palette.green(text);
  }
}

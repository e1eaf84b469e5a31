import { updatePathNames } from "../kong/update-paths.js";
import type { Report } from "../report.js";
import { stricterFirst } from "./arrange.js";
import { type Detail, firstOf, inFull, shortened } from "./detail.js";
import { commentWords, fitAll, fitOne, mostInMarkdown } from "./fit.js";
import { code, prose, row } from "./markdown-text.js";
import { type Blocks, joined, notes, planBlocks, rolloutBlocks, withoutAccepted } from "./markdown.js";
import type { ReportOfSeveral } from "./several.js";
import { count, shortPathNames, titleOf } from "./words.js";

/** A table of all plugins, then the report of each. */
export function renderSeveralAsMarkdown(report: ReportOfSeveral): string {
  const whole = [joined(summary(report, inFull)), ...report.plugins.map((one) => joined(planBlocks(one, inFull)))];
  return whole.join("\n").length <= mostInMarkdown ? whole.join("\n") : shortenedReports(report, planBlocks);
}

/** The rollout of each plugin. */
export function renderSeveralRolloutsAsMarkdown(report: ReportOfSeveral): string {
  const whole = report.plugins.map((one) => joined(rolloutBlocks(one, inFull))).join("\n");
  return whole.length <= mostInMarkdown ? whole : shortenedReports(report, rolloutBlocks);
}

/**
 * The table of the plugins in up to half of the room, then as much of each as has room. First comes what is strictest
 * without what was accepted, since a gate acts on it.
 */
function shortenedReports(report: ReportOfSeveral, blocks: Blocks): string {
  const plugins = strictestFirst(report.plugins);
  const start = (missing: number) =>
    fitOne((detail) => joined(summary({ ...report, plugins }, detail, missing)), mostInMarkdown / 2);
  const texts = fitAll(
    plugins.map((one) => (detail) => `\n${joined(blocks(one, detail))}`),
    mostInMarkdown - start(plugins.length).length,
  );
  return start(texts.filter((text) => text === "").length) + texts.join("");
}

function remark(missing: number): string {
  const left = missing === 0 ? "" : `, and ${count(missing, "plugin")} left out`;
  return `*${commentWords}: the strictest plugins come first and in most detail${left}. ${code("--format text")} prints everything, a run for one plugin alone more of it.*`;
}

/** Of a shortened run with how many plugins are missing. */
function summary(report: ReportOfSeveral, detail: Detail, missing?: number): readonly string[] {
  const { path, plugins, unchanged, findings } = report;
  const remarks = missing === undefined ? [] : [remark(missing), ...withoutAccepted(report)];
  const { shown, others } = firstOf(plugins, detail, "row");
  const rows = shown.map((one) =>
    row([
      prose(shortened(titleOf(one), detail)),
      String(one.changes.length),
      missing === undefined ? shortPathNames[one.path] : bothPaths(one),
    ]),
  );
  return [
    `**Strictest update path of ${count(plugins.length, "plugin")}: ${updatePathNames[path]}.**`,
    ...remarks,
    ...unchangedWords(unchanged, detail),
    ["| Plugin | Changes | Path |", "| --- | --- | --- |", ...rows].join("\n"),
    ...others,
    ...notes(findings, detail),
  ];
}

function bothPaths({ path, unacceptedPath }: Report): string {
  const least = path === unacceptedPath ? "" : ` (without what was accepted: ${shortPathNames[unacceptedPath]})`;
  return shortPathNames[path] + least;
}

function unchangedWords(unchanged: readonly string[], detail: Detail): readonly string[] {
  if (unchanged.length === 0) return [];
  const names = unchanged.slice(0, detail.most).map((name) => code(shortened(name, detail)));
  const more = unchanged.length - names.length;
  return [`Unchanged: ${names.join(", ")}${more === 0 ? "" : ` and ${count(more, "other")}`}.`];
}

function strictestFirst(plugins: readonly Report[]): readonly Report[] {
  return plugins.toSorted((a, b) => stricterFirst(a.unacceptedPath, b.unacceptedPath) || stricterFirst(a.path, b.path));
}

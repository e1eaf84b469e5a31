import type { LintFinding } from "../lint/finding.js";
import type { LintReport, PluginLintReport } from "../lint/lint-plugin.js";
import { command, levelOfSeverity, placeProperties } from "./github.js";
import { hang, type Palette, plainPalette } from "./layout.js";
import { code, prose, row } from "./markdown-text.js";
import { neutralJson, neutralLine } from "./neutral.js";
import type { Format, RenderOptions } from "./render.js";
import { count } from "./words.js";

/** Renders the findings of `lintPlugins`, with a line end after the last line. Whatever a plugin's author wrote comes out as inert text. */
export function renderLint(report: LintReport, format: Format, options: RenderOptions = {}): string {
  const { width = 100, palette = plainPalette } = options;
  switch (format) {
    case "text":
      return asText(report, width, palette);
    case "markdown":
      return asMarkdown(report);
    case "json":
      return `${neutralJson(JSON.stringify(report, null, 2))}\n`;
    case "github":
      return allFindings(report).map(asCommand).join("");
  }
}

/** `2 errors, 1 note left`, `nothing found`. */
function verdictOf({ left, plugins, findings }: LintReport): string {
  const numbers = (["error", "warning", "note"] as const)
    .filter((severity) => left[severity] > 0)
    .map((severity) => count(left[severity], severity));
  const accepted = [...plugins.flatMap((plugin) => plugin.findings), ...findings].filter(isAccepted).length;
  const beside = accepted === 0 ? "" : ` (${accepted} accepted)`;
  return `${numbers.length === 0 ? "nothing found" : numbers.join(", ")}${beside}`;
}

function allFindings({ plugins, findings }: LintReport): readonly LintFinding[] {
  return [...plugins.flatMap((plugin) => plugin.findings), ...findings];
}

function isAccepted({ accepted }: LintFinding): boolean {
  return accepted !== undefined;
}

function titleOf({ plugin, folder }: PluginLintReport): string {
  if (plugin === null) return folder ?? "plugin";
  return folder === null ? plugin : `${plugin} (${folder})`;
}

function placeOf({ position }: LintFinding): string {
  return position === undefined ? "" : `${position.file ?? "the source"}:${position.line}:${position.column}`;
}

const indent = "           ";

function asText(report: LintReport, width: number, palette: Palette): string {
  const groups = report.plugins
    .filter(({ findings }) => findings.length > 0)
    .map((plugin) => [palette.bold(neutralLine(titleOf(plugin))), ...plugin.findings.flatMap(lines)]);
  const further = report.findings.length === 0 ? [] : [report.findings.flatMap(lines)];
  const summary = [`${count(report.plugins.length, "plugin")}: ${palette.bold(verdictOf(report))}`];
  return `${[...groups, ...further, summary].map((group) => group.join("\n")).join("\n\n")}\n`;

  function lines(finding: LintFinding): string[] {
    const { accepted, severity, id, message, remedy } = finding;
    const label = `  ${(accepted === undefined ? severity : "accepted").padEnd(8)} `;
    const place = placeOf(finding);
    const [first = "", ...rest] = hang(label, `${place}${place === "" ? "" : "  "}${id}`, width);
    const paint = accepted === undefined ? painters[severity](palette) : palette.dim;
    return [
      paint(first.slice(0, label.length)) + first.slice(label.length),
      ...rest,
      ...hang(indent, message, width),
      ...hang(indent, accepted === undefined ? remedy : `Accepted: ${accepted.reason}`, width).map(palette.dim),
    ];
  }
}

const painters = {
  error: (palette: Palette) => palette.red,
  warning: (palette: Palette) => palette.yellow,
  note: (palette: Palette) => palette.cyan,
} as const satisfies Record<LintFinding["severity"], unknown>;

function asMarkdown(report: LintReport): string {
  const groups = report.plugins.flatMap((plugin) => [
    `## ${prose(titleOf(plugin))}`,
    plugin.findings.length === 0 ? "Nothing found." : tableOf(plugin.findings),
  ]);
  const further = report.findings.length === 0 ? [] : [tableOf(report.findings)];
  return `${[`**${count(report.plugins.length, "plugin")}: ${verdictOf(report)}.**`, ...groups, ...further].join("\n\n")}\n`;
}

function tableOf(findings: readonly LintFinding[]): string {
  const rows = findings.map((finding) => {
    const { accepted, severity, id, message, position, remedy, source } = finding;
    const rule = source === undefined ? code(id) : `[${code(id)}](${source})`;
    const todo = accepted === undefined ? remedy : `Accepted: ${accepted.reason}`;
    return row([
      accepted === undefined ? severity : "accepted",
      position === undefined ? "" : code(placeOf(finding)),
      rule,
      `${prose(message)}. ${prose(todo)}`,
    ]);
  });
  return ["| Severity | Place | Rule | Finding |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function asCommand(finding: LintFinding): string {
  const { accepted, severity, id, message, remedy, position } = finding;
  const todo = accepted === undefined ? remedy : `Accepted: ${accepted.reason}`;
  const level = accepted === undefined ? levelOfSeverity[severity] : "notice";
  return `${command(level, { ...placeProperties(position), title: id }, `${message}. ${todo}`)}\n`;
}

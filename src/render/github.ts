import { updatePathNames, type UpdatePath } from "../kong/update-paths.js";
import type { Report } from "../report.js";
import type { InstanceVerdictId } from "../instances/verdict.js";
import type { Finding } from "../schema/model.js";
import type { InstanceReport } from "../simulate/instance-report.js";
import { groupInstances, tallyInstances, verdictNames } from "./arrange-instances.js";
import { ownReason, shownChanges, type ShownChange } from "./arrange.js";
import { neutralBlock } from "./neutral.js";
import type { ReportOfSeveral } from "./several.js";
import { count, pathNameOf, titleOf } from "./words.js";

type Level = "error" | "warning" | "notice";

/** One annotation per line, the strictest first: GitHub shows ten of each level. */
export function renderGithub(report: Report): string {
  const summary = `${updatePathNames[report.path]} (${count(report.changes.length, "change")}). ${report.reason}`;
  return [
    command("notice", { title: titleOf(report) }, summary),
    ...shownChanges(report.changes).map(changeCommand),
    ...report.findings.map(findingCommand),
    ...(report.instanceReport === undefined ? [] : instanceCommands(report.instanceReport)),
    "",
  ].join("\n");
}

/** The annotations of each plugin, then those of the run. */
export function renderSeveralForGithub({ plugins, findings }: ReportOfSeveral): string {
  return [...plugins.map(renderGithub), ...findings.map((finding) => `${findingCommand(finding)}\n`)].join("");
}

const levelOfPath = {
  none: "notice",
  short: "notice",
  long: "warning",
  "cp-dp-sync": "error",
} as const satisfies Record<UpdatePath, Level>;

export const levelOfSeverity = { error: "error", warning: "warning", note: "notice" } as const satisfies Record<
  Finding["severity"],
  Level
>;

function changeCommand({ change, places, description }: ShownChange): string {
  // Only the new source is in the checkout that GitHub shows; a change of what is gone points at the old one in words.
  const place = change.positions.find((position) => position.side === "new");
  const gone = place === undefined ? change.positions[0] : undefined;
  const before = gone === undefined ? "" : ` (${gone.file ?? "old schema"}:${gone.line})`;
  const [what, where] =
    places.length === 1 ? [change.shownPath, ""] : [`${places.length} parameters`, `: ${places.join(", ")}`];
  return command(
    change.accepted === undefined ? levelOfPath[change.updatePath] : "notice",
    { ...placeProperties(place), title: `${pathNameOf(change)}: ${what}` },
    `${description}${before}${where}. ${ownReason(change)}`,
  );
}

function findingCommand(finding: Finding): string {
  return command(
    levelOfSeverity[finding.severity],
    { ...placeProperties(finding.position), title: finding.id },
    finding.message,
  );
}

const levelOfVerdict = {
  "already-invalid": "error",
  "needs-decision": "error",
  "must-change": "warning",
  unknown: "warning",
  drifts: "notice",
  untouched: "notice",
} as const satisfies Record<InstanceVerdictId, Level>;

/** One for all instances together, and one for each group of those that are affected, at the first of them. */
function instanceCommands(report: InstanceReport): readonly string[] {
  const tally = report.instances.length === 0 ? "" : ` ${tallyInstances(report)}.`;
  const affected = groupInstances(report).filter(({ verdict }) => verdict !== "untouched");
  return [
    command("notice", { title: "Your instances" }, `${report.sentence}${tally}`),
    ...affected.map(({ verdict, instances, places, words }) => {
      const [first] = instances;
      const place = first?.file === undefined ? undefined : { file: first.file, line: first.line, column: 1 };
      const title = `${verdictNames[verdict]}: ${count(instances.length, "instance")}`;
      return command(levelOfVerdict[verdict], { ...placeProperties(place), title }, `${places}. ${words}`);
    }),
  ];
}

interface Properties {
  readonly file?: string;
  readonly line?: string;
  readonly col?: string;
  readonly title: string;
}

export function placeProperties(
  place: { readonly file?: string; readonly line: number; readonly column: number } | undefined,
) {
  // A text from standard input or from a git tree is no file of the checkout.
  if (place?.file === undefined || /^(stdin$|git:)/.test(place.file)) return {};
  return { file: place.file, line: String(place.line), col: String(place.column) };
}

export function command(level: Level, properties: Properties, message: string): string {
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${level} ${written.join(",")}::${escapeData(message)}`;
}

/** As GitHub's own toolkit escapes them (`@actions/core`, command.ts). */
function escapeData(text: string): string {
  return neutralBlock(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

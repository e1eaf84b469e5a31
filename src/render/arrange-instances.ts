import type { InstanceVerdictId } from "../instances/verdict.js";
import type { ReportedInstanceEdit, ReportedStep } from "../report.js";
import type { InstanceReport, JudgedInstance } from "../simulate/instance-report.js";
import { count } from "./words.js";

/** Instances of which the same is to be said. */
export interface InstanceGroup {
  readonly verdict: InstanceVerdictId;
  readonly instances: readonly JudgedInstance[];
  /** Where they stand, as many as anybody reads. */
  readonly places: string;
  /** What to know and to do. */
  readonly words: string;
}

/** The worst first. */
const verdicts = [
  "already-invalid",
  "needs-decision",
  "must-change",
  "unknown",
  "drifts",
  "untouched",
] as const satisfies readonly InstanceVerdictId[];

export const verdictNames = {
  "already-invalid": "already invalid",
  "needs-decision": "to be decided",
  "must-change": "to be changed",
  unknown: "not known",
  drifts: "with other values",
  untouched: "untouched",
} as const satisfies Record<InstanceVerdictId, string>;

/** Instances with the same verdict for the same parameters are told of together, for hundreds of them differ in their values only. */
export function groupInstances({ instances }: Pick<InstanceReport, "instances">): readonly InstanceGroup[] {
  const groups = new Map<string, JudgedInstance[]>();
  for (const instance of instances) {
    const key = JSON.stringify([instance.verdict, instance.path, instance.freeze, sameFor(instance)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [instance]);
    else group.push(instance);
  }
  return [...groups.values()]
    .map((group) => ({
      verdict: group[0]?.verdict ?? "untouched",
      instances: group,
      places: placesOf(group),
      words: wordsFor(group),
    }))
    .toSorted((a, b) => verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict));
}

/** Of instances that are edited, the parameters; of the others, what is said of them. */
function sameFor(instance: JudgedInstance): unknown {
  return instance.touches.length > 0 ? instance.touches : wordsOf(instance);
}

function wordsOf({ sentence, address }: JudgedInstance): string {
  return sentence.startsWith(`${address}: `) ? sentence.slice(address.length + 2) : sentence;
}

function wordsFor(group: readonly JudgedInstance[]): string {
  const [first, ...others] = group;
  if (first === undefined) return "";
  const isSame = others.every((other) => wordsOf(other) === wordsOf(first));
  return isSame ? wordsOf(first) : `The first of them: ${wordsOf(first)}`;
}

/** `3 to be changed, 12 untouched` */
export function tallyInstances({ instances }: InstanceReport): string {
  return verdicts
    .map((verdict) => ({ verdict, number: instances.filter((one) => one.verdict === verdict).length }))
    .filter(({ number }) => number > 0)
    .map(({ verdict, number }) => `${number} ${verdictNames[verdict]}`)
    .join(", ");
}

/** Nobody reads more places than these; the JSON has all. */
const mostPlaces = 8;

/** `kong.yaml lines 6, 11 and 20`; the whole address where lines do not tell them apart. */
export function placesOf(instances: readonly JudgedInstance[]): string {
  const lines = new Set(instances.map(({ file, line }) => `${file ?? ""}:${line}`));
  if (instances.length === 1 || lines.size < instances.length)
    return listed(
      instances.map(({ address }) => address),
      "; ",
    );
  const files = new Map<string | undefined, number[]>();
  for (const { file, line } of instances.slice(0, mostPlaces)) files.set(file, [...(files.get(file) ?? []), line]);
  const shown = [...files].map(([file, all]) => {
    const words = `${all.length === 1 ? "line" : "lines"} ${all.join(", ")}`;
    return file === undefined ? words : `${file} ${words}`;
  });
  const more = instances.length - mostPlaces;
  return `${shown.join("; ")}${more > 0 ? ` and ${count(more, "other")}` : ""}`;
}

function listed(places: readonly string[], separator: string): string {
  const more = places.length - mostPlaces;
  return `${places.slice(0, mostPlaces).join(separator)}${more > 0 ? ` and ${count(more, "other")}` : ""}`;
}

/** An edit of a step, and which of the user's instances it applies to. */
export interface AppliedEdit {
  readonly edit: ReportedInstanceEdit;
  /** Undefined where no instances were given. */
  readonly where: string | undefined;
}

/** The edits of a step that some instance needs, and in one sentence the others; all of them where no instances were given. */
export function appliedEdits(
  { instanceEdits }: ReportedStep,
  report: InstanceReport | undefined,
): { readonly edits: readonly AppliedEdit[]; readonly others: string | undefined } {
  if (report === undefined || report.instances.length === 0) {
    return { edits: instanceEdits.map((edit) => ({ edit, where: undefined })), others: undefined };
  }
  const idle = new Set(instanceEdits.filter(({ instances }) => instances?.length === 0));
  const names = [...new Set([...idle].map(({ shownPath }) => (shownPath === "" ? "the plugin" : shownPath)))];
  return {
    edits: instanceEdits.filter((edit) => !idle.has(edit)).map((edit) => ({ edit, where: whereOf(edit, report) })),
    others: names.length === 0 ? undefined : `None of your instances needs an edit at ${names.join(", ")}.`,
  };
}

function whereOf({ instances = [] }: ReportedInstanceEdit, report: InstanceReport): string {
  const all = report.instances.length;
  if (instances.length === all && all > 1) return `All ${all} of your instances.`;
  const applied = instances.flatMap((index) => report.instances[index] ?? []);
  return `${applied.length} of ${all}: ${placesOf(applied)}.`;
}

/** How many instances a step that edits them is for; undefined for other steps, and where no instances were given. */
export function stepInstances({ instanceEdits }: ReportedStep, report: InstanceReport | undefined): string | undefined {
  if (report === undefined || instanceEdits.length === 0) return undefined;
  const all = report.instances.length;
  const needing = report.instances.filter(({ need }) => need !== "none").length;
  if (all === 0) return "There is no instance of yours, so there is nothing to edit.";
  if (needing === 0) return `Of your ${count(all, "instance")} none needs an edit: go on to the next step.`;
  const many =
    needing === all
      ? all === 1
        ? "Your one instance needs"
        : `All ${all} of your instances need`
      : `Of your ${all} instances ${needing === 1 ? "one needs" : `${needing} need`}`;
  return `${many} an edit: the command adapt writes them.`;
}

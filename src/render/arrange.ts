import { isStricterPath, strictestPath, type UpdatePath } from "../kong/update-paths.js";
import type { Command } from "../plan/plan.js";
import type { ReportedChange, ReportedInstance, ReportedStep, ReportedWitness } from "../report.js";
import { showPath } from "../schema/model.js";
import { pathNameOf } from "./words.js";

/** For sorting: the stricter path comes first. */
export function stricterFirst(a: UpdatePath, b: UpdatePath): number {
  if (a === b) return 0;
  return isStricterPath(a, b) ? -1 : 1;
}

/** The changes as they are shown: the strictest path first, else in the report's order. */
export function changesByPath(changes: readonly ReportedChange[]): ReportedChange[] {
  return changes.toSorted((a, b) => stricterFirst(a.updatePath, b.updatePath));
}

/** The changes that ask for most: of those that nobody accepted, where there are any. */
export function strictestOf(changes: readonly ReportedChange[]): readonly ReportedChange[] {
  const unaccepted = changes.filter(({ accepted }) => accepted === undefined);
  const asking = unaccepted.length === 0 ? changes : unaccepted;
  const strictest = strictestPath(asking.map(({ updatePath }) => updatePath));
  return asking.filter(({ updatePath }) => updatePath === strictest);
}

/** The reason without the description that it begins with. */
export function ownReason({ description, reason }: ReportedChange): string {
  return reason.startsWith(`${description}. `) ? reason.slice(description.length + 2) : reason;
}

/** A row of the table of changes: one change, or some that are alike and ask nothing of anybody. */
export interface ShownChange {
  /** The first of them. */
  readonly change: ReportedChange;
  /** Where all of them are. */
  readonly places: readonly string[];
  /** What happened, with the words of a reviewer who accepted it. */
  readonly description: string;
}

/** Fewer edits that are alike have a row each. */
const many = 3;

/** The changes in their order, those of descriptions and the like together; what authors wrote is shown as `cut` gives it. */
export function shownChanges(
  changes: readonly ReportedChange[],
  cut: (text: string) => string = (text) => text,
): ShownChange[] {
  const groups = new Map<string, ReportedChange[]>();
  for (const [index, change] of changesByPath(changes).entries()) {
    const key = alikeKey(change) ?? String(index);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].flatMap((group): ShownChange[] => {
    const [first] = group;
    if (first === undefined || group.length < many) {
      return group.map((change) => ({ change, places: placesOf([change]), description: describe(change, cut) }));
    }
    const description = cut(describe(first).replace(first.shownPath, () => `${group.length} parameters`));
    return [{ change: first, places: placesOf(group), description }];
  });
}

/** Where some rows are left out: those that nobody accepted first, which a gate acts on, else in their order. */
export function unacceptedFirst(rows: readonly ShownChange[]): readonly ShownChange[] {
  const isAccepted = ({ change }: ShownChange) => change.accepted !== undefined;
  return [...rows.filter((one) => !isAccepted(one)), ...rows.filter(isAccepted)];
}

/** Equal for changes that say the same of several parameters and change no verdict. */
function alikeKey(change: ReportedChange): string | undefined {
  const { kind, updatePath, row, shownPath, proof, accepted } = change;
  if (row !== null || proof.path === "unknown" || proof.freeze !== "none" || accepted !== undefined) return undefined;
  const [before, after] = describe(change).split(` of ${shownPath} `);
  return after === undefined ? undefined : JSON.stringify([kind, updatePath, proof.path, before, after]);
}

/** Each place once, in the shown form. */
function placesOf(changes: readonly ReportedChange[]): string[] {
  const counts = new Map<string, number>();
  for (const { shownPath } of changes) counts.set(shownPath, (counts.get(shownPath) ?? 0) + 1);
  return [...counts].map(([place, number]) => (place || "the plugin") + (number === 1 ? "" : ` (${number} times)`));
}

function describe(
  { description, covers, accepted, to = [] }: ReportedChange,
  cut: (text: string) => string = (text) => text,
): string {
  const places = to.map(showPath);
  const inside = covers.filter(({ shownPath }) => !places.includes(shownPath));
  const beneath = inside.length === 0 ? "" : `, with ${inside.length} beneath`;
  const words = accepted === undefined ? "" : ` (accepted: ${cut(accepted.reason)})`;
  return cut(description) + beneath + words;
}

export interface SharedReason {
  readonly path: UpdatePath;
  /** As the table of changes names it. */
  readonly pathName: string;
  /** The kind of change, as `--accept` takes it. */
  readonly kind: string;
  readonly reason: string;
  /** One of the instances that show it. */
  readonly witness: ReportedWitness | undefined;
  /** Where it applies, in the shown form. */
  readonly places: readonly string[];
}

/** Each reason once, with the places that it is given for; what a change's own row says already is left out. */
export function whyByReason(changes: readonly ReportedChange[]): SharedReason[] {
  const groups = new Map<string, [ReportedChange, ...ReportedChange[]]>();
  for (const change of changesByPath(changes)) {
    const key = `${pathNameOf(change)}\n${change.kind}\n${ownReason(change)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [change]);
    else group.push(change);
  }
  return [...groups.values()].map((group) => ({
    path: group[0].updatePath,
    pathName: pathNameOf(group[0]),
    kind: group[0].kind,
    reason: ownReason(group[0]),
    witness: group.find(({ proof }) => proof.witness !== undefined)?.proof.witness,
    places: placesOf(group),
  }));
}

/** `kong.yaml:12, service orders, "orders-quota"`; `every request` where the scope has nothing. */
export function describeInstance({ file, line, scope, instanceName, id }: ReportedInstance): string {
  const { service, route, consumer, consumerGroup } = scope;
  const parts = Object.entries({ service, route, consumer, "consumer group": consumerGroup }).flatMap(([what, name]) =>
    name === undefined ? [] : [`${what} ${name}`],
  );
  const place = [file, line].filter((part) => part !== undefined).join(":");
  const own = instanceName ?? id;
  return [
    ...(place === "" ? [] : [place]),
    parts.length === 0 ? "every request" : parts.join(" and "),
    ...(own === undefined ? [] : [JSON.stringify(own)]),
  ].join(", ");
}

/** A command by which a step is checked, and the step that has shown the same one before. */
export interface CheckCommand {
  readonly command: Command;
  readonly shownInStep: number | undefined;
}

export interface NumberedStep {
  readonly step: ReportedStep;
  /** From 1. */
  readonly number: number;
  readonly preconditions: readonly ShownCondition[];
  readonly checkCommands: readonly CheckCommand[];
}

export interface ShownCondition {
  readonly expect: string;
  readonly commands: readonly CheckCommand[];
}

/** The steps with their numbers. Most are checked alike: a command that was shown before need not be shown again. */
export function numberSteps(steps: readonly ReportedStep[]): NumberedStep[] {
  const shown = new Map<string, number>();
  return steps.map((step, index) => {
    const number = index + 1;
    const show = (command: Command): CheckCommand => {
      const shownInStep = shown.get(command.text);
      if (shownInStep === undefined) shown.set(command.text, number);
      return { command, shownInStep };
    };
    const preconditions = step.preconditions.map(({ expect, commands }) => ({ expect, commands: commands.map(show) }));
    step.commands.forEach(show);
    return { step, number, preconditions, checkCommands: step.check.commands.map(show) };
  });
}

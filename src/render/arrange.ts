import { isStricterPath, type UpdatePath } from "../kong/update-paths.js";
import type { Command } from "../plan/plan.js";
import { showPath } from "../schema/model.js";
import type { ReportedChange, ReportedInstance, ReportedStep, ReportedWitness } from "../report.js";

/** The changes as they are shown: the strictest path first, else in the report's order. */
export function changesByPath(changes: readonly ReportedChange[]): ReportedChange[] {
  return changes.toSorted((a, b) => {
    if (a.updatePath === b.updatePath) return 0;
    return isStricterPath(a.updatePath, b.updatePath) ? -1 : 1;
  });
}

/** The reason without the description that it begins with. */
export function ownReason({ description, reason }: ReportedChange): string {
  return reason.startsWith(`${description}. `) ? reason.slice(description.length + 2) : reason;
}

/** What happened, with the words of a reviewer who accepted it. */
export function describe({ description, covers, accepted, to = [] }: ReportedChange): string {
  const places = to.map(showPath);
  const inside = covers.filter(({ shownPath }) => !places.includes(shownPath));
  const beneath = inside.length === 0 ? "" : `, with ${inside.length} beneath`;
  const words = accepted === undefined ? "" : ` (accepted: ${accepted.reason})`;
  return description + beneath + words;
}

export interface SharedReason {
  readonly path: UpdatePath;
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
  const groups = new Map<string, SharedReason>();
  for (const change of changesByPath(changes)) {
    const { updatePath, kind, shownPath } = change;
    const own = ownReason(change);
    const key = JSON.stringify([updatePath, kind, own]);
    const { places = [], witness = change.proof.witness } = groups.get(key) ?? {};
    groups.set(key, {
      path: updatePath,
      kind,
      reason: own,
      witness,
      places: [...places, shownPath === "" ? "the plugin" : shownPath],
    });
  }
  return [...groups.values()];
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

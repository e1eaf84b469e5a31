import { clonesPerRef, definitionUpdateSteps } from "../../kong/streamed-and-cloned.js";
import type { CloneDefinition, InstanceEditRule, MigrationStep } from "../plan.js";
import type { StepContext } from "../steps/context.js";
import { createDefinition, deleteDefinition } from "../steps/definitions.js";
import { testFirst } from "../steps/test-first.js";
import { verify } from "../steps/verify.js";
import { arriving, definitionStep } from "./definition.js";
import { judgeForNewPlugin } from "./new-plugin.js";
import type { Way } from "./way.js";

/** The clone before and after; `others` are the clones that are there besides. */
export interface CloneChange {
  readonly old: CloneDefinition | undefined;
  readonly new: CloneDefinition;
  readonly others: readonly CloneDefinition[];
}

/**
 * A clone that is in use cannot be changed either: another name, priority or source is another clone
 * (https://developer.konghq.com/gateway/entities/plugin/#cloning-plugins).
 */
export function cloned(change: CloneChange): Way {
  const { old, new: clone } = change;
  return {
    judge: judgeForNewPlugin,
    reason: () =>
      old === undefined
        ? "Nothing has this clone yet, so there is no instance that could break."
        : `A clone cannot be changed while instances refer to it, and ${whatChanges(old, clone)}: ${clone.name} is made beside ${old.name}, the instances move to it, and ${old.name} goes.`,
    findings: () => [],
    steps: (context) =>
      old === undefined
        ? [
            test(context, change),
            create(context, change),
            verify(context, "Create a first instance where it does little harm, a route for tests for one."),
          ]
        : [
            test(context, change),
            ...definitionUpdateSteps.map((id) =>
              definitionStep(id, context, {
                create: () => create(context, change),
                remove: () => deleteDefinition(context.kit, old.name, "cloned"),
              }),
            ),
          ],
  };
}

/** As the end of a sentence; the name changes in any case. */
function whatChanges(old: CloneDefinition, now: CloneDefinition): string {
  const parts = [
    ...(old.ref === now.ref ? [] : [`its source becomes ${now.ref} in place of ${old.ref}`]),
    ...(old.priority === now.priority
      ? []
      : [`its priority becomes ${shownPriority(now)} in place of ${shownPriority(old)}`]),
  ];
  return parts.length === 0 ? "it gets another name" : parts.join(" and ");
}

function shownPriority({ priority, ref }: CloneDefinition): string {
  return priority === undefined ? `that of ${ref}` : String(priority);
}

function test(context: StepContext, { new: clone }: CloneChange): MigrationStep {
  return testFirst(context, {
    actions: [
      `Create the clone ${clone.name} there, with the commands of the step below that creates it; the setting that turns on the streaming of plugins turns on clones too.`,
    ],
    commands: [],
  });
}

function create(context: StepContext, { old, new: clone, others }: CloneChange): MigrationStep {
  const { kit } = context;
  return createDefinition(context, {
    kind: "cloned",
    title: `Create the clone ${clone.name} of ${clone.ref}`,
    preconditions: [
      {
        expect: `${clone.ref} has fewer than ${clonesPerRef} clones.`,
        commands: [kit.commands.countClones(clone.ref)],
      },
    ],
    actions: [
      `Create the clone with the definition below. ${arriving[kit.hosting]}`,
      orderOf(clone, [...(old === undefined ? [] : [old]), ...others]),
      "Create no instance yet.",
      ...(old === undefined
        ? []
        : [`Leave ${old.name} alone: while it is in use it can be neither changed nor deleted.`]),
    ],
    commands: kit.commands.createCloned(clone),
  });
}

/** Where the clone runs among the plugins that are known to have its priority. */
export function orderOf(clone: CloneDefinition, others: readonly CloneDefinition[]): string {
  const rule = "among plugins of the same priority, names decide in reverse alphabetical order";
  const equals = others
    .filter(
      ({ name, ref, priority }) =>
        name !== clone.name && priority === clone.priority && (priority !== undefined || ref === clone.ref),
    )
    .map(({ name }) => name);
  const source = clone.priority === undefined ? [clone.ref] : [];
  const names = [...new Set([clone.name, ...equals, ...source])].sort().reverse();
  const first = `${clone.name} has the priority ${shownPriority(clone)}: plugins with a higher one run before it, and ${rule}`;
  return names.length === 1 ? `${first}.` : `${first}, so ${names.join(" before ")}.`;
}

/** Of another source, an instance has other parameters. */
export function configOfOtherSource(old: CloneDefinition, now: CloneDefinition): readonly InstanceEditRule[] {
  if (old.ref === now.ref) return [];
  return [
    {
      path: ["config"],
      action: "review",
      need: "required",
      sentence: `Write config as ${now.ref} takes it: its parameters are not those of ${old.ref}.`,
    },
  ];
}

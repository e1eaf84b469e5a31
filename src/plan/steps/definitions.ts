import { streamingSwitch } from "../../kong/streamed-and-cloned.js";
import type { DefinitionKind } from "../commands/entity-api.js";
import type { Command, Condition, MigrationStep } from "../plan.js";
import { entitiesFile, type HostingKit } from "../hostings/hosting.js";
import type { StepContext } from "./context.js";
import { step } from "./step.js";

/** The steps of plugins that are entities themselves: streamed ones and clones. */

export interface NewDefinition {
  readonly kind: DefinitionKind;
  readonly title: string;
  readonly preconditions: readonly Condition[];
  readonly actions: readonly string[];
  readonly commands: readonly Command[];
}

export function createDefinition({ kit, newName }: StepContext, definition: NewDefinition): MigrationStep {
  const { kind, title, preconditions, actions, commands } = definition;
  return step({
    id: "create-new-plugin",
    title,
    ...kit.controlPlane,
    preconditions: [
      ...kit.definitionsNeed,
      {
        expect: `No definition is called ${newName} yet: 404, or an empty list.`,
        commands: [kit.commands.expectNoDefinition(kind, newName)],
      },
      ...preconditions,
    ],
    actions,
    commands,
    check: {
      expect: "The definition is there, as it was sent.",
      commands: [kit.commands.showDefinition(kind, newName)],
    },
    ifOutOfOrder: "Without the definition, every instance of it is refused as one of a plugin that is not enabled.",
  });
}

const beforeSwitchingOff = `Leave ${streamingSwitch.setting} on for as long as an instance of any streamed plugin is left: without it nodes do not know them, and do not work.`;

export function deleteDefinition(kit: HostingKit, name: string, kind: DefinitionKind): MigrationStep {
  return step({
    id: "delete-old-plugin",
    title: `Remove the definition of ${name}`,
    ...kit.controlPlane,
    preconditions: [{ expect: `${name} has no instance left.`, commands: [kit.commands.listInstances(name)] }],
    actions: [
      kit.hosting === "db-less"
        ? `Take the definition of ${name} out of ${entitiesFile}, and load it.`
        : `Delete the definition of ${name}, and take it out of the files that pipelines send.`,
      "Keep a copy of it for as long as you may want to go back.",
      ...(kind === "streamed" ? [beforeSwitchingOff] : []),
    ],
    commands: kit.commands.deleteDefinition(kind, name),
    check: {
      expect: "There is no such definition any more: 404, or an empty list.",
      commands: [kit.commands.expectNoDefinition(kind, name)],
    },
    ifOutOfOrder:
      "While an instance refers to it, the definition cannot be deleted; while it is there, somebody can configure the plugin again.",
  });
}

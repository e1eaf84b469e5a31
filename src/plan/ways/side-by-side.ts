import type { MigrationStep } from "../plan.js";
import { closeWindow } from "../steps/close-window.js";
import type { StepContext } from "../steps/context.js";
import { switchInstances } from "../steps/move-instances.js";
import { openWindow } from "../steps/open-window.js";
import { deleteAllInstances } from "../steps/removal.js";
import { verify } from "../steps/verify.js";
import { judgeForNewPlugin } from "./new-plugin.js";
import type { InstalledWay, Way } from "./way.js";

/**
 * Kong knows no versions of a plugin: the new one is installed beside the old one under a name of its own
 * (https://developer.konghq.com/custom-plugins/konnect-hybrid-mode/). Only the switch between them needs quiet.
 */
export function sideBySide({ install, uninstall }: InstalledWay, isAsked: boolean): Way {
  return {
    // Of a name that changed by itself, nobody knows whether it was meant: its verdict stays.
    judge: (changes) => (isAsked ? judgeForNewPlugin(changes) : changes),
    reason: ({ oldName, newName }) =>
      `To Kong, ${newName} is another plugin than ${oldName}: both are installed side by side, the instances move, and the old one goes. No node ever judges an instance of the one by the schema of the other.`,
    findings: () => [],
    steps: (context) => [
      ...install(context),
      openWindow(context, "move"),
      switchInstances(context, [everyNodeHasIt(context)]),
      verify(context, "Send a request through one new instance, and read the plugin's log on each node."),
      closeWindow(context, "move"),
      deleteAllInstances(context.kit, context.oldName, [noWayBack(context)]),
      ...uninstall(context.kit, context.oldName),
    ],
  };
}

function everyNodeHasIt({ newName, kit }: StepContext): MigrationStep["check"] {
  return {
    expect: `Every node has ${newName}, and has logged no problem.`,
    commands: kit.commands.findProblems(newName),
  };
}

function noWayBack({ newName, oldName }: StepContext): MigrationStep["check"] {
  return {
    expect: `${newName} has served for as long as you want to be able to go back: without the instances of ${oldName} that is a migration of its own.`,
    commands: [],
  };
}

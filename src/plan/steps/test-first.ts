import { isStricterPath } from "../../kong/update-paths.js";
import { lintFolder } from "../commands/advisor.js";
import type { Command, MigrationStep } from "../plan.js";
import type { StepContext } from "./context.js";
import { step } from "./step.js";

/** How the new version comes to the place of the test. */
export interface TestSetup {
  /** One sentence each. */
  readonly actions: readonly string[];
  readonly commands: readonly Command[];
}

/** Kong's page asks for it before all else, and answers for no custom plugin. */
export function testFirst(
  { distribution, kit, path, oldName, newName }: StepContext,
  { actions, commands }: TestSetup,
): MigrationStep {
  const isRehearsed = oldName !== newName || isStricterPath(path, "short");
  const withOldNode = oldName === newName ? ", with one node left on the old version until its turn" : "";
  return step({
    id: "test-first",
    title: "Test the new version away from production",
    who: "plugin developer",
    where: kit.testPlace,
    // A clone has no files of its own.
    preconditions:
      distribution === "cloned"
        ? []
        : [
            {
              expect: "The new version has what its distribution and hosting ask for.",
              commands: [lintFolder(distribution, kit.hosting)],
            },
          ],
    actions: [
      ...actions,
      "Create copies of real instances there, one for each combination of settings in use, and send requests through them.",
      ...(isRehearsed ? [`Rehearse the steps below there, in this order${withOldNode}.`] : []),
    ],
    commands: [kit.commands.setEnvironment(), ...commands],
    check: {
      expect: "The schema and the instances are accepted, and no node has refused anything.",
      commands: kit.commands.findProblems(newName),
    },
    ifOutOfOrder:
      "What the test would have shown is found by production traffic; Kong does not answer for custom plugins.",
  });
}

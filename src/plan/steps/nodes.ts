import {
  copyPluginFiles,
  parseFile,
  reload,
  replaceConfigurationFile,
  searchErrors,
  showHandlerVersion,
} from "../commands/node.js";
import { entitiesFile } from "../hostings/hosting.js";
import type { MigrationStep } from "../plan.js";
import { inSync, type StepContext } from "./context.js";
import { step } from "./step.js";
import { editingInstances, howToEdit } from "./update-instances.js";

/** The steps where there is no control plane: each node reads the instances itself. */

/** Nodes with a database read every instance under the schema that they have, and validate only what is saved. */
export function updateTraditionalNodes(context: StepContext, isEditedAfterwards: boolean): MigrationStep {
  const { kit, newName } = context;
  const { each } = kit.nodes;
  return step({
    id: "update-data-plane-schemas",
    title: `Update the plugin on ${each}`,
    who: kit.nodes.who,
    where: kit.nodes.where,
    preconditions: [inSync(context)],
    actions: [
      "Update the image, package or volume that new nodes start from, so that none comes up with the old version.",
      "Replace the plugin's files on each node, and load the new code, one node after the other.",
      "Each node reads the instances under the schema that it has: new parameters have their defaults there, and unknown ones are left out.",
      ...(isEditedAfterwards
        ? [
            "Until the next step is done, the new code runs with instances that do not fit its schema: a parameter that it requires may be nil, or have its old type. Choose a time at which that does no harm.",
          ]
        : []),
    ],
    commands: [copyPluginFiles(each, newName), reload(each)],
    check: {
      expect: "Each node has the new version, and logs no error of the plugin.",
      commands: [showHandlerVersion(each, newName), searchErrors(each, newName)],
    },
    ifOutOfOrder:
      "A node that is left out goes on with the old code, and judges what is saved through its Admin API by the old schema.",
  });
}

/** What the old schema does not accept can be saved only where every node has the new one. */
export function updateInstancesAfterwards(context: StepContext): MigrationStep {
  return step({
    ...editingInstances(context),
    preconditions: [
      {
        expect: "Every node has the new version.",
        commands: [showHandlerVersion(context.kit.nodes.each, context.newName)],
      },
    ],
    actions: howToEdit(context),
    ifOutOfOrder:
      "An Admin API with the old schema refuses these edits. Until they are made, the new code runs with instances that do not fit its schema.",
  });
}

/** Nodes without a database get the new files and the fitting configuration at once, each for itself. */
export function updateDbLessNodes(context: StepContext): MigrationStep {
  const { kit, newName, instanceEdits } = context;
  const { each } = kit.nodes;
  return step({
    id: "update-data-plane-schemas",
    title: `Update the plugin and the configuration on ${each}`,
    who: kit.nodes.who,
    where: kit.nodes.where,
    preconditions: [
      {
        expect: `${entitiesFile} is accepted on a node that has the new version, the one of the test for example.`,
        commands: [parseFile(entitiesFile)],
      },
    ],
    actions: [
      "Update the image, package or volume that new nodes start from: the plugin's files and the configuration together.",
      instanceEdits.length === 0
        ? "On each node, one after the other: replace the plugin's files, and load the new code."
        : `On each node, one after the other: replace the plugin's files and ${entitiesFile} together, and load both.`,
      "No node bears on another: one that is still on the old version goes on with the old configuration.",
    ],
    commands: [
      copyPluginFiles(each, newName),
      ...(instanceEdits.length === 0 ? [] : [replaceConfigurationFile(each, entitiesFile)]),
      reload(each),
    ],
    check: {
      expect: `Each node has the new version. ${kit.words.inSync} None has logged an error of the plugin.`,
      commands: [
        showHandlerVersion(each, newName),
        ...kit.commands.areInSync(newName),
        ...kit.commands.findProblems(newName),
      ],
    },
    ifOutOfOrder: `With the new files and the old configuration, or the other way round, a node may refuse the file. ${kit.words.refusal}`,
  });
}

/** Only the file is edited: it is loaded with the new version's files. */
export function editConfigurationFile(context: StepContext): MigrationStep {
  const { kit } = context;
  return step({
    ...editingInstances(context),
    title: `Edit the instances in ${entitiesFile}`,
    preconditions: [inSync(context)],
    actions: [
      `${kit.words.openEntities}, and make the edits below in a copy of it.`,
      "Load it nowhere yet: nodes with the old version may refuse it.",
    ],
    commands: [kit.commands.listInstances(context.newName)],
    check: {
      expect: "A node that has the new version, the one of the test for example, accepts the edited file.",
      commands: [parseFile(entitiesFile)],
    },
    ifOutOfOrder: `A node that gets the new version with the old file may refuse it. ${kit.words.refusal}`,
  });
}

import type { NodeOrder } from "../../kong/self-managed.js";
import { showParameters } from "../commands/admin-api.js";
import { copyPluginFiles, reload, searchHeldBack, showHandlerVersion } from "../commands/node.js";
import type { Condition, MigrationStep } from "../plan.js";
import { inSync, type StepContext } from "./context.js";
import { step } from "./step.js";
import { editingInstances, howToEdit } from "./update-instances.js";

/**
 * The steps where the control plane is one's own: it reads every instance again under its own schema, and sends the
 * result whenever a data plane node connects. Which node comes first follows from `NodeOrder`.
 */

/** Which of the two comes first, and what the one accepts until the other is updated too. */
export interface Turn extends Pick<NodeOrder, "oldNodesAccept" | "newNodesAccept"> {
  readonly isFirst: boolean;
}

const gate =
  "The control plane sends nothing to a data plane node whose handler VERSION has another major, or a higher minor, than its own.";

export function updateControlPlaneNodes(context: StepContext, turn: Turn): MigrationStep {
  const { kit, newName } = context;
  const { isFirst, oldNodesAccept } = turn;
  const each = "each control plane node";
  return step({
    id: "update-control-plane-schema",
    title: `Update the plugin on ${each}`,
    who: "control plane administrator",
    where: "every control plane node, and the image of new ones",
    preconditions: [isFirst ? inSync(context) : everyNodeHasNewVersion(context)],
    actions: [
      "Replace the plugin's files on each control plane node, and load them, one node after the other.",
      "Each one that starts again reads every instance under the new schema and sends the result to the data plane nodes that connect to it: this step is a push.",
      ...(isFirst ? [whatOldNodesDo(oldNodesAccept)] : []),
    ],
    commands: [copyPluginFiles(each, newName), reload(each)],
    check: {
      expect: "The control plane knows the new parameters, and sends to every data plane node.",
      commands: [showParameters(newName), searchHeldBack()],
    },
    ifOutOfOrder: `${controlPlaneOutOfOrder(turn)} ${kit.words.refusal}`,
  });
}

function whatOldNodesDo(isAccepted: boolean): string {
  return isAccepted
    ? "Data plane nodes with the old version accept that."
    : "Data plane nodes with the old version may refuse that, and go on with their last configuration until they have the new one: have the next steps ready.";
}

function controlPlaneOutOfOrder({ isFirst, oldNodesAccept, newNodesAccept }: Turn): string {
  if (!isFirst) {
    return "Before every data plane node has the new version, nodes with the old one refuse what the control plane makes of the instances.";
  }
  if (!oldNodesAccept)
    return `Instances cannot be edited to fit the new schema while the control plane has the old one. ${gate}`;
  return newNodesAccept
    ? `Data plane nodes that have the new version first may be sent nothing until the control plane has it too. ${gate}`
    : `Data plane nodes that have the new version first may refuse what the control plane still sends under the old one. ${gate}`;
}

export function updateDataPlaneNodes(context: StepContext, turn: Turn): MigrationStep {
  const { kit, newName } = context;
  const { isFirst } = turn;
  const { each } = kit.nodes;
  return step({
    id: "update-data-plane-schemas",
    title: `Update the plugin on ${each}`,
    who: kit.nodes.who,
    where: kit.nodes.where,
    preconditions: [
      isFirst
        ? inSync(context)
        : { expect: "The control plane has the new version.", commands: [showParameters(newName)] },
    ],
    actions: [
      "Update the image, package or volume that new nodes start from, so that none comes up with the old version.",
      "Replace the plugin's files on each node, and load the new code, one node after the other.",
      isFirst
        ? `Start no new node before the next step is done: ${lowerFirst(gate)} Those that run go on with what they have.`
        : "Each node connects again and is sent the configuration: watch that it takes it.",
    ],
    commands: [copyPluginFiles(each, newName), reload(each)],
    check: {
      expect: isFirst
        ? "Each node has the new version; those that the control plane holds back are the updated ones."
        : `Each node has the new version. ${kit.words.inSync} None is held back, and none has refused a payload since it was updated.`,
      commands: [
        showHandlerVersion(each, newName),
        ...kit.commands.areInSync(newName),
        ...kit.commands.findProblems(newName),
      ],
    },
    ifOutOfOrder: `${dataPlanesOutOfOrder(turn)} ${kit.words.refusal}`,
  });
}

function dataPlanesOutOfOrder({ isFirst, oldNodesAccept }: Turn): string {
  if (isFirst) {
    return "A data plane node that is left out refuses the first payload after the control plane is updated, for it has parameters that the node does not know.";
  }
  return oldNodesAccept
    ? "A data plane node that is left out refuses the first payload with an instance that uses what is new."
    : "The longer a data plane node waits, the longer it goes on with its last configuration; one that starts in between has none.";
}

export function updateInstancesBetween(context: StepContext): MigrationStep {
  const { kit, newName } = context;
  return step({
    ...editingInstances(context),
    preconditions: [{ expect: "The control plane has the new version.", commands: [showParameters(newName)] }],
    actions: [
      ...howToEdit(context),
      "Have the next step ready before you send them: data plane nodes with the old version may refuse the result, and go on with their last configuration until they have the new one.",
    ],
    ifOutOfOrder: `Before the control plane is updated, it refuses these edits. Data plane nodes that are updated refuse every payload with an instance that is not edited yet. ${kit.words.refusal}`,
  });
}

function everyNodeHasNewVersion({ kit, newName }: StepContext): Condition {
  return {
    expect: "Every data plane node has the new version of the plugin.",
    commands: [showHandlerVersion(kit.nodes.each, newName)],
  };
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

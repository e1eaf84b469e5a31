import { isCarriedByEveryEdit } from "../../classify/combine.js";
import { nameOf } from "../../changes/words.js";
import { compareHashes, diffWithDeck, dumpWithDeck, listInstances, syncWithDeck } from "../konnect.js";
import type { MigrationStep } from "../plan.js";
import { refusal, type StepContext } from "./context.js";

const editedFile = "kong.yaml";

export function updateInstances(context: StepContext, isOptional: boolean): MigrationStep {
  const { newName, instanceEdits } = context;
  return {
    id: "update-instances",
    title: "Update the existing plugin instances",
    need: isOptional ? "optional" : "required",
    who: "control plane administrator",
    where: "the Konnect control plane",
    actions: [
      "List the instances; where there is none, or where none needs one of the edits below, go on to the next step.",
      `Export the entities to ${editedFile}, edit the instances in it, and look at what would change before you send it.`,
      "Send all edits in one run: every saved instance pushes a payload to every data plane node.",
      ...whatToExpect(context),
    ],
    instanceEdits,
    commands: [listInstances(newName), dumpWithDeck(editedFile), diffWithDeck(editedFile), syncWithDeck(editedFile)],
    check: {
      expect: "Every instance has the settings asked for above, and nothing else differs from before.",
      commands: [listInstances(newName), compareHashes()],
    },
    ifOutOfOrder: `Before the schema in Konnect is updated, the control plane refuses these edits. After the data plane nodes are updated, those that have the new schema refuse every payload with an instance that is not edited yet. ${refusal}`,
  };
}

/** What the nodes with the old schema make of the payloads that the edits push. */
function whatToExpect({ path, changes }: StepContext): readonly string[] {
  if (path === "cp-dp-sync") {
    return [
      `Have the next step ready before you send them: data plane nodes with the old schema may refuse these payloads, and go on with their last configuration until they have the new schema.`,
    ];
  }
  const carried = changes.filter(isCarriedByEveryEdit).map(({ change }) => nameOf(change.path));
  if (carried.length === 0) return [];
  return [
    `Have the next step ready before you send them: an edited instance also gets ${carried.join(", ")}, which data plane nodes with the old schema refuse, whatever the path is called. They go on with their last configuration until they have the new schema.`,
  ];
}

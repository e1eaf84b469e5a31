import { compareHashes, diffWithDeck, dumpWithDeck, listInstances, syncWithDeck } from "../konnect.js";
import type { MigrationStep } from "../plan.js";
import { refusal, type StepContext } from "./context.js";

const editedFile = "kong.yaml";

export function moveInstances({ oldName, newName, instanceEdits }: StepContext): MigrationStep {
  return {
    id: "move-instances",
    title: "Move the instances to the new plugin",
    need: "required",
    who: "control plane administrator",
    where: "the Konnect control plane",
    actions: [
      `Export the entities to ${editedFile}, and give every instance of ${oldName} the name ${newName}, without its id.`,
      "Make the edits below in the same file, look at what would change, and send all of it in one run.",
      "For a moment both plugins, or neither of them, may run on a request: choose a time at which that does no harm.",
    ],
    instanceEdits,
    commands: [listInstances(oldName), dumpWithDeck(editedFile), diffWithDeck(editedFile), syncWithDeck(editedFile)],
    check: {
      expect: "The old plugin has no instance left, and the new one has as many as the old one had.",
      commands: [listInstances(oldName), listInstances(newName), compareHashes()],
    },
    ifOutOfOrder: `Before every data plane node has the new plugin, the payload with its instances is refused. ${refusal}`,
  };
}

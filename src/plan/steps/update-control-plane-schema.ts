import { isCarriedByEveryEdit, freezeOf } from "../../classify/combine.js";
import { nameOf } from "../../changes/words.js";
import { compareSchema, updateSchema } from "../konnect.js";
import type { MigrationStep } from "../plan.js";
import { refusal, type StepContext } from "./context.js";

export function updateControlPlaneSchema(context: StepContext): MigrationStep {
  const { newName, schemaFile, path } = context;
  return {
    id: "update-control-plane-schema",
    title: "Update the schema in Konnect",
    need: "required",
    who: "control plane administrator",
    where: "the Konnect control plane",
    actions: [
      "Replace the plugin's schema by the new one. This pushes nothing, and rewrites no stored instance.",
      ...freezeActions(context),
    ],
    instanceEdits: [],
    commands: [updateSchema(newName, schemaFile)],
    check: { expect: "The control plane answers with the new schema.", commands: [compareSchema(newName, schemaFile)] },
    ifOutOfOrder:
      path === "short"
        ? "Data plane nodes that have the new schema first cannot be sent what only the old schema allows, and instances cannot use what is new: Kong's page asks for the control plane first."
        : `Instances cannot be edited to fit the new schema while the control plane has the old one, so data plane nodes that have the new schema first refuse the stored ones. ${refusal}`,
  };
}

/** What must not be saved between this step and the last data plane node. */
function freezeActions({ changes, path }: StepContext): readonly string[] {
  const except = path === "short" ? "" : ", other than the next step says";
  const until = "until every data plane node has the new schema";
  const carried = changes.filter(isCarriedByEveryEdit).map(({ change }) => nameOf(change.path));
  if (carried.length > 0) {
    return [
      `Save no instance of this plugin ${until}${except}: a saved instance also gets ${carried.join(", ")}, which a data plane node with the old schema refuses as unknown, and the whole payload with it.`,
    ];
  }
  const newlyAllowed = changes.filter(({ row, change }) => row === "added" || freezeOf(change) === "new-values");
  if (newlyAllowed.length === 0) return [];
  const places = newlyAllowed.map(({ change }) => nameOf(change.path));
  return [
    `Use nothing that is newly allowed ${until}: an instance with a new value at ${[...new Set(places)].join(", ")} is refused by data plane nodes with the old schema, and the whole payload with it.`,
  ];
}

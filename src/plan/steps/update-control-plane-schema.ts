import { nameOf } from "../../changes/words.js";
import { compareSchema, saveSchema, updateSchema } from "../commands/konnect.js";
import type { MigrationStep } from "../plan.js";
import { carriedParameters, type StepContext } from "./context.js";
import type { KeptFile } from "./open-window.js";
import { step } from "./step.js";

const keptSchemaFile = "schema.before.lua";

/** What the window's begin keeps of the schema on Konnect. */
export function keptSchema({ oldName }: StepContext): KeptFile {
  return { file: keptSchemaFile, command: saveSchema(oldName, keptSchemaFile) };
}

export function updateControlPlaneSchema(context: StepContext): MigrationStep {
  const { kit, newName, files, path } = context;
  return step({
    id: "update-control-plane-schema",
    title: "Update the schema in Konnect",
    ...kit.controlPlane,
    preconditions: [
      {
        expect: "The control plane still has the schema that was kept when the window was opened.",
        commands: [compareSchema(newName, keptSchemaFile)],
      },
    ],
    actions: [
      "Replace the plugin's schema by the new one. This pushes nothing, and rewrites no stored instance.",
      ...freezeActions(context),
    ],
    commands: [updateSchema(newName, files.schema)],
    check: {
      expect: "The control plane answers with the new schema.",
      commands: [compareSchema(newName, files.schema)],
    },
    ifOutOfOrder:
      path === "short"
        ? "Data plane nodes that have the new schema first cannot be sent what only the old schema allows, and instances cannot use what is new: Kong's page asks for the control plane first."
        : `Instances cannot be edited to fit the new schema while the control plane has the old one, so data plane nodes that have the new schema first refuse the stored ones. ${kit.words.refusal}`,
  });
}

/** What must not be saved between this step and the last data plane node. */
function freezeActions(context: StepContext): readonly string[] {
  const except = context.path === "short" ? "" : ", other than the next step says";
  const until = "until every data plane node has the new schema";
  const carried = carriedParameters(context);
  if (carried !== "") {
    return [
      `Save no instance of this plugin ${until}${except}: a saved instance also gets ${carried}, which a data plane node with the old schema refuses as unknown, and the whole payload with it.`,
    ];
  }
  const newlyAllowed = context.changes.filter(({ row, freeze }) => row === "added" || freeze === "new-values");
  if (newlyAllowed.length === 0) return [];
  const places = newlyAllowed.map(({ change }) => nameOf(change.path));
  return [
    `Use nothing that is newly allowed ${until}: an instance with a new value at ${[...new Set(places)].join(", ")} is refused by data plane nodes with the old schema, and the whole payload with it.`,
  ];
}

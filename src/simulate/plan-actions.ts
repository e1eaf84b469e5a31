import type { MigrationPlan, MigrationStep, StepId } from "../plan/plan.js";
import type { Action } from "./world.js";

export interface PlannedAction {
  readonly id: StepId;
  readonly action: Action;
}

/** The steps of a plan that change something, in its order; the others are for people. */
export function actionsOf(plan: MigrationPlan): readonly PlannedAction[] {
  return plan.steps.flatMap((step) => {
    const action = actionOf(step, plan);
    return action === undefined ? [] : [{ id: step.id, action }];
  });
}

function actionOf({ id, who }: MigrationStep, { distribution, situation }: MigrationPlan): Action | undefined {
  switch (id) {
    case "upload-schema":
    case "update-control-plane-schema":
    case "create-new-plugin":
      return "update-control-plane";
    case "update-instances":
      return "update-instances";
    case "deploy-plugin-files":
      // A control plane of one's own has the plugin's files too.
      return who === "control plane administrator" ? "update-control-plane" : "update-data-planes";
    case "update-data-plane-schemas":
      return "update-data-planes";
    case "move-instances":
      // The documented way of streamed plugins and clones gives the instances another name; installed ones are made anew.
      return distribution === "installed" ? "create-instances-beside" : "update-instances";
    case "delete-instances":
      return situation === "removal" ? "delete-instances" : "delete-old-instances";
    case "delete-old-plugin":
    case "delete-control-plane-schema":
      return "drop-old-from-control-plane";
    case "delete-data-plane-files":
      return "drop-old-from-data-planes";
    case "test-first":
    case "open-window":
    case "verify":
    case "close-window":
      return undefined;
  }
}

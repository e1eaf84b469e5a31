import { classifyChanges } from "../classify/classify-changes.js";
import type { ClassifiedChange } from "../classify/classified-change.js";
import { diffSchemas } from "../diff/diff-schemas.js";
import { strictestPath, type UpdatePath } from "../kong/update-paths.js";
import type { PluginSchema } from "../schema/model.js";
import { acceptChanges, type Acceptance } from "./accept.js";
import { pathFindings, schemaFindings } from "./findings.js";
import { instanceEdits } from "./instance-edits.js";
import type { Distribution, MigrationPlan, Situation } from "./plan.js";
import { reasonFor } from "./reason.js";
import { stepsFor } from "./steps/steps.js";
import { adviseVersion, noVersionAdvice } from "./version.js";

export interface PlanOptions {
  /** How the plugin reaches its data planes. */
  readonly distribution?: Distribution;
  /** The plugin's version before, and the one that the author chose for the new schema. */
  readonly fromVersion?: string | undefined;
  readonly toVersion?: string | undefined;
  /** Changes that somebody reviewed. */
  readonly accept?: readonly Acceptance[];
  /** The file with the new schema, as the commands are to name it; else the name that it was read with. */
  readonly schemaFile?: string;
}

/**
 * The way from the old schema of a plugin to the new one. Without an old one it is a first upload; with another name it
 * is, to Kong, another plugin. Throws a `PlanError` for a version that is none.
 */
export function planMigration(
  oldSchema: PluginSchema | undefined,
  newSchema: PluginSchema,
  options: PlanOptions = {},
): MigrationPlan {
  const { distribution = "installed", accept = [] } = options;
  const found = oldSchema === undefined ? [] : classifyChanges(oldSchema, newSchema, diffSchemas(oldSchema, newSchema));
  const { changes, findings } = acceptChanges(found, accept);
  const situation = situationOf(oldSchema, newSchema, changes);
  const path = strictestPath(changes.map((classified) => classified.path));
  return {
    situation,
    distribution,
    oldSchema,
    newSchema,
    changes,
    path,
    officialPath: officialPathOf(changes),
    unacceptedPath: strictestPath(changes.filter(({ accepted }) => accepted === undefined).map((one) => one.path)),
    reason: reasonFor(situation, changes, path),
    steps: stepsFor(situation, {
      oldName: (oldSchema ?? newSchema).name,
      newName: newSchema.name,
      schemaFile: options.schemaFile ?? newSchema.options.filename ?? "schema.lua",
      path,
      changes,
      instanceEdits: instanceEdits(changes, newSchema),
    }),
    version: oldSchema === undefined ? noVersionAdvice : adviseVersion(changes, path, options),
    findings: [...schemaFindings(oldSchema, newSchema), ...pathFindings(changes, path), ...findings],
  };
}

function situationOf(
  oldSchema: PluginSchema | undefined,
  newSchema: PluginSchema,
  changes: readonly ClassifiedChange[],
): Situation {
  if (oldSchema === undefined) return "first-upload";
  if (oldSchema.name !== newSchema.name) return "new-name";
  return changes.length === 0 ? "handler-only" : "update";
}

/** Null where there are changes and the table knows none of them. */
function officialPathOf(changes: readonly ClassifiedChange[]): UpdatePath | null {
  const known = changes.flatMap(({ officialPath }) => officialPath ?? []);
  return known.length === 0 && changes.length > 0 ? null : strictestPath(known);
}

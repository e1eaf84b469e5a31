import type { PluginSchema } from "../schema/model.js";
import { schemaFindings } from "./findings.js";
import type { MigrationPlan } from "./plan.js";
import { reasonFor } from "./reason.js";
import { stepsFor } from "./steps/steps.js";
import { noVersionAdvice } from "./version.js";

/**
 * The end of a plugin: instances, schema, files, in this order. Kong's table has no row for it; the path is Long, since
 * instances have to be changed first, and every data plane node accepts that.
 */
export function planRemoval(oldSchema: PluginSchema): MigrationPlan {
  const { name } = oldSchema;
  return {
    situation: "removal",
    distribution: "installed",
    oldSchema,
    newSchema: undefined,
    changes: [],
    path: "long",
    officialPath: null,
    unacceptedPath: "long",
    reason: reasonFor("removal", [], "long"),
    steps: stepsFor("removal", {
      oldName: name,
      newName: name,
      schemaFile: "schema.lua",
      path: "long",
      changes: [],
      instanceEdits: [],
    }),
    version: noVersionAdvice,
    findings: schemaFindings(oldSchema),
  };
}

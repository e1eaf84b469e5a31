import type { ClassifiedChange } from "../classify/classified-change.js";
import type { PluginSchema } from "../schema/model.js";
import { checkClone } from "./clones.js";
import { deploymentFindings, deploymentOf } from "./deployment.js";
import { completePlan, nameEdit } from "./draft.js";
import { chooseName } from "./names.js";
import type { ClonePlanOptions } from "./options.js";
import type { MigrationPlan } from "./plan.js";
import { noVersionAdvice, parseVersion } from "./version.js";
import { cloned, configOfOtherSource } from "./ways/cloned.js";

/** The way from one clone to another. The schemas are those of the source plugins, as far as they are known. */
export function planClone(
  oldSchema: PluginSchema | undefined,
  newSchema: PluginSchema | undefined,
  changes: readonly ClassifiedChange[],
  options: ClonePlanOptions,
): MigrationPlan {
  const { hosting = "konnect", gatewayVersion, takenNames = [], accept = [], instances } = options;
  const { old, new: asked, present = [] } = options.clone;
  const deployment = deploymentOf("cloned", hosting, gatewayVersion);
  const others = present.filter(({ name }) => name !== old?.name && name !== asked.name);
  const { newName } = chooseName({
    distribution: "cloned",
    strategy: undefined,
    oldName: old?.name,
    ownName: asked.name,
    newName: options.newName,
    takenNames: [...takenNames, ...others.map(({ name }) => name)],
    from: parseVersion("fromVersion", options.fromVersion),
    to: parseVersion("toVersion", options.toVersion),
  });
  const clone = { ...asked, name: newName };
  checkClone(clone, old, others);
  return completePlan(
    {
      deployment,
      situation: old === undefined ? "first-upload" : "new-name",
      strategy: "side-by-side",
      oldName: old?.name ?? null,
      newName,
      oldSchema,
      newSchema,
      files: { schema: "schema.lua", handler: "handler.lua" },
      changes,
      proof: null,
      trust: options.trust,
      furtherEdits: old === undefined ? [] : [nameEdit(newName), ...configOfOtherSource(old, clone)],
      accept,
      instances,
      version: { ...noVersionAdvice, reason: "A clone has the version of its source plugin." },
      comparison: null,
      findings: deploymentFindings(deployment, gatewayVersion),
    },
    cloned({ old, new: clone, others }),
  );
}

import type { Distribution } from "../kong/distribution.js";
import type { Hosting } from "../kong/streamed-and-cloned.js";
import type { PluginSchema } from "../schema/model.js";
import { type Acceptance, acceptanceOf, checkAcceptances, pluginRemoval, unusedAcceptances } from "./accept.js";
import { deploymentOf, type Deployment } from "./deployment.js";
import { PlanError } from "./errors.js";
import { schemaFindings } from "./findings.js";
import { hostingKits } from "./hostings/hostings.js";
import type { HostingKit } from "./hostings/hosting.js";
import type { MigrationPlan, MigrationStep, PlannedInstance } from "./plan.js";
import { deleteDefinition } from "./steps/definitions.js";
import { deleteAllInstances } from "./steps/removal.js";
import { noVersionAdvice } from "./version.js";
import { installedWays } from "./ways/installed.js";

export interface RemovalOptions {
  readonly distribution?: Distribution;
  readonly hosting?: Hosting;
  /** The oldest Gateway release among control plane and data plane nodes. */
  readonly gatewayVersion?: string | undefined;
  /** The plugin's name, where there is no schema that says it: a clone has none. */
  readonly name?: string | undefined;
  /** One of the kind `plugin-removed`, with an empty path, leaves the removal out of `unacceptedPath`. */
  readonly accept?: readonly Acceptance[];
}

/**
 * The end of a plugin: its instances, then what the control plane has of it, then the files on the nodes. It is not
 * ready while any of the plan's `instances` is left; without a list nobody knows. Kong's table has no row for it; the
 * path is Long, since instances have to be changed first, and every node accepts that. Throws a `PlanError`.
 */
export function planRemoval(
  schema: PluginSchema | undefined,
  instances?: readonly PlannedInstance[],
  options: RemovalOptions = {},
): MigrationPlan {
  const { distribution = "installed", hosting = "konnect", gatewayVersion, name = schema?.name, accept = [] } = options;
  checkAcceptances(accept);
  const deployment = deploymentOf(distribution, hosting, gatewayVersion);
  if (name === undefined) {
    throw new PlanError(
      "definition-missing",
      "neither a schema nor a name says which plugin is to be removed",
      "Give one of them.",
    );
  }
  const kit = hostingKits[deployment.hosting];
  const acceptance = acceptanceOf(pluginRemoval, accept, [name]);
  const reason =
    "Every instance has to go before the nodes lose the plugin, and each deletion is accepted by all of them.";
  return {
    situation: "removal",
    ...deployment,
    strategy: "in-place",
    oldName: name,
    newName: null,
    oldSchema: schema,
    newSchema: undefined,
    instances: instances?.filter((instance) => instance.name === name) ?? null,
    changes: [],
    path: "long",
    officialPath: null,
    provenPath: null,
    proof: null,
    unacceptedPath: acceptance === undefined ? "long" : "none",
    reason: acceptance === undefined ? reason : `${reason} Accepted: ${acceptance.reason}`,
    steps: [deleteAllInstances(kit, name), ...restOf(deployment, kit, name)],
    comparison: null,
    version: noVersionAdvice,
    findings: [...schemaFindings(schema), ...unusedAcceptances(accept, [{ changes: [pluginRemoval], names: [name] }])],
  };
}

function restOf(deployment: Deployment, kit: HostingKit, name: string): readonly MigrationStep[] {
  switch (deployment.distribution) {
    case "installed":
      return installedWays[deployment.hosting].uninstall(kit, name);
    case "streamed":
    case "cloned":
      return [deleteDefinition(kit, name, deployment.distribution)];
  }
}

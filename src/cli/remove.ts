import { definitionReference, findDefinition, readDefinitions } from "./definitions.js";
import { CliError } from "./errors.js";
import { missingInstances, readInstanceTexts } from "./instance-files.js";
import { runRequested } from "./isolation.js";
import type { PlanJob, PluginTexts } from "./jobs/plan.js";
import type { RemoveRequest } from "./remove-command.js";
import { textMaker } from "./schema-text.js";
import { readOneText, readSide } from "./side.js";
import type { Outcome, Surroundings } from "./surroundings.js";
import { usesColours, widthOf } from "./terminal.js";

/** Reads what the command line names, and plans the end of the plugin. */
export async function runRemove(request: RemoveRequest, surroundings: Surroundings): Promise<Outcome> {
  const { instances, rollout = false } = request;
  if (rollout && instances === undefined) throw missingInstances("--rollout");
  const job: PlanJob = {
    kind: "plan",
    shows: rollout ? "rollout" : "plan",
    instances: instances === undefined ? undefined : readInstanceTexts({ instances }, surroundings),
    plugins: [await readPlugin(request, surroundings)],
    isOverFolders: false,
    format: request.format,
    width: widthOf(surroundings),
    colours: usesColours(surroundings),
    maxPath: undefined,
    accept: [],
    renames: [],
    trust: undefined,
    fromVersion: undefined,
    toVersion: undefined,
    deployment: {},
  };
  return runRequested(job, request, surroundings);
}

async function readPlugin(request: RemoveRequest, surroundings: Surroundings): Promise<PluginTexts> {
  const { plugin, distribution, hosting, gatewayVersion } = request;
  const removal = { ...(hosting === undefined ? {} : { hosting }), gatewayVersion };
  const reference = definitionReference(plugin);
  if (reference?.section === "cloned_plugins") {
    const { cloned } = readDefinitions(readOneText(reference.file, surroundings), reference.file);
    const { name } = findDefinition(cloned, reference);
    return { kind: "removal", old: undefined, removal: { ...removal, distribution: "cloned", name } };
  }
  if (distribution === "cloned") {
    throw new CliError("usage", `${plugin} is no clone`, "Name one as kong.yaml#cloned_plugins/NAME.");
  }
  const side = await readSide(plugin, surroundings);
  if (side.kind === "folder") {
    throw new CliError("usage", `${plugin} is a folder of plugins`, "Give the one that is to be removed.");
  }
  const old = textMaker(request, surroundings)(side.plugin);
  const way = distribution ?? (reference === undefined ? "installed" : "streamed");
  return { kind: "removal", old, removal: { ...removal, distribution: way } };
}

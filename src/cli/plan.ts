import type { RemovalOptions } from "../index.js";
import { cloneTexts, isAboutClones } from "./clone-texts.js";
import { definitionReference } from "./definitions.js";
import { CliError } from "./errors.js";
import { missingInstances, readInstanceTexts } from "./instance-files.js";
import { runRequested } from "./isolation.js";
import type { PlanJob, PluginTexts } from "./jobs/plan.js";
import { type Pair, pairUp } from "./pairs.js";
import { readingsOf } from "./reading-options.js";
import type { PlanRequest } from "./request.js";
import { textMaker, type TextMaker } from "./schema-text.js";
import { type PluginText, readSide, type Side } from "./side.js";
import type { Outcome, Surroundings } from "./surroundings.js";
import { usesColours, widthOf } from "./terminal.js";

/** Reads what the command line names, and plans. */
export function runPlan(request: PlanRequest, surroundings: Surroundings): Promise<Outcome> {
  return runWith(request, "plan", surroundings);
}

/** The same, and runs the plan in a model. */
export function runRollout(request: PlanRequest, surroundings: Surroundings): Promise<Outcome> {
  if (request.instances === undefined) throw missingInstances("rollout");
  return runWith(request, "rollout", surroundings);
}

async function runWith(request: PlanRequest, shows: PlanJob["shows"], surroundings: Surroundings): Promise<Outcome> {
  const { format, maxPath, accept = [], rename: renames = [], trust } = request;
  const { fromVersion, toVersion, instances } = request;
  if (trust === "instances" && instances === undefined) throw missingInstances("--trust instances");
  const { distribution = impliedDistribution(request), hosting, strategy, newName, gatewayVersion } = request;
  const { names, ...texts } = await readTexts(request, surroundings);
  if (renames.length > 0 && (texts.isOverFolders || request.old === undefined)) {
    throw new CliError("usage", "--rename goes with the OLD and the NEW version of one plugin");
  }
  const job: PlanJob = {
    kind: "plan",
    ...texts,
    shows,
    instances: instances === undefined ? undefined : readInstanceTexts(request, surroundings),
    format,
    width: widthOf(surroundings),
    colours: usesColours(surroundings),
    maxPath,
    accept,
    renames,
    trust,
    fromVersion,
    toVersion,
    deployment: {
      ...(distribution === undefined || distribution === "cloned" ? {} : { distribution }),
      ...(hosting === undefined ? {} : { hosting }),
      ...{ gatewayVersion, strategy, ...names, ...(newName === undefined ? {} : { newName }) },
    },
  };
  return runRequested(job, request, surroundings);
}

/** A definition in a decK file says by itself how the plugin is distributed. */
function impliedDistribution({ old, new: now }: PlanRequest): "streamed" | undefined {
  const isDefinition = (shown: string | undefined) => shown !== undefined && definitionReference(shown) !== undefined;
  return isDefinition(old) || isDefinition(now) ? "streamed" : undefined;
}

async function readTexts(
  request: PlanRequest,
  surroundings: Surroundings,
): Promise<Pick<PlanJob, "plugins" | "isOverFolders"> & { readonly names: Names }> {
  if (isAboutClones(request)) {
    return { plugins: [cloneTexts(request, surroundings)], isOverFolders: false, names: {} };
  }
  if (request.new === undefined) throw new CliError("usage", "there is no NEW to plan for");
  const oldSide = request.old === undefined ? undefined : await readSide(request.old, surroundings);
  const newSide = await readSide(request.new, surroundings);
  if (request.pluginName !== undefined && newSide.kind === "folder") {
    throw new CliError(
      "usage",
      "--plugin-name goes with one plugin",
      "Plugins in folders have the names of their folders.",
    );
  }
  const readings = readingsOf(request);
  const toOld = textMaker(readings.old, surroundings);
  const toNew = textMaker(readings.new, surroundings, request.handler);
  const { distribution, hosting, gatewayVersion } = request;
  const removal = {
    ...(distribution === undefined ? {} : { distribution }),
    ...(hosting === undefined ? {} : { hosting }),
    gatewayVersion,
  };
  return {
    plugins: pairUp(oldSide, newSide).map((pair) => textsOf(pair, toOld, toNew, removal)),
    isOverFolders: newSide.kind === "folder",
    names: namesIn(oldSide, newSide),
  };
}

type Names = Pick<PlanJob["deployment"], "newName" | "takenNames">;

/** A definition is called as its entry says, unless the old one has that name. */
function namesIn(oldSide: Side | undefined, newSide: Side): Names {
  const [old, now] = [oldSide, newSide].map((side) => (side?.kind === "plugin" ? side.plugin.definition : undefined));
  const isNew = now !== undefined && now.name !== old?.name;
  const others = [...(old?.others ?? []), ...(now?.others ?? [])];
  return {
    takenNames: others.filter((name) => name !== old?.name && name !== now?.name),
    ...(isNew ? { newName: now.name } : {}),
  };
}

function textsOf(pair: Pair, toOld: TextMaker, toNew: TextMaker, removal: RemovalOptions): PluginTexts {
  if (pair.new === undefined) return { kind: "removal", old: toOld(pair.old), removal };
  if (pair.old === undefined) return { kind: "first-upload", new: toNew(pair.new) };
  return {
    kind: "update",
    old: toOld(pair.old, pair.new),
    new: toNew(pair.new, pair.old),
    hasSameCode: hasSameCode(pair.old, pair.new),
  };
}

/** Whether all Lua files beside the two schemas are known and the same. */
function hasSameCode({ code: before }: PluginText, { code: after }: PluginText): boolean {
  if (before === undefined || after?.size !== before.size) return false;
  return [...before].every(([path, text]) => after.get(path) === text);
}

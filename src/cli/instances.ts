import pc from "picocolors";
import type { PluginInstance, PluginSchema } from "../index.js";
import { CliError } from "./errors.js";
import { readInstanceTexts, writeWhole } from "./instance-files.js";
import type { AdaptRequest, CheckRequest, RolloutRequest, VersionsRequest } from "./instances-command.js";
import { textMaker } from "./plan.js";
import { readSide } from "./side.js";
import type { Outcome, Surroundings } from "./surroundings.js";
import { usesColours, widthOf } from "./terminal.js";

/** Plans with the user's own instances. */
export async function runRollout(request: RolloutRequest, surroundings: Surroundings): Promise<Outcome> {
  const { createReport, isStricterPath, planMigration, renderWithInstances, reportInstances } =
    await import("../index.js");
  const { format, controlPlane = "konnect", maxPath, trust, set: answers = [], rename: renames = [] } = request;
  const [oldSchema, newSchema] = await readVersions(request, surroundings);
  const instances = await readInstancesFor(oldSchema, request, surroundings);
  const plan = planMigration(oldSchema, newSchema, trust === undefined || trust === "instances" ? {} : { trust });
  const judged = reportInstances(plan, instances, {
    answers,
    renames,
    controlPlane,
    onJudged: progressOn(surroundings),
  });
  if (judged === undefined) throw new CliError("usage", "there are no two versions to roll out between");
  const { instancePath } = judged;
  const path = trust !== "instances" ? plan.path : instancePath === "unknown" ? "cp-dp-sync" : instancePath;
  const isExceeded = maxPath !== undefined && isStricterPath(path, maxPath);
  return {
    exitCode: isExceeded ? 2 : 0,
    stdout: renderWithInstances(createReport(plan), judged, format, {
      width: widthOf(surroundings),
      palette: pc.createColors(usesColours(surroundings)),
    }),
    stderr: isExceeded ? `kong-schema-advisor: the path is ${path}: stricter than --max-path ${maxPath}\n` : "",
  };
}

/** Writes the edits into the decK files, or prints the one that there is. */
export async function runAdapt(request: AdaptRequest, surroundings: Surroundings): Promise<Outcome> {
  const { adaptInstances, checkInstances, readInstanceFiles, rewriteInstances } = await import("../index.js");
  const { write = false, set: answers = [], rename: renames = [] } = request;
  const [oldSchema, newSchema] = await readVersions(request, surroundings);
  const { files, format } = requireFiles(request, surroundings);
  if (format !== "deck") {
    throw new CliError("usage", "only decK files can be edited", "For other instances see rollout --format json.");
  }
  if (files.length > 1 && !write) {
    throw new CliError("usage", "one file can be printed", "Give one file, or --write to replace them all.");
  }
  const instances = readInstanceFiles(files, { format });
  const options = { answers, renames };
  const edits = adaptInstances(oldSchema, newSchema, instances, { ...options, onJudged: progressOn(surroundings) });
  const rewritten = rewriteInstances(files, edits);
  const open = checkInstances(oldSchema, newSchema, instances, options).filter(
    (_, index) => edits[index]?.need === "decide" || edits[index]?.need === "unknown",
  );
  const changed = rewritten.filter(({ text }, index) => text !== files[index]?.text);
  if (write)
    for (const { filename, text } of changed) if (filename !== undefined) writeWhole(filename, text, surroundings);
  return {
    exitCode: open.length > 0 ? 2 : 0,
    stdout: write ? changed.map(({ filename }) => `${filename ?? ""}\n`).join("") : (rewritten[0]?.text ?? ""),
    stderr: open.map(({ sentence }) => `kong-schema-advisor: not edited: ${sentence}\n`).join(""),
  };
}

/** Says what a push would do now. */
export async function runCheck(request: CheckRequest, surroundings: Surroundings): Promise<Outcome> {
  const { checkSync, renderSyncCheck } = await import("../index.js");
  const [controlPlane, dataPlane] = await readVersions(request, surroundings);
  const instances =
    request.instances === undefined ? undefined : await readInstancesFor(controlPlane, request, surroundings);
  const check = checkSync(controlPlane, dataPlane, instances);
  return {
    exitCode: check.outcome.verdict === "accepted" ? 0 : 2,
    stdout: renderSyncCheck(check, request.format, widthOf(surroundings)),
    stderr: "",
  };
}

async function readVersions(
  request: VersionsRequest,
  surroundings: Surroundings,
): Promise<readonly [PluginSchema, PluginSchema]> {
  const { readSchema } = await import("../index.js");
  if (request.old === "-" && request.new === "-") {
    throw new CliError("stdin-used-twice", "both schemas cannot be standard input", "Give one of them as a file.");
  }
  const toText = textMaker(request, request.modulePath, surroundings);
  const read = async (shown: string) => {
    const side = await readSide(shown, surroundings);
    if (side.kind === "folder") {
      throw new CliError("usage", `${shown} holds several plugins`, "Give one plugin's folder or schema.lua.");
    }
    const { source, options } = toText(side.plugin);
    return readSchema(source, options);
  };
  return [await read(request.old), await read(request.new)];
}

async function readInstancesFor(
  { name, options }: PluginSchema,
  request: VersionsRequest,
  surroundings: Surroundings,
): Promise<readonly PluginInstance[]> {
  const { readInstanceFiles } = await import("../index.js");
  const { files, format } = requireFiles(request, surroundings);
  return readInstanceFiles(files, { format, pluginName: options.pluginName ?? name });
}

function requireFiles(request: VersionsRequest, surroundings: Surroundings) {
  if (request.instances === undefined) {
    throw new CliError("usage", "--instances is missing", "Give a decK file, or a saved answer of GET …/plugins.");
  }
  return readInstanceTexts(request, surroundings);
}

/** Every hundredth instance is news; a run over fewer is over before anybody looks. */
function progressOn({ showProgress }: Surroundings): ((judged: number, all: number) => void) | undefined {
  if (showProgress === undefined) return undefined;
  return (judged, all) => {
    if (judged === all) showProgress("");
    else if (judged % 100 === 0) showProgress(`${judged} of ${all} instances judged`);
  };
}

import pc from "picocolors";
import type * as Library from "../../index.js";
import type {
  Acceptance,
  ClonePlanOptions,
  Format,
  MigrationPlan,
  PluginInstance,
  PlanOptions,
  RemovalOptions,
  Rename,
  Report,
  Trust,
  UpdatePath,
} from "../../index.js";
import type { Outcome } from "../surroundings.js";
import { instancesIn, type InstanceTexts, progressOn } from "./instances.js";
import type { JobContext } from "./job.js";
import { readText, type SourceText } from "./read-text.js";

/** Plans of one plugin or many; the removal of one is such a plan too. */
export interface PlanJob {
  readonly kind: "plan";
  readonly plugins: readonly PluginTexts[];
  /** Whether the sides are folders of plugins; else there is one plugin. */
  readonly isOverFolders: boolean;
  readonly format: Format;
  readonly width: number;
  readonly colours: boolean;
  readonly maxPath: UpdatePath | undefined;
  readonly accept: readonly Acceptance[];
  /** Of parameters of the one plugin. */
  readonly renames: readonly Rename[];
  readonly trust: Trust | "instances" | undefined;
  /** The user's own instances, where there are any to plan with. */
  readonly instances: InstanceTexts | undefined;
  /** `rollout`: what becomes of instances and nodes; `plan`: what is to be done. */
  readonly shows: "plan" | "rollout";
  readonly fromVersion: string | undefined;
  readonly toVersion: string | undefined;
  /** How and where the plugins run, and what the new version is to be. */
  readonly deployment: Pick<
    PlanOptions,
    "distribution" | "hosting" | "gatewayVersion" | "strategy" | "newName" | "takenNames"
  >;
}

/** The versions of one plugin. */
export type PluginTexts =
  | { readonly kind: "first-upload"; readonly new: SchemaText }
  | { readonly kind: "removal"; readonly old: SchemaText | undefined; readonly removal: RemovalOptions }
  | { readonly kind: "clone"; readonly clone: ClonePlanOptions["clone"] }
  | { readonly kind: "update"; readonly old: SchemaText; readonly new: SchemaText; readonly hasSameCode: boolean };

export interface SchemaText extends SourceText {
  /** The plugin's files as commands are to name them. */
  readonly schemaFile: string;
  readonly handlerFile: string;
  /** What is to be done before they are there. */
  readonly fileNote: string | undefined;
}

export function runPlanJob(job: PlanJob, library: typeof Library, context: JobContext): Outcome {
  const { combineReports, isStricterPath, render, renderRollout, updatePathNames } = library;
  const { format, width, colours, maxPath } = job;

  const instances = job.instances === undefined ? undefined : instancesIn(job.instances, library);
  const decisions = { answers: job.instances?.answers ?? [], renames: job.renames };
  const onJudged = progressOn(context);
  const all = job.plugins.map((texts) => ({
    texts,
    report: reportOn(texts, { ...job, instances, decisions, onJudged }, library),
  }));
  const isUnchanged = ({ texts, report }: (typeof all)[number]) =>
    texts.kind === "update" && texts.hasSameCode && report.changes.length === 0;
  const reports = all.filter((one) => !job.isOverFolders || !isUnchanged(one)).map(({ report }) => report);
  const unchanged = all.filter(isUnchanged).map(({ report }) => nameOf(report));
  const [only] = reports;
  const report =
    job.isOverFolders || only === undefined ? combineReports(reports, { unchanged, accept: job.accept }) : only;
  const options = { width, palette: pc.createColors(colours) };

  const reasons = reports.flatMap((one) => {
    const { path, whose } = gatedPath(one, job.trust);
    return [
      ...(maxPath !== undefined && isStricterPath(path, maxPath)
        ? [`${whose} the path ${updatePathNames[path]}: stricter than --max-path ${maxPath}`]
        : []),
      ...notReady(one),
    ];
  });
  return {
    exitCode: reasons.length > 0 ? 2 : 0,
    stdout: (job.shows === "rollout" ? renderRollout : render)(report, format, options),
    stderr: reasons.map((reason) => `kong-schema-advisor: ${reason}\n`).join(""),
  };
}

/** What a gate acts on: an unknown path may be the strictest. */
function gatedPath(report: Report, trust: PlanJob["trust"]): { readonly path: UpdatePath; readonly whose: string } {
  const { instanceReport, unacceptedPath } = report;
  const name = nameOf(report);
  if (trust !== "instances" || instanceReport === undefined) return { path: unacceptedPath, whose: `${name} needs` };
  const { instancePath } = instanceReport;
  return instancePath === "unknown"
    ? { path: "cp-dp-sync", whose: `nobody can tell whether the instances of ${name} need` }
    : { path: instancePath, whose: `the instances of ${name} need` };
}

/** A removal waits for the last instance. */
function notReady(report: Report): readonly string[] {
  const left = report.situation === "removal" ? (report.instances?.length ?? 0) : 0;
  if (left === 0) return [];
  return [
    `${nameOf(report)} has ${left === 1 ? "1 instance" : `${left} instances`} left: nothing else may be removed before`,
  ];
}

interface WithInstances extends Omit<PlanJob, "instances"> {
  readonly instances: readonly PluginInstance[] | undefined;
  readonly decisions: Pick<InstanceTexts, "answers" | "renames">;
  readonly onJudged: ((judged: number, all: number) => void) | undefined;
}

function reportOn(texts: PluginTexts, job: WithInstances, library: typeof Library): Report {
  const { deployment, accept, renames, fromVersion, toVersion, instances } = job;
  const trust = job.trust === "instances" ? undefined : job.trust;
  const { planMigration, planRemoval } = library;
  switch (texts.kind) {
    case "removal": {
      const schema = texts.old === undefined ? undefined : readText(texts.old, library);
      return reported(planRemoval(schema, instances, { ...texts.removal, accept }), job, library);
    }
    case "clone": {
      const options = { ...deployment, distribution: "cloned", clone: texts.clone, accept } as const;
      return reported(planMigration(undefined, undefined, options), job, library);
    }
    case "first-upload":
    case "update": {
      const oldSchema = texts.kind === "update" ? readText(texts.old, library) : undefined;
      const { schemaFile, handlerFile, fileNote } = texts.new;
      const options = { ...deployment, accept, renames, trust, fromVersion, toVersion, schemaFile, handlerFile };
      const plan = planMigration(oldSchema, readText(texts.new, library), options);
      const findings =
        fileNote === undefined ? [] : [{ id: "files-to-write", severity: "note", message: fileNote } as const];
      return reported({ ...plan, findings: [...plan.findings, ...findings] }, job, library);
    }
  }
}

/** The plan, and what it means for the instances that are given. */
function reported(
  plan: MigrationPlan,
  { instances, decisions, onJudged, shows }: WithInstances,
  { createReport, reportInstances }: typeof Library,
): Report {
  if (instances === undefined) return createReport(plan);
  const isSimulated = shows === "rollout";
  return createReport(plan, reportInstances(plan, instances, { ...decisions, isSimulated, onJudged }));
}

function nameOf({ plugin }: Report): string {
  return plugin.new ?? plugin.old ?? "the plugin";
}

import pc from "picocolors";
import type * as Library from "../../index.js";
import type {
  Acceptance,
  ClonePlanOptions,
  Format,
  PlannedInstance,
  PlanOptions,
  ReadOptions,
  RemovalOptions,
  Report,
  Trust,
  UpdatePath,
} from "../../index.js";
import type { Outcome } from "../surroundings.js";

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
  readonly trust: Trust | undefined;
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
  | { readonly kind: "removal"; readonly old: SchemaText | undefined; readonly removal: Removal }
  | { readonly kind: "clone"; readonly clone: ClonePlanOptions["clone"] }
  | { readonly kind: "update"; readonly old: SchemaText; readonly new: SchemaText; readonly hasSameCode: boolean };

export interface Removal extends RemovalOptions {
  /** The files that list the instances; undefined where nobody says which there are. */
  readonly instanceFiles?: readonly InstanceFile[] | undefined;
}

export interface InstanceFile {
  readonly filename: string;
  readonly text: string;
}

export interface SchemaText {
  readonly source: string;
  readonly options: ReadOptions;
  /** The plugin's files as commands are to name them. */
  readonly schemaFile: string;
  readonly handlerFile: string;
}

export function runPlanJob(job: PlanJob, library: typeof Library): Outcome {
  const { combineReports, isStricterPath, render, updatePathNames } = library;
  const { format, width, colours, maxPath } = job;

  const all = job.plugins.map((texts) => ({ texts, report: reportOn(texts, job, library) }));
  const isUnchanged = ({ texts, report }: (typeof all)[number]) =>
    texts.kind === "update" && texts.hasSameCode && report.changes.length === 0;
  const reports = all.filter((one) => !job.isOverFolders || !isUnchanged(one)).map(({ report }) => report);
  const unchanged = all.filter(isUnchanged).map(({ report }) => nameOf(report));
  const [only] = reports;
  const report = job.isOverFolders || only === undefined ? combineReports(reports, unchanged) : only;

  const reasons = reports.flatMap((one) => [
    ...(maxPath !== undefined && isStricterPath(one.unacceptedPath, maxPath)
      ? [`${nameOf(one)} needs the path ${updatePathNames[one.unacceptedPath]}: stricter than --max-path ${maxPath}`]
      : []),
    ...notReady(one),
  ]);
  return {
    exitCode: reasons.length > 0 ? 2 : 0,
    stdout: render(report, format, { width, palette: pc.createColors(colours) }),
    stderr: reasons.map((reason) => `kong-schema-advisor: ${reason}\n`).join(""),
  };
}

/** decK files are one state together, and so are the pages of an answer. */
function readAll(files: readonly InstanceFile[], { readInstanceFiles }: typeof Library): readonly PlannedInstance[] {
  const isAnswer = ({ text }: InstanceFile) => /^\uFEFF?\s*[{[]/.test(text) && !/"_format_version"\s*:/.test(text);
  const [answers, decks] = [files.filter(isAnswer), files.filter((file) => !isAnswer(file))];
  return [
    ...(decks.length === 0 ? [] : readInstanceFiles(decks, { format: "deck" })),
    ...(answers.length === 0 ? [] : readInstanceFiles(answers, { format: "admin-api" })),
  ];
}

/** A removal waits for the last instance. */
function notReady(report: Report): readonly string[] {
  const left = report.situation === "removal" ? (report.instances?.length ?? 0) : 0;
  if (left === 0) return [];
  return [
    `${nameOf(report)} has ${left === 1 ? "1 instance" : `${left} instances`} left: nothing else may be removed before`,
  ];
}

function reportOn(
  texts: PluginTexts,
  { deployment, accept, trust, fromVersion, toVersion }: PlanJob,
  library: typeof Library,
): Report {
  const { createReport, planMigration, planRemoval, readSchema } = library;
  const read = ({ source, options }: SchemaText) => readSchema(source, options);
  switch (texts.kind) {
    case "removal": {
      const { instanceFiles, ...options } = texts.removal;
      const schema = texts.old === undefined ? undefined : read(texts.old);
      const instances = instanceFiles === undefined ? undefined : readAll(instanceFiles, library);
      return createReport(planRemoval(schema, instances, options));
    }
    case "clone": {
      const options = { ...deployment, distribution: "cloned", clone: texts.clone } as const;
      return createReport(planMigration(undefined, undefined, options));
    }
    case "first-upload":
    case "update": {
      const oldSchema = texts.kind === "update" ? read(texts.old) : undefined;
      const { schemaFile, handlerFile } = texts.new;
      const options = { ...deployment, accept, trust, fromVersion, toVersion, schemaFile, handlerFile };
      return createReport(planMigration(oldSchema, read(texts.new), options));
    }
  }
}

function nameOf({ plugin }: Report): string {
  return plugin.new ?? plugin.old ?? "the plugin";
}

import pc from "picocolors";
import type * as Library from "../index.js";
import type { Acceptance, Format, ReadOptions, Report, Trust, UpdatePath } from "../index.js";
import type { Outcome } from "./surroundings.js";

/** All that a run needs once its inputs are read: plain data, so that it can run elsewhere than the reading. */
export interface PlanJob {
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
}

/** The versions of one plugin. */
export type PluginTexts =
  | { readonly kind: "first-upload"; readonly new: SchemaText }
  | { readonly kind: "removal"; readonly old: SchemaText }
  | { readonly kind: "update"; readonly old: SchemaText; readonly new: SchemaText; readonly hasSameCode: boolean };

export interface SchemaText {
  readonly source: string;
  readonly options: ReadOptions;
  /** The schema's file as commands are to name it. */
  readonly schemaFile: string;
}

/** Plans and renders. Reads nothing and prints nothing. */
export async function runPlanJob(job: PlanJob): Promise<Outcome> {
  // Loaded here and not at the start: help, usage errors and missing files do not need it.
  const library = await import("../index.js");
  const { combineReports, isStricterPath, render, updatePathNames } = library;
  const { format, width, colours, maxPath } = job;

  const all = job.plugins.map((texts) => ({ texts, report: reportOn(texts, job, library) }));
  const isUnchanged = ({ texts, report }: (typeof all)[number]) =>
    texts.kind === "update" && texts.hasSameCode && report.situation === "handler-only";
  const reports = all.filter((one) => !job.isOverFolders || !isUnchanged(one)).map(({ report }) => report);
  const unchanged = all.filter(isUnchanged).map(({ report }) => nameOf(report));
  const [only] = reports;
  const report = job.isOverFolders || only === undefined ? combineReports(reports, unchanged) : only;

  const exceeding =
    maxPath === undefined ? [] : reports.filter(({ unacceptedPath }) => isStricterPath(unacceptedPath, maxPath));
  return {
    exitCode: exceeding.length > 0 ? 2 : 0,
    stdout: render(report, format, { width, palette: pc.createColors(colours) }),
    stderr: exceeding
      .map(
        (one) =>
          `kong-schema-advisor: ${nameOf(one)} needs the path ${updatePathNames[one.unacceptedPath]}: stricter than --max-path ${maxPath ?? ""}\n`,
      )
      .join(""),
  };
}

function reportOn(texts: PluginTexts, job: PlanJob, library: typeof Library): Report {
  const { createReport, planMigration, planRemoval, readSchema } = library;
  const { accept, trust, fromVersion, toVersion } = job;
  const read = ({ source, options }: SchemaText) => readSchema(source, options);
  switch (texts.kind) {
    case "removal":
      return createReport(planRemoval(read(texts.old)));
    case "first-upload":
    case "update": {
      const oldSchema = texts.kind === "update" ? read(texts.old) : undefined;
      const { schemaFile } = texts.new;
      return createReport(
        planMigration(oldSchema, read(texts.new), { accept, trust, fromVersion, toVersion, schemaFile }),
      );
    }
  }
}

function nameOf({ plugin }: Report): string {
  return plugin.new ?? plugin.old ?? "the plugin";
}

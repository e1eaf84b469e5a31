import { strictestPath, type UpdatePath } from "../kong/update-paths.js";
import type { Report } from "../report.js";

/** The reports of several plugins as one. */
export interface ReportOfSeveral {
  readonly formatVersion: 1;
  /** The strictest of all plugins. */
  readonly path: UpdatePath;
  readonly unacceptedPath: UpdatePath;
  readonly plugins: readonly Report[];
  /** The names of the plugins in which nothing changed. */
  readonly unchanged: readonly string[];
}

export function combineReports(plugins: readonly Report[], unchanged: readonly string[] = []): ReportOfSeveral {
  return {
    formatVersion: 1,
    path: strictestPath(plugins.map((report) => report.path)),
    unacceptedPath: strictestPath(plugins.map((report) => report.unacceptedPath)),
    plugins,
    unchanged,
  };
}

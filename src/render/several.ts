import { strictestPath, type UpdatePath } from "../kong/update-paths.js";
import { type Acceptance, isUnusedAcceptance, pluginRemoval, unusedAcceptances } from "../plan/accept.js";
import type { Finding } from "../schema/model.js";
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
  /** About the run as a whole. */
  readonly findings: readonly Finding[];
}

/** What was accepted for all plugins of a run is left over only where none of them has such a change. */
export function combineReports(
  plugins: readonly Report[],
  {
    unchanged = [],
    accept = [],
  }: { readonly unchanged?: readonly string[]; readonly accept?: readonly Acceptance[] } = {},
): ReportOfSeveral {
  return {
    formatVersion: 1,
    path: strictestPath(plugins.map((report) => report.path)),
    unacceptedPath: strictestPath(plugins.map((report) => report.unacceptedPath)),
    plugins: plugins.map((report) => ({
      ...report,
      findings: report.findings.filter((finding) => !isUnusedAcceptance(finding)),
    })),
    unchanged,
    findings: unusedAcceptances(
      accept,
      plugins.map(({ situation, changes, plugin }) => ({
        changes: situation === "removal" ? [pluginRemoval] : changes,
        names: [plugin.old, plugin.new],
      })),
    ),
  };
}

import { isStricterPath, strictestPath, type UpdatePath } from "../kong/update-paths.js";
import type { Report, ReportedChange } from "../report.js";

/** The changes as they are shown: the strictest path first, else in the report's order. */
export function changesByPath(changes: readonly ReportedChange[]): ReportedChange[] {
  return changes.toSorted((a, b) => {
    if (a.updatePath === b.updatePath) return 0;
    return isStricterPath(a.updatePath, b.updatePath) ? -1 : 1;
  });
}

export interface SharedReason {
  readonly path: UpdatePath;
  readonly reason: string;
  /** Where it applies, in the shown form. */
  readonly places: readonly string[];
}

/** Each reason once, with the places that it is given for. */
export function whyByReason(changes: readonly ReportedChange[]): SharedReason[] {
  const groups = new Map<string, SharedReason>();
  for (const { updatePath, reason, shownPath } of changesByPath(changes)) {
    const key = JSON.stringify([updatePath, reason]);
    const places = groups.get(key)?.places ?? [];
    groups.set(key, { path: updatePath, reason, places: [...places, shownPath] });
  }
  return [...groups.values()];
}

/** What the JSON output of a run over several plugins is. */
export interface ReportOfSeveral {
  readonly formatVersion: 1;
  /** The strictest of all plugins. */
  readonly path: UpdatePath;
  readonly unacceptedPath: UpdatePath;
  readonly plugins: readonly Report[];
}

export function summarise(plugins: readonly Report[]): ReportOfSeveral {
  return {
    formatVersion: 1,
    path: strictestPath(plugins.map((report) => report.path)),
    unacceptedPath: strictestPath(plugins.map((report) => report.unacceptedPath)),
    plugins,
  };
}

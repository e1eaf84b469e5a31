// One by one: the package's entry point loads three times as many files, and they are a tenth of a run's time.
import gt from "semver/functions/gt.js";
import inc from "semver/functions/inc.js";
import lt from "semver/functions/lt.js";
import valid from "semver/functions/valid.js";
import type { ClassifiedChange } from "../classify/classified-change.js";
import { freezeOf } from "../classify/combine.js";
import { isStricterPath, type UpdatePath } from "../kong/update-paths.js";
import { PlanError } from "./errors.js";
import type { VersionAdvice } from "./plan.js";

export interface VersionOptions {
  readonly fromVersion?: string | undefined;
  readonly toVersion?: string | undefined;
}

/**
 * Which version says what changed: major where instances or data plane nodes must be touched in a certain order (the
 * path is Long or stricter), minor where something can be configured that could not be before, else patch.
 * Throws a `PlanError` for a version that is none.
 */
export function adviseVersion(
  changes: readonly ClassifiedChange[],
  path: UpdatePath,
  { fromVersion, toVersion }: VersionOptions,
): VersionAdvice {
  const from = parseVersion("fromVersion", fromVersion);
  const to = parseVersion("toVersion", toVersion);
  const level = levelOf(changes, path);
  const recommended = from === null ? null : inc(from, level);
  const { agrees, reason } = judge(from, to, recommended);
  return { level, from, to, recommended, agrees, reason: `${levelReasons[level]} ${reason}` };
}

/** The advice where there is only one version. */
export const noVersionAdvice: VersionAdvice = {
  level: "none",
  from: null,
  to: null,
  recommended: null,
  agrees: null,
  reason: "There is no other version of this plugin to compare with.",
};

const levelReasons = {
  major: "The update path is Long or stricter, so the release is a major one.",
  minor: "Something can be configured that could not be before, and no instance has to change: a minor release.",
  patch: "Nothing new can be configured, and no instance has to change: a patch release is enough.",
} as const;

function levelOf(changes: readonly ClassifiedChange[], path: UpdatePath): keyof typeof levelReasons {
  if (isStricterPath(path, "short")) return "major";
  return changes.some(({ row, change }) => row === "added" || freezeOf(change) === "new-values") ? "minor" : "patch";
}

function judge(
  from: string | null,
  to: string | null,
  recommended: string | null,
): Pick<VersionAdvice, "agrees" | "reason"> {
  if (from === null || recommended === null)
    return { agrees: null, reason: "Give the version before to have the next one named." };
  if (to === null) return { agrees: null, reason: `After ${from} comes at least ${recommended}.` };
  if (!gt(to, from))
    return { agrees: false, reason: `${to} is not higher than ${from}: choose at least ${recommended}.` };
  // A pre-release of the recommended version says as much as that version.
  if (lt(withoutPrerelease(to), recommended)) {
    return { agrees: false, reason: `${to} says too little after ${from}: choose at least ${recommended}.` };
  }
  return { agrees: true, reason: `${to} after ${from} says so.` };
}

function withoutPrerelease(version: string): string {
  return version.replace(/-.*$/, "");
}

/** Null for none. Throws a `PlanError` for what is no semantic version. */
export function parseVersion(option: keyof VersionOptions, version: string | undefined): string | null {
  if (version === undefined) return null;
  const parsed = valid(version);
  if (parsed === null) {
    throw new PlanError(
      "version-invalid",
      `${option} is ${JSON.stringify(version)}, which is no semantic version`,
      "Give three numbers, such as 1.4.0.",
    );
  }
  return parsed;
}

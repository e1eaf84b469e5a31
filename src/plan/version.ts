// One by one: the package's entry point loads three times as many files, and they are a tenth of a run's time.
import gt from "semver/functions/gt.js";
import inc from "semver/functions/inc.js";
import lt from "semver/functions/lt.js";
import valid from "semver/functions/valid.js";
import type { ClassifiedChange } from "../classify/classified-change.js";
import { assumedPath } from "../classify/trust.js";
import type { Freeze } from "../changes/kind.js";
import { isStricterPath, strictestPath, type UpdatePath } from "../kong/update-paths.js";
import type { Proof } from "../prove/proof.js";
import { isUnasked } from "../prove/unasked.js";
import { PlanError } from "./errors.js";
import type { VersionAdvice } from "./plan.js";

export interface VersionOptions {
  readonly fromVersion?: string | undefined;
  readonly toVersion?: string | undefined;
}

/**
 * Which version says what changed, by what Kong's engine does: major where the new schema refuses a configuration that the
 * old one accepts, minor where something can be configured that could not be before, else patch.
 * Throws a `PlanError` for a version that is none.
 */
export function adviseVersion(
  changes: readonly ClassifiedChange[],
  proof: Proof,
  { fromVersion, toVersion }: VersionOptions,
): VersionAdvice {
  const from = parseVersion("fromVersion", fromVersion);
  const to = parseVersion("toVersion", toVersion);
  const path = isUnasked(proof) ? strictestPath(changes.map((change) => change.path)) : assumedPath(proof.path);
  const level = levelOf(changes, path, proof.freeze);
  const recommended = from === null ? null : inc(from, level);
  const { agrees, reason } = judge(from, to, recommended);
  return {
    ...compatibilityOf(proof),
    level,
    from,
    to,
    recommended,
    agrees,
    reason: `${levelReason(level, proof)} ${reason}`,
  };
}

/** The advice where there is only one version. */
export const noVersionAdvice: VersionAdvice = {
  backwardCompatible: null,
  forwardCompatible: null,
  level: "none",
  from: null,
  to: null,
  recommended: null,
  agrees: null,
  reason: "There is no other version of this plugin to compare with.",
};

const levelReasons = {
  major: "The new schema refuses configurations that the old one accepts: a major release.",
  minor: "Something can be configured that could not be before, and every configuration stays valid: a minor release.",
  patch: "Nothing new can be configured, and every configuration stays valid: a patch release is enough.",
} as const;

/** Where Kong's engine was not asked. */
const tableReasons = {
  major: "By Kong's table instances may need an edit: a major release.",
  minor: "By Kong's table no instance needs an edit, and there may be something new to configure: a minor release.",
  patch: "By Kong's table no instance needs an edit, and nothing new can be configured: a patch release is enough.",
} as const satisfies Record<keyof typeof levelReasons, string>;

const nobodyKnows =
  "Nobody can tell whether the new schema accepts all configurations that the old one accepts: a major release.";

function levelReason(level: keyof typeof levelReasons, proof: Proof): string {
  if (isUnasked(proof)) return tableReasons[level];
  return proof.path === "unknown" ? nobodyKnows : levelReasons[level];
}

function compatibilityOf({ path, freeze }: Proof): Pick<VersionAdvice, "backwardCompatible" | "forwardCompatible"> {
  if (path === "unknown") return { backwardCompatible: null, forwardCompatible: null };
  return { backwardCompatible: !isStricterPath(path, "short"), forwardCompatible: freeze === "none" };
}

function levelOf(changes: readonly ClassifiedChange[], path: UpdatePath, freeze: Freeze): keyof typeof levelReasons {
  if (isStricterPath(path, "short")) return "major";
  return freeze !== "none" || changes.some(({ row }) => row === "added") ? "minor" : "patch";
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

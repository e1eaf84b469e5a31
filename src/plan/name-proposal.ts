import parse from "semver/functions/parse.js";
import { pluginNameRule } from "../kong/streamed-and-cloned.js";

export interface NameProposal {
  readonly oldName: string;
  /** Semantic versions of the plugin, where they are known. */
  readonly from: string | null;
  readonly to: string | null;
  /** Whether the name must keep to the rule for clones and streamed plugins. */
  readonly isRuled: boolean;
  readonly isTaken: (name: string) => boolean;
}

/** A version at the end of a name: `-v2`, `-v2-1`, `-v2-rc-1`. */
const versionInName = /-v(\d+(?:-\d+)*(?:-(?:alpha|beta|rc)(?:-\d+)*)?)$/;

/**
 * A name for the new version, after Kong's example: `delay` becomes `delay-v2`. It has as little of the new version as
 * tells it from the old one, and the next whole number where the versions are not known or the names do not follow them.
 */
export function proposeName({ oldName, from, to, isRuled, isTaken }: NameProposal): string {
  const unversioned = oldName.replace(versionInName, "");
  const base = isRuled ? ruledName(unversioned) : unversioned;
  const before = versionInName.exec(oldName)?.[1];
  const isFree = (name: string) => name !== oldName && !isTaken(name);
  if (to !== null && followsVersion(before, from)) {
    const known = from === null ? prefixesOf(before ?? "1") : spellings(from);
    const name = spellings(to)
      .filter((spelling) => !known.includes(spelling))
      .map((spelling) => `${base}-v${spelling}`)
      .find(isFree);
    if (name !== undefined) return name;
  }
  let next = Number.parseInt(before ?? "1", 10) + 1;
  while (!isFree(`${base}-v${next}`)) next += 1;
  return `${base}-v${next}`;
}

/** Whether the old name's version is the beginning of the plugin's own, as far as both are there. */
function followsVersion(before: string | undefined, from: string | null): boolean {
  return before === undefined || from === null || spellings(from).includes(before);
}

/** `2`, `2-1`, `2-1-0`, each with what a pre-release adds. */
function spellings(version: string): readonly string[] {
  const parsed = parse(version);
  if (parsed === null) return [];
  const { major, minor, patch, prerelease } = parsed;
  const label = prerelease.length === 0 ? "" : `-${prerelease.join("-").toLowerCase()}`;
  return [`${major}${label}`, `${major}-${minor}${label}`, `${major}-${minor}-${patch}${label}`];
}

/** Of `2-1`: `2` and `2-1`. */
function prefixesOf(version: string): readonly string[] {
  return version.split("-").map((_, index, parts) => parts.slice(0, index + 1).join("-"));
}

/** The nearest name that the rule allows. */
function ruledName(name: string): string {
  if (pluginNameRule.pattern.test(name)) return name;
  const spelled = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return /^[a-z]/.test(spelled) ? spelled : `plugin-${spelled}`.replace(/-$/, "");
}

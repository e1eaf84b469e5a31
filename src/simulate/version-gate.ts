import type { VersionAdvice } from "../plan/plan.js";

/** Why a control plane with one version of the plugin sends nothing to a node with another; undefined where it does. */
export type VersionGate = (controlPlane: "old" | "new", dataPlane: "old" | "new") => string | undefined;

/**
 * A self-managed control plane compares the handlers' VERSION: https://github.com/Kong/kong/blob/3.9.1/kong/clustering/compat/init.lua.
 * Undefined where the versions are not both given.
 */
export function versionGateOf({ from, to }: Pick<VersionAdvice, "from" | "to">): VersionGate | undefined {
  const [old, now] = [parse(from), parse(to)];
  if (old === undefined || now === undefined) return undefined;
  const versions = { old, new: now };
  return (controlPlane, dataPlane) => {
    const [own, node] = [versions[controlPlane], versions[dataPlane]];
    if (own.major === node.major && node.minor <= own.minor) return undefined;
    const what = own.major === node.major ? "minor" : "major";
    return `the plugin's VERSION is ${node.text} on the node and ${own.text} on the control plane: another ${what}`;
  };
}

export const openGate: VersionGate = () => undefined;

function parse(text: string | null) {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(text ?? "") ?? [];
  return text === null || major === undefined || minor === undefined
    ? undefined
    : { text, major: Number(major), minor: Number(minor) };
}

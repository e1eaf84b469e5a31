import { isSince, type Release, releaseOf } from "../release.js";
import { nativeFunctions as natives } from "./natives.js";
import { oldestTypedefs, typedefChanges } from "./table.js";
import type { NativeResult, NativeValue, TypedefValue } from "./value.js";

export type { NativeFunction, NativeResult, NativeValue, TypedefValue } from "./value.js";

/** What selects a set of typedefs. */
export interface TypedefOptions {
  /** Two to four numbers: `"3.9"`, `"3.9.1"`, `"3.9.1.2"`; `newestGatewayVersion` when absent. */
  readonly gatewayVersion?: string | undefined;
  /** `"enterprise"` by default, which has more of them. */
  readonly edition?: "enterprise" | "oss" | undefined;
}

/**
 * The typedefs by name, each in the shape of Kong's own table: `{ type: "record", fields: [{ host: {...} }, ...] }`.
 * Throws a `RangeError` for a version that is none; see `parseRelease`.
 */
export function typedefsFor({
  gatewayVersion,
  edition = "enterprise",
}: TypedefOptions): Readonly<Record<string, TypedefValue>> {
  const release = releaseOf(gatewayVersion);
  const key = JSON.stringify([release, edition]);
  const known = made.get(key) ?? typedefsOf(release, edition);
  made.set(key, known);
  return known;
}

const made = new Map<string, Readonly<Record<string, TypedefValue>>>();

function typedefsOf(release: Release, edition: "enterprise" | "oss"): Readonly<Record<string, TypedefValue>> {
  const typedefs = new Map(Object.entries(oldestTypedefs));
  for (const change of typedefChanges) {
    if (!isSince(release, change.release) || (change.edition ?? edition) !== edition) continue;
    for (const [name, value] of Object.entries(change.set)) typedefs.set(name, value);
    for (const name of change.removed ?? []) typedefs.delete(name);
  }
  return Object.fromEntries(typedefs);
}

/** The functions that typedefs carry, by the name in `NativeFunction`. */
export const nativeFunctions: Readonly<Record<string, (args: readonly NativeValue[]) => NativeResult>> = natives;

import { isSince, parseRelease } from "../release.js";
import { nativeFunctions as natives } from "./natives.js";
import { oldestTypedefs, typedefChanges } from "./table.js";
import type { NativeResult, NativeValue, TypedefValue } from "./value.js";

export type { NativeFunction, NativeResult, NativeValue, TypedefValue } from "./value.js";

/** What selects a set of typedefs. */
export interface TypedefOptions {
  /** Two to four numbers: `"3.9"`, `"3.9.1"`, `"3.9.1.2"`; the newest known release when absent. */
  readonly gatewayVersion?: string | undefined;
  /** `"enterprise"` by default, which has more of them. */
  readonly edition?: "enterprise" | "oss" | undefined;
}

/**
 * The typedefs by name, each in the shape of Kong's own table: `{ type: "record", fields: [{ host: {...} }, ...] }`.
 * Throws a `RangeError` for a version that `parseRelease` does not read.
 */
export function typedefsFor({
  gatewayVersion,
  edition = "enterprise",
}: TypedefOptions): Readonly<Record<string, TypedefValue>> {
  const release = gatewayVersion === undefined ? undefined : releaseOf(gatewayVersion);
  const typedefs = new Map(Object.entries(oldestTypedefs));
  for (const change of typedefChanges) {
    const applies = release === undefined || isSince(release, releaseOf(change.release));
    if (!applies || (change.edition !== undefined && change.edition !== edition)) continue;
    for (const [name, value] of Object.entries(change.set)) typedefs.set(name, value);
    for (const name of change.removed ?? []) typedefs.delete(name);
  }
  return Object.fromEntries(typedefs);
}

/** The functions that typedefs carry, by the name in `NativeFunction`. */
export const nativeFunctions: Readonly<Record<string, (args: readonly NativeValue[]) => NativeResult>> = natives;

function releaseOf(gatewayVersion: string) {
  const release = parseRelease(gatewayVersion);
  if (release === undefined)
    throw new RangeError(`"${gatewayVersion}" is not a Gateway version such as 3.9 or 3.9.1.2`);
  return release;
}

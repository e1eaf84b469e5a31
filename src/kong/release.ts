/** The minor release that a Gateway version belongs to: schemas and typedefs change with it, never with a patch. */
export interface Release {
  readonly major: number;
  readonly minor: number;
}

/** The newest release whose facts are here. */
export const newestGatewayVersion = "3.15";

const versionPattern = /^v?(\d{1,4})\.(\d{1,4})(?:\.(?:\d{1,6}|x)){0,2}(?:[-+][0-9A-Za-z.+-]*)?$/;

/** Reads `"3.9"`, `"3.9.1"`, Enterprise's `"3.9.1.2"`, `"3.9.x"` and what is in front of a suffix; undefined for anything else. */
export function parseRelease(gatewayVersion: string): Release | undefined {
  const [, major, minor] = versionPattern.exec(gatewayVersion) ?? [];
  return major === undefined || minor === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}

/** The release of a version, the newest one of none. Throws a `RangeError` for what `parseRelease` does not read. */
export function releaseOf(gatewayVersion: string = newestGatewayVersion): Release {
  const release = parseRelease(gatewayVersion);
  if (release === undefined)
    throw new RangeError(`"${gatewayVersion}" is not a Gateway version such as 3.9 or 3.9.1.2`);
  return release;
}

/** Whether a release is the one of that version or a later one. */
export function isSince(release: Release, gatewayVersion: string): boolean {
  const since = releaseOf(gatewayVersion);
  return release.major === since.major ? release.minor >= since.minor : release.major > since.major;
}

/** The minor release that a Gateway version belongs to, which is where schemas and typedefs change. */
export interface Release {
  readonly major: number;
  readonly minor: number;
}

const versionPattern = /^v?(\d{1,4})\.(\d{1,4})(?:\.(?:\d{1,6}|x)){0,2}(?:[-+][0-9A-Za-z.+-]*)?$/;

/** Reads `"3.9"`, `"3.9.1"` and Enterprise's `"3.9.1.2"`; undefined for anything else. */
export function parseRelease(gatewayVersion: string): Release | undefined {
  const [, major, minor] = versionPattern.exec(gatewayVersion) ?? [];
  return major === undefined || minor === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}

/** Whether a release is the other one or later. */
export function isSince(release: Release, other: Release): boolean {
  return release.major === other.major ? release.minor >= other.minor : release.major > other.major;
}

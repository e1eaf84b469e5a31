import type { Surroundings } from "./surroundings.js";

/** As no-color.org and force-color.org say; else colours are for terminals only. */
export function usesColours({ env, terminal }: Surroundings): boolean {
  if (isSet(env["NO_COLOR"])) return false;
  if (isSet(env["FORCE_COLOR"])) return env["FORCE_COLOR"] !== "0";
  return terminal !== undefined && env["TERM"] !== "dumb";
}

/** Lines for people: no narrower than the table needs, no wider than the eye follows. */
export function widthOf({ terminal }: Surroundings): number {
  return Math.min(120, Math.max(80, terminal?.columns ?? 100));
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}

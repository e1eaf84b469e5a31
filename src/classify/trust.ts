import { strictestPath, type UpdatePath } from "../kong/update-paths.js";
import type { ProvenPath } from "../prove/proof.js";

/**
 * Which verdict to plan with; without a choice the stricter one of Kong's table (`"official"`) and Kong's engine (`"proven"`). With `"table"` the
 * engine is not asked at all: where the table is silent the path is what changes of the kind ask for at worst, as far as is known.
 */
export type Trust = "official" | "proven" | "table";

export interface Verdicts {
  /** Null where the table is silent. */
  readonly official: UpdatePath | null;
  readonly proven: ProvenPath;
  /** What the kind of change asks for at worst, where the table is silent. */
  readonly derived: UpdatePath | null;
}

/** The path to plan with. Where the table is silent there is only the proven one; what is unknown is planned as the strictest path. */
export function plannedPath({ official, proven, derived }: Verdicts, trust: Trust | undefined): UpdatePath {
  const assumed = assumedPath(proven);
  switch (trust) {
    case "official":
      return official ?? assumed;
    case "proven":
      return assumed;
    case "table":
      return official ?? derived ?? assumed;
    case undefined:
      return official === null ? assumed : strictestPath([official, assumed]);
  }
}

/** What an unknown path is taken for. */
export function assumedPath(proven: ProvenPath): UpdatePath {
  return proven === "unknown" ? "cp-dp-sync" : proven;
}

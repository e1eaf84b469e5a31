import { strictestPath, type UpdatePath } from "../kong/update-paths.js";
import type { ProvenPath } from "../prove/proof.js";

/** Which of the two verdicts to plan with; without a choice the stricter one. */
export type Trust = "official" | "proven";

/** The path to plan with. Where the table is silent there is only the proven one; what is unknown is planned as the strictest path. */
export function plannedPath(official: UpdatePath | null, proven: ProvenPath, trust: Trust | undefined): UpdatePath {
  const assumed = assumedPath(proven);
  switch (trust) {
    case "official":
      return official ?? assumed;
    case "proven":
      return assumed;
    case undefined:
      return official === null ? assumed : strictestPath([official, assumed]);
  }
}

/** What an unknown path is taken for. */
export function assumedPath(proven: ProvenPath): UpdatePath {
  return proven === "unknown" ? "cp-dp-sync" : proven;
}

import type { ClassifiedChange } from "../classify/classified-change.js";
import { showPath, type Finding } from "../schema/model.js";

/** A change that somebody reviewed. */
export interface Acceptance {
  readonly kind: string;
  /** In the shown form: `config.l[].x`; empty for the plugin itself. */
  readonly path: string;
  readonly reason: string;
}

/** Marks the changes that were accepted, and says which acceptances match no change. */
export function acceptChanges(
  changes: readonly ClassifiedChange[],
  accept: readonly Acceptance[],
): { readonly changes: readonly ClassifiedChange[]; readonly findings: readonly Finding[] } {
  const marked = changes.map((classified) => {
    const acceptance = accept.find((candidate) => matches(candidate, classified));
    return acceptance === undefined ? classified : { ...classified, accepted: { reason: acceptance.reason } };
  });
  const unused = accept.filter((acceptance) => !changes.some((classified) => matches(acceptance, classified)));
  return { changes: marked, findings: unused.map(unusedFinding) };
}

function matches({ kind, path }: Acceptance, { change }: ClassifiedChange): boolean {
  return change.kind === kind && showPath(change.path) === path;
}

function unusedFinding({ kind, path }: Acceptance): Finding {
  return {
    id: "unused-acceptance",
    severity: "warning",
    message: `${kind}:${path} is accepted, and there is no such change: take the acceptance away, or correct its kind or path`,
  };
}

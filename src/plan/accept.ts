import { isChangeKind, nearestKinds } from "../changes/nearest-kinds.js";
import type { ClassifiedChange } from "../classify/classified-change.js";
import { showPath, type FieldPath, type Finding } from "../schema/model.js";
import { PlanError } from "./errors.js";

/** A change that somebody reviewed. */
export interface Acceptance {
  /** The plugin's name before or after; where there is none, it is for each plugin that is planned with it. */
  readonly plugin?: string;
  /** A kind of change, or `plugin-removed`. */
  readonly kind: string;
  /** In the shown form: `config.l[].x`; empty for the plugin itself. */
  readonly path: string;
  readonly reason: string;
}

/** What is accepted where a plugin is to go: no schema changes then, so it is no kind of change. */
export const pluginRemoval: Place = { kind: "plugin-removed", path: [] };

/** Throws a `PlanError` for an acceptance that no change can fit. */
export function checkAcceptances(accept: readonly Acceptance[]): void {
  const wrong = accept.find(({ kind }) => !isChangeKind(kind) && kind !== pluginRemoval.kind);
  if (wrong === undefined) return;
  const nearest = nearestKinds(wrong.kind, [pluginRemoval.kind]);
  throw new PlanError(
    "acceptance-invalid",
    `${wrong.kind}:${wrong.path} is accepted, and ${JSON.stringify(wrong.kind)} is no kind of change`,
    `${nearest.length === 0 ? "" : `The nearest are ${nearest.join(", ")}; `}kong-schema-advisor explain lists all.`,
  );
}

/** Marks the changes that were accepted, and says which acceptances match no change. */
export function acceptChanges(
  changes: readonly ClassifiedChange[],
  accept: readonly Acceptance[],
  names: readonly (string | null)[],
): { readonly changes: readonly ClassifiedChange[]; readonly findings: readonly Finding[] } {
  const marked = changes.map((classified) => {
    const acceptance = acceptanceOf(classified.change, accept, names);
    return acceptance === undefined ? classified : { ...classified, accepted: { reason: acceptance.reason } };
  });
  return {
    changes: marked,
    findings: unusedAcceptances(accept, [{ changes: changes.map(({ change }) => change), names }]),
  };
}

export function acceptanceOf(
  change: Place,
  accept: readonly Acceptance[],
  names: readonly (string | null)[],
): Acceptance | undefined {
  return accept.find((candidate) => isFor(candidate, change, names));
}

const unusedId = "unused-acceptance";

export function isUnusedAcceptance({ id }: Finding): boolean {
  return id === unusedId;
}

/** Findings about the acceptances that match no change of any of these plugins. */
export function unusedAcceptances(
  accept: readonly Acceptance[],
  plugins: readonly { readonly changes: readonly Place[]; readonly names: readonly (string | null)[] }[],
): readonly Finding[] {
  const isUsed = (acceptance: Acceptance): boolean =>
    plugins.some(({ changes, names }) => changes.some((change) => isFor(acceptance, change, names)));
  return accept
    .filter((acceptance) => !isUsed(acceptance))
    .map(({ plugin, kind, path }) => ({
      id: unusedId,
      severity: "warning",
      message: `${plugin === undefined ? "" : `${plugin}/`}${kind}:${path} is accepted, and there is no such change: take the acceptance away, or correct its ${plugin === undefined ? "" : "plugin, "}kind or path`,
    }));
}

/** Where a change is and of which kind, in a plan or in a report of it. */
export interface Place {
  readonly kind: string;
  readonly path: FieldPath;
}

function isFor({ plugin, kind, path }: Acceptance, change: Place, names: readonly (string | null)[]): boolean {
  return (plugin === undefined || names.includes(plugin)) && change.kind === kind && showPath(change.path) === path;
}

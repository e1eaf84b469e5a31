import type { ClassifiedChange } from "../classify/classified-change.js";
import { carriedByEveryEdit } from "../classify/carried.js";
import { updatePathsPage, type UpdatePath } from "../kong/update-paths.js";
import { findLikelyRenames } from "../diff/likely-renames.js";
import type { Proof } from "../prove/proof.js";
import { isUnasked } from "../prove/unasked.js";
import { showPath, type Finding, type PluginSchema } from "../schema/model.js";

/** What the two sources gave rise to, each thing said once. */
export function schemaFindings(...schemas: readonly (PluginSchema | undefined)[]): readonly Finding[] {
  const byText = new Map<string, Finding>();
  for (const finding of schemas.flatMap((schema) => schema?.findings ?? [])) {
    byText.set(JSON.stringify(finding), finding);
  }
  return [...byText.values()];
}

/** Where the documented path holds less than it promises. */
export function pathFindings(changes: readonly ClassifiedChange[], path: UpdatePath): readonly Finding[] {
  const carried = changes.flatMap(carriedByEveryEdit);
  if (carried.length === 0 || path === "cp-dp-sync") return [];
  const what = carried.join(", ");
  if (path === "long") {
    return [
      {
        id: "edits-carry-new-parameters",
        severity: "warning",
        message: `On the path Long the instances are edited while data plane nodes still have the old schema; every edited instance also gets ${what}, which those nodes refuse as unknown. They go on with their last configuration until they have the new schema: make that time short, and start no new node with the old version in it.`,
        source: updatePathsPage,
      },
    ];
  }
  return [
    {
      id: "saved-instances-carry-new-parameters",
      severity: "warning",
      message: `Kong's table says Short, but not that the change is non-breaking: an instance that is saved after the schema in Konnect is updated also gets ${what}, and a data plane node with the old schema refuses it, and the whole payload with it. Save no instance of this plugin until every data plane node has the new schema.`,
      source: updatePathsPage,
    },
  ];
}

/** A path that nobody has proven can be too mild. */
export function unaskedFindings(proof: Proof | null): readonly Finding[] {
  if (proof === null || !isUnasked(proof)) return [];
  return [
    {
      id: "engine-not-asked",
      severity: "warning",
      message:
        "Kong's engine was not asked whether it agrees with these paths, and it is stricter than Kong's table for some changes: plan without `--trust table` before the migration window.",
    },
  ];
}

/** What may have been renamed: a value that is dropped and one that is set may be the same one. */
export function renameFindings(
  oldSchema: PluginSchema | undefined,
  newSchema: PluginSchema,
  changes: readonly ClassifiedChange[],
): readonly Finding[] {
  if (oldSchema === undefined) return [];
  const found = findLikelyRenames(
    oldSchema,
    newSchema,
    changes.map(({ change }) => change),
  );
  return found.map(({ from, to, evidence }) => ({
    id: "likely-rename",
    severity: "note",
    message: `Was ${showPath(from)} renamed to ${showPath(to)}? Both ${inOneSentence(evidence)}. If so, plan again with --rename ${showPath(from)}=${showPath(to)}: its value is then moved, and not dropped.`,
  }));
}

function inOneSentence(parts: readonly string[]): string {
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1) ?? ""}`;
}

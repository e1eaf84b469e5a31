import type { Freeze } from "../changes/kind.js";
import { hostingNames } from "../kong/hostings.js";
import { updatePaths, type TableColumn, type UpdatePath } from "../kong/update-paths.js";
import type { ComparisonRow, StrategyComparison } from "../plan/plan.js";
import { isUnasked } from "../prove/unasked.js";
import type { Json, JsonObject, Report, ReportedChange, ReportedProof, ReportedWitness } from "../report.js";

/** A path in a column. `updatePathNames` has what the documentation calls it. */
export const shortPathNames = {
  none: "none",
  short: "Short",
  long: "Long",
  "cp-dp-sync": "CP/DP sync",
} as const satisfies Record<UpdatePath, string>;

/** The path to plan with, unless nobody can tell it. */
export function pathNameOf({ updatePath, officialPath, proof }: ReportedChange): string {
  const isAssumed = proof.path === "unknown" && updatePath === "cp-dp-sync" && officialPath !== "cp-dp-sync";
  return isAssumed && !isUnasked(proof) ? "unknown" : shortPathNames[updatePath];
}

/** `1 unknown, 2 Short`: how many changes have which path, the strictest first. */
export function tally(changes: readonly ReportedChange[]): string {
  const names = ["unknown", ...updatePaths.toReversed().map((path) => shortPathNames[path])];
  return names
    .map((name) => ({ name, number: changes.filter((change) => pathNameOf(change) === name).length }))
    .flatMap(({ name, number }) => (number === 0 ? [] : [`${number} ${name}`]))
    .join(", ");
}

/** `Short, freeze any-edit` */
export function provenName(proof: ReportedProof): string {
  if (isUnasked(proof)) return "not asked";
  const { path, freeze } = proof;
  const name = path === "unknown" ? "unknown" : shortPathNames[path];
  return path === "short" && freeze !== "none" ? `${name}, freeze ${freeze}` : name;
}

const freezeWords = {
  "new-values": "until every data plane node has the new schema, no instance may use what is newly allowed",
  "any-edit": "until every data plane node has the new schema, no instance of this plugin may be saved",
} as const satisfies Record<Exclude<Freeze, "none">, string>;

/** The freezes that the report names, in words. */
export function freezesIn({ changes, proof }: Report): { readonly freeze: Freeze; readonly words: string }[] {
  const proofs = [...changes.map((change) => change.proof), ...(proof === null ? [] : [proof])];
  const all = new Set(proofs.flatMap(({ path, freeze }) => (path === "short" ? [freeze] : [])));
  return (["any-edit", "new-values"] as const).flatMap((freeze) =>
    all.has(freeze) ? [{ freeze, words: freezeWords[freeze] }] : [],
  );
}

/** The instance that shows it, as a sentence or two. */
export function witnessWords({
  config,
  instance,
  node,
  error,
  edit,
  editInstance,
  editError,
}: ReportedWitness): string {
  const shown = (one: JsonObject, beside: JsonObject | undefined): string =>
    [`config ${json(one)}`, ...Object.entries(beside ?? {}).map(([name, value]) => `${name} ${json(value)}`)].join(
      ", ",
    );
  const before = `An instance with ${shown(config, instance)}`;
  const after = edit === undefined ? undefined : shown(edit, editInstance);
  if (node === "old data plane") {
    return `${before}, saved with ${after ?? "the same"}: data plane nodes with the old schema say "${innerError(error)}".`;
  }
  const refused = `${before}: data plane nodes with the new schema say "${innerError(error)}".`;
  if (after === undefined) return refused;
  return editError === undefined
    ? `${refused} Saved with ${after}, all nodes accept it.`
    : `${refused} Saved with ${after}, those with the old one say "${innerError(editError)}".`;
}

/** JSON with blanks at which a line can be broken. */
function json(value: Json): string {
  return JSON.stringify(value, null, 1).replaceAll(/\n */g, " ");
}

/** What the log says behind the words that all refusals share, in one line. */
export function innerError(error: string): string {
  const lines = error.split("\n").map((line) => line.trim());
  const start = lines.findIndex((line) => line.startsWith("- in entry"));
  return lines.slice(start + 1).join(" ");
}

export const columnNames = {
  "required-default": "required, default",
  "required-no-default": "required, no default",
  "optional-default": "optional, default",
  "optional-no-default": "optional, no default",
} as const satisfies Record<TableColumn, string>;

/** What the report is about, as a headline. */
export function titleOf({ plugin, situation }: Report): string {
  const name = plugin.new ?? plugin.old ?? "plugin";
  switch (situation) {
    case "update":
      return `${name}: new schema`;
    case "handler-only":
      return `${name}: new handler, same schema`;
    case "first-upload":
      return `${name}: first upload`;
    case "new-name":
      return `${plugin.old ?? ""} becomes ${name}: another plugin to Kong`;
    case "removal":
      return `${name}: removal`;
  }
}

/** How and where the plugin runs; undefined for the usual: installed on data plane nodes of Konnect. */
export function deploymentOf({ distribution, hosting }: Report): string | undefined {
  if (distribution === "installed" && hosting === "konnect") return undefined;
  return `${distribution}, on ${hostingNames[hosting]}`;
}

export const aspectNames = {
  window: "Window",
  exposure: "Exposure",
  work: "Work",
  rollback: "Rollback",
} as const satisfies Record<ComparisonRow["aspect"], string>;

/** The strategies as headers of the comparison: the one that is planned here says so. */
export function comparisonHeaders({ strategy }: Report): readonly [string, string] {
  const planned = (text: string, isPlanned: boolean) => (isPlanned ? `${text} (this plan)` : text);
  return [planned("In place", strategy === "in-place"), planned("Side by side", strategy === "side-by-side")];
}

export function comparisonTitle({ newName }: StrategyComparison): string {
  return `Two ways: in place, or side by side as ${newName}`;
}

/** `1 change`, `3 changes`. */
export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}

import { hostingNames } from "../kong/hostings.js";
import type { TableColumn, UpdatePath } from "../kong/update-paths.js";
import type { ComparisonRow, StrategyComparison } from "../plan/plan.js";
import type { Report } from "../report.js";

/** A path in a column. `updatePathNames` has what the documentation calls it. */
export const shortPathNames = {
  none: "none",
  short: "Short",
  long: "Long",
  "cp-dp-sync": "CP/DP sync",
} as const satisfies Record<UpdatePath, string>;

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

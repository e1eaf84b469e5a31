import type { SidePosition } from "./classify/classified-change.js";
import type { TableColumn, TableRow, UpdatePath } from "./kong/update-paths.js";
import type { Command, Distribution, Situation, StepId, StepOwner, VersionAdvice } from "./plan/plan.js";
import type { FieldPath, Finding, Role } from "./schema/model.js";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * What `render` takes, and what the JSON output is, key for key. Plain JSON data: `null` in a value is `ngx.null`, a
 * function is `{ luaFunction: digest }`, an opaque value `{ opaque: "module.path" }`, a non-finite number a string, a
 * string of invalid UTF-8 `{ bytes: base64 }`, a table that is neither list nor object `{ luaTable: [[key, value], …] }`.
 */
export interface Report {
  readonly formatVersion: 1;
  /** The names in the two schemas; null for the side that is not there. */
  readonly plugin: { readonly old: string | null; readonly new: string | null };
  readonly situation: Situation;
  readonly distribution: Distribution;
  readonly path: UpdatePath;
  /** Null where Kong's table knows none of the changes. */
  readonly officialPath: UpdatePath | null;
  /** The path of the changes that were not accepted: what `--max-path` acts on. */
  readonly unacceptedPath: UpdatePath;
  readonly reason: string;
  readonly changes: readonly ReportedChange[];
  readonly steps: readonly ReportedStep[];
  readonly version: VersionAdvice;
  readonly findings: readonly Finding[];
}

export interface ReportedChange {
  readonly kind: string;
  /** Where: `["config", "redis", "host"]`; empty for the plugin itself. */
  readonly path: FieldPath;
  /** The same as one string: `config.l[].x`. */
  readonly shownPath: string;
  /** What happened, as a sentence without its full stop. */
  readonly description: string;
  /** Which attribute, where the change is in one. */
  readonly attribute?: string;
  /** Present where only the tree of this role changed. */
  readonly role?: Role;
  readonly row: TableRow | null;
  readonly column: TableColumn | null;
  readonly effectiveColumn: TableColumn | null;
  readonly officialPath: UpdatePath | null;
  /** The path to plan with. */
  readonly updatePath: UpdatePath;
  readonly documentedNonBreaking: boolean;
  readonly covers: readonly ReportedCover[];
  readonly reason: string;
  /** The value, field or check before and after, in Kong's own shape; absent where the thing is. */
  readonly old?: Json;
  readonly new?: Json;
  readonly positions: readonly SidePosition[];
  readonly accepted?: { readonly reason: string };
}

export interface ReportedCover {
  readonly path: FieldPath;
  readonly shownPath: string;
  readonly row: TableRow;
  readonly column: TableColumn | null;
  readonly officialPath: UpdatePath | null;
}

export interface ReportedStep {
  readonly id: StepId;
  readonly title: string;
  readonly need: "required" | "optional";
  readonly who: StepOwner;
  readonly where: string;
  readonly actions: readonly string[];
  readonly instanceEdits: readonly ReportedInstanceEdit[];
  readonly commands: readonly Command[];
  readonly check: { readonly expect: string; readonly commands: readonly Command[] };
  readonly ifOutOfOrder: string;
}

export interface ReportedInstanceEdit {
  readonly path: FieldPath;
  readonly shownPath: string;
  readonly action: "set" | "drop" | "convert" | "review";
  readonly need: "required" | "optional";
  readonly value?: Json;
  readonly sentence: string;
}

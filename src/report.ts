import type { Freeze } from "./changes/kind.js";
import type { MoveEnd } from "./changes/difference.js";
import { describeChange, type Change } from "./changes/registry.js";
import type { ClassifiedChange, SidePosition } from "./classify/classified-change.js";
import { fieldJson, valueJson, type Json } from "./changes/json.js";
import type { Distribution } from "./kong/distribution.js";
import type { Hosting } from "./kong/streamed-and-cloned.js";
import type { TableColumn, TableRow, UpdatePath } from "./kong/update-paths.js";
import type {
  InstanceEditRule,
  MigrationPlan,
  MigrationStep,
  PlannedInstance,
  Situation,
  Strategy,
  StrategyComparison,
  VersionAdvice,
} from "./plan/plan.js";
import type { Argument, Proof, ProvenPath, Witness } from "./prove/proof.js";
import type { InstanceReport } from "./simulate/instance-report.js";
import { showPath, type Field, type FieldPath, type Finding, type Role } from "./schema/model.js";

export type { Json, JsonObject } from "./changes/json.js";

/**
 * What `render` takes, and what the JSON output is, key for key. Plain JSON data: `null` in a value is `ngx.null`, a
 * function is `{ luaFunction: digest }`, an opaque value `{ opaque: "module.path" }`, a non-finite number a string, a
 * string of invalid UTF-8 `{ bytes: base64 }`, a table that is neither list nor object `{ luaTable: [[key, value], …] }`.
 */
export interface Report {
  readonly formatVersion: 1;
  /** The plugin's names before and after; null for the side that is not there. */
  readonly plugin: { readonly old: string | null; readonly new: string | null };
  readonly situation: Situation;
  readonly distribution: Distribution;
  readonly hosting: Hosting;
  readonly strategy: Strategy;
  readonly path: UpdatePath;
  /** Null where Kong's table knows none of the changes. */
  readonly officialPath: UpdatePath | null;
  /** The path of `proof`. */
  readonly provenPath: ProvenPath | null;
  /** What Kong's engine answers at worst to all changes together; null where Kong's table does not hold either. */
  readonly proof: ReportedProof | null;
  /** The path of the changes that were not accepted: what `--max-path` acts on. */
  readonly unacceptedPath: UpdatePath;
  readonly reason: string;
  readonly changes: readonly ReportedChange[];
  /** The old plugin's instances; null where nobody said which there are. */
  readonly instances: readonly ReportedInstance[] | null;
  /** What the plan means for the user's own instances; absent where none were given. */
  readonly instanceReport?: InstanceReport;
  readonly steps: readonly ReportedStep[];
  /** The two strategies beside each other, where both are worth a look. */
  readonly comparison: StrategyComparison | null;
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
  /** Where a parameter that goes on elsewhere was, and where it is; several, or none, where a shorthand is turned into them. */
  readonly from?: readonly FieldPath[];
  readonly to?: readonly FieldPath[];
  /** Which attribute, where the change is in one. */
  readonly attribute?: string;
  /** Present where only the tree of this role changed. */
  readonly role?: Role;
  readonly row: TableRow | null;
  readonly column: TableColumn | null;
  readonly effectiveColumn: TableColumn | null;
  readonly officialPath: UpdatePath | null;
  /** The path of `proof`. */
  readonly provenPath: ProvenPath;
  readonly proof: ReportedProof;
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

/** What Kong's engine answers to the instances that the old schema can hold, the worst of it. */
export interface ReportedProof {
  /** `"unknown"` where a Lua function or something that is not visible decides; it is planned as the strictest path. */
  readonly path: ProvenPath;
  readonly freeze: Freeze;
  readonly witness?: ReportedWitness;
  readonly argument?: Argument;
  readonly assumes?: readonly string[];
}

/** A `Witness` as plain JSON data. */
export interface ReportedWitness extends Omit<
  Witness,
  "stored" | "storedInstance" | "editStored" | "editStoredInstance"
> {
  readonly stored: Json;
  readonly storedInstance?: Json;
  readonly editStored?: Json;
  readonly editStoredInstance?: Json;
}

export interface ReportedCover {
  readonly path: FieldPath;
  readonly shownPath: string;
  readonly row: TableRow;
  readonly column: TableColumn | null;
  readonly officialPath: UpdatePath | null;
}

/** Where an instance stands and what it applies to; nothing of the scope means everything. */
export interface ReportedInstance {
  readonly file?: string;
  readonly line?: number;
  readonly scope: PlannedInstance["address"]["scope"];
  readonly instanceName?: string;
  readonly id?: string;
}

export interface ReportedStep extends Omit<MigrationStep, "instanceEdits"> {
  readonly instanceEdits: readonly ReportedInstanceEdit[];
}

export interface ReportedInstanceEdit extends Omit<InstanceEditRule, "value"> {
  readonly shownPath: string;
  readonly value?: Json;
  /** Which of the instances of `instanceReport` it applies to, by their index; absent where none were given. */
  readonly instances?: readonly number[];
}

/** The plan as plain JSON data, and what `reportInstances` says of the user's own instances. */
export function createReport(plan: MigrationPlan, instanceReport?: InstanceReport): Report {
  const { oldName, newName, situation, distribution, hosting, strategy } = plan;
  const { path, officialPath, unacceptedPath, reason, comparison } = plan;
  return {
    formatVersion: 1,
    plugin: { old: oldName, new: newName },
    situation,
    distribution,
    hosting,
    strategy,
    path,
    officialPath,
    provenPath: plan.provenPath,
    proof: plan.proof === null ? null : reportProof(plan.proof),
    unacceptedPath,
    reason,
    changes: plan.changes.map(reportChange),
    instances: plan.instances?.map(reportInstance) ?? null,
    ...(instanceReport === undefined ? {} : { instanceReport }),
    steps: plan.steps.map((step) => reportStep(step, instanceReport)),
    comparison,
    version: plan.version,
    findings: plan.findings,
  };
}

function reportChange(classified: ClassifiedChange): ReportedChange {
  const { change, row, column, effectiveColumn, officialPath, path, documentedNonBreaking } = classified;
  const { covers, reason, positions, accepted } = classified;
  return {
    kind: change.kind,
    path: change.path,
    shownPath: showPath(change.path),
    description: describeChange(change),
    ...(change.subject === "attribute" ? { attribute: change.attribute } : {}),
    ...(change.subject === "field-move"
      ? { from: change.from.map((end) => end.path), to: change.to.map((end) => end.path) }
      : {}),
    ...(change.role === undefined ? {} : { role: change.role }),
    row,
    column,
    effectiveColumn,
    officialPath,
    provenPath: classified.provenPath,
    proof: reportProof(classified.proof),
    updatePath: path,
    documentedNonBreaking,
    covers: covers.map((cover) => ({ ...cover, shownPath: showPath(cover.path) })),
    reason,
    ...sides(change),
    positions,
    ...(accepted === undefined ? {} : { accepted }),
  };
}

function reportProof({ path, freeze, witness, argument, assumes }: Proof): ReportedProof {
  return {
    path,
    freeze,
    ...(witness === undefined ? {} : { witness: reportWitness(witness) }),
    ...(argument === undefined ? {} : { argument }),
    ...(assumes === undefined ? {} : { assumes }),
  };
}

function reportWitness({ stored, storedInstance, editStored, editStoredInstance, ...rest }: Witness): ReportedWitness {
  return {
    ...rest,
    stored: valueJson(stored),
    ...(storedInstance === undefined ? {} : { storedInstance: valueJson(storedInstance) }),
    ...(editStored === undefined ? {} : { editStored: valueJson(editStored) }),
    ...(editStoredInstance === undefined ? {} : { editStoredInstance: valueJson(editStoredInstance) }),
  };
}

/** What stands on the two sides, in Kong's own shape; a side without it has no key. */
function sides(change: Change): { readonly old?: Json; readonly new?: Json } {
  switch (change.subject) {
    case "plugin-name":
      return { old: change.old, new: change.new };
    case "field-addition":
      return { new: fieldJson(change.new) };
    case "field-removal":
      return { old: fieldJson(change.old) };
    case "definition":
    case "type":
      return { old: fieldJson(change.old), new: fieldJson(change.new) };
    case "attribute":
      return { ...one("old", change.old, valueJson), ...one("new", change.new, valueJson) };
    case "entity-check":
      return { ...one("old", change.old?.check, valueJson), ...one("new", change.new?.check, valueJson) };
    case "field-move": {
      const { from, to, shorthand } = change;
      const of = (ends: readonly MoveEnd[], otherwise: readonly Field[] = []) =>
        ends.length === 0 ? otherwise : ends.map(({ field }) => field);
      return { ...many("old", of(from, shorthand?.old)), ...many("new", of(to, shorthand?.new)) };
    }
    case "shadowed-definitions":
    case "shorthand":
      return { ...many("old", change.old), ...many("new", change.new) };
  }
}

function one<T>(
  side: "old" | "new",
  thing: T | undefined,
  write: (thing: T) => Json,
): { readonly old?: Json; readonly new?: Json } {
  return thing === undefined ? {} : { [side]: write(thing) };
}

/** A single definition as itself, several as a list. */
function many(side: "old" | "new", fields: readonly Field[]): { readonly old?: Json; readonly new?: Json } {
  const [first, second] = fields;
  if (first === undefined) return {};
  return { [side]: second === undefined ? fieldJson(first) : fields.map(fieldJson) };
}

/** The address alone: what an instance is configured with may be secret. */
function reportInstance({ address: { position, scope, instanceName, id } }: PlannedInstance): ReportedInstance {
  return {
    ...(position?.file === undefined ? {} : { file: position.file }),
    ...(position === undefined ? {} : { line: position.line }),
    scope,
    ...(instanceName === undefined ? {} : { instanceName }),
    ...(id === undefined ? {} : { id }),
  };
}

function reportStep(
  { instanceEdits, ...step }: MigrationStep,
  instanceReport: InstanceReport | undefined,
): ReportedStep {
  return {
    ...step,
    instanceEdits: instanceEdits.map(({ value, ...rule }) => {
      const shownPath = showPath(rule.path);
      return {
        ...rule,
        shownPath,
        ...(value === undefined ? {} : { value: valueJson(value) }),
        ...(instanceReport === undefined ? {} : { instances: touchedAt(shownPath, instanceReport) }),
      };
    }),
  };
}

/** The instances whose edits are about a parameter, about one inside it, or about what it is inside of. */
function touchedAt(rulePath: string, { instances }: InstanceReport): readonly number[] {
  const isAbout = (touched: string) =>
    touched === rulePath || isInside(touched, rulePath) || (rulePath !== "" && isInside(rulePath, touched));
  return instances.flatMap(({ touches }, index) => (touches.some(isAbout) ? [index] : []));
}

/** What is about the whole configuration is not about each parameter in it. */
function isInside(path: string, outer: string): boolean {
  return outer !== "config" && outer !== "" && path.startsWith(outer) && /^[.[{]/.test(path.slice(outer.length));
}

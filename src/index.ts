// In the order of the pipeline: text → schema → changes → plan → report.

export {
  AdvisorError,
  ConfigError,
  type ConfigErrorCode,
  type Position,
  SchemaError,
  type SchemaErrorCode,
} from "./errors.js";

export { readSchema } from "./schema/read.js";
export { type IsolatedReadOptions, readSchemaIsolated } from "./isolated/read-schema-isolated.js";
export {
  type Bytes,
  type Edition,
  type EntityCheck,
  type Field,
  type FieldPath,
  type FieldType,
  type Finding,
  findField,
  isBytes,
  isLuaFunction,
  isMixedTable,
  isOpaque,
  isValueMap,
  type ListField,
  type LuaFunction,
  type MapField,
  type MixedTable,
  type NamedField,
  type Opaque,
  type PathSegment,
  type PluginSchema,
  type ReadOptions,
  type RecordBody,
  type RecordField,
  type Role,
  type ScalarField,
  type SchemaTree,
  showPath,
  treeFor,
  type Value,
  type ValueMap,
} from "./schema/model.js";
export { defaultLimits, type Limits } from "./lua/limits.js";

export { fillConfig, type FillConfigOptions } from "./schema/fill-config.js";
export { validateConfig, type ValidateConfigOptions, type ValidationResult } from "./schema/validate-config.js";
export { type ErrorFormat, type ErrorTree, formatErrors } from "./schema/format-errors.js";

export { type Change, type ChangeKindId, changeKinds, describeChange } from "./changes/registry.js";
export type { ChangeKind } from "./changes/kind.js";
export type { Rename } from "./changes/rename.js";
export { type DiffOptions, diffSchemas } from "./diff/diff-schemas.js";
export { applyChanges } from "./diff/apply-changes.js";
export { sameSchema } from "./diff/same.js";
export { ChangeError, RenameError } from "./diff/errors.js";

export {
  isStricterPath,
  strictestPath,
  type TableColumn,
  type TableRow,
  tableColumn,
  type UpdatePath,
  updatePathNames,
  updatePaths,
  updatePathsPage,
  updatePathTable,
} from "./kong/update-paths.js";
export type { ClassifiedChange, CoveredParameter, SidePosition } from "./classify/classified-change.js";

export type { Argument, Proof, ProvenPath, Witness } from "./prove/proof.js";
export type { Freeze } from "./changes/kind.js";
export type { Trust } from "./classify/trust.js";

export type { Distribution } from "./kong/distribution.js";
export type { Hosting } from "./kong/streamed-and-cloned.js";
export { planMigration } from "./plan/plan-migration.js";
export type { ClonePlanOptions, PlanOptions } from "./plan/options.js";
export { planRemoval, type RemovalOptions } from "./plan/plan-removal.js";
export type { Acceptance } from "./plan/accept.js";
export { PlanError, type PlanErrorCode } from "./plan/errors.js";
export type {
  CloneDefinition,
  Command,
  ComparisonRow,
  Condition,
  InstanceEditRule,
  MigrationPlan,
  MigrationStep,
  PlannedInstance,
  Situation,
  StepId,
  StepOwner,
  Strategy,
  StrategyComparison,
  VersionAdvice,
  VersionLevel,
} from "./plan/plan.js";

export {
  type InstanceFormat,
  readInstanceFiles,
  readInstances,
  type ReadInstancesOptions,
} from "./instances/read-instances.js";
export type { TextFile } from "./instances/deck-state.js";
export type { InstanceAddress, InstanceScope, PluginInstance, ValuePath } from "./instances/instance.js";
export { describeAddress } from "./instances/instance.js";
export {
  checkInstances,
  type InstanceOptions,
  judgeInstances,
  type VerdictWithEdit,
} from "./instances/check-instances.js";
export type { NodeModel } from "./instances/adapt/draft.js";
export type { Drift, InstancePath, InstanceVerdict, InstanceVerdictId } from "./instances/verdict.js";
export { adaptInstances } from "./instances/adapt-instances.js";
export type { SecretPlace, Secrets } from "./instances/secrets.js";
export type { Answer, Decision, EditOperation, InstanceEdit, Taken } from "./instances/edit.js";
export { rewriteInstances } from "./instances/rewrite/rewrite-instances.js";
export { InstanceError, type InstanceErrorCode } from "./instances/errors.js";

export {
  type DataPlaneGroup,
  type Rollout,
  type RolloutGroup,
  type RolloutStep,
  type SimulateOptions,
  simulateRollout,
} from "./simulate/simulate-rollout.js";
export type { Counterexample, Exploration, Variant } from "./simulate/orders.js";
export type { Outcome } from "./simulate/outcome.js";
export type { Problem, ProblemKind } from "./simulate/problems.js";
export type { Loss, WayBack } from "./simulate/rollback.js";
export {
  type InstanceReport,
  type InstanceReportOptions,
  type JudgedInstance,
  reportInstances,
} from "./simulate/instance-report.js";
export { checkSync } from "./simulate/check-sync.js";
export type { InstanceExample, SyncCheck, SyncExamples } from "./simulate/sync-check.js";

export {
  createReport,
  type Json,
  type JsonObject,
  type Report,
  type ReportedChange,
  type ReportedCover,
  type ReportedProof,
  type ReportedWitness,
  type ReportedInstanceEdit,
  type ReportedStep,
} from "./report.js";
export { type Format, render, type RenderOptions, renderRollout } from "./render/render.js";
export type { Palette } from "./render/layout.js";
export { combineReports, type ReportOfSeveral } from "./render/several.js";

export {
  type LintOptions,
  lintPlugin,
  lintPlugins,
  type LintReport,
  type PluginLintReport,
} from "./lint/lint-plugin.js";
export type { LintAcceptance, LintFinding } from "./lint/finding.js";
export type { ClonedPlugin, LintedPluginOptions } from "./lint/plugin.js";
export { rulePage, rulesPage } from "./lint/page.js";
export { findKind, kindPage, kindsPage } from "./classify/kind-page.js";
export { describedRules, findRule } from "./lint/registry.js";
export type { Applicability, RuleDescription, RuleExample } from "./lint/rule.js";
export { renderLint } from "./render/lint.js";

export { Diagnoser, diagnose, type DiagnoseOptions } from "./diagnose/diagnose.js";
export type { Blame, BlamedChange, Diagnosis, Reporter } from "./diagnose/diagnosis.js";
export type { ProblemId } from "./diagnose/problems.js";
export { type DiagnosisFormat, renderDiagnoses } from "./render/diagnosis.js";
export { renderOpenInstances } from "./render/instances.js";
export { renderSyncCheck } from "./render/sync-check.js";

import fc from "fast-check";
import type { TableColumn, TableRow, UpdatePath } from "../../src/kong/update-paths.js";
import type {
  Report,
  ReportedChange,
  ReportedInstance,
  ReportedProof,
  ReportedStep,
  ReportedWitness,
} from "../../src/report.js";
import type { FieldPath, Finding } from "../../src/schema/model.js";
import type { InstanceVerdictId } from "../../src/instances/verdict.js";
import type { InstanceReport, JudgedInstance, SimulatedRollout } from "../../src/simulate/instance-report.js";
import type { Outcome } from "../../src/simulate/outcome.js";
import type { Action } from "../../src/simulate/world.js";

/** Reports of every shape, with the words that a hostile schema could bring into them. */

const nasty = [
  "\u001b[31m",
  "\u009b2J",
  "\r\n",
  "\u202e",
  "\u0000",
  "`code`",
  "||",
  "<img src=x>",
  "[a](http://b.example)",
  "@someone",
  "#1",
  "::error::",
  "%0A",
  "$(id)",
  "__proto__",
  "\ud800",
  "- ",
];
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc
    .array(fc.oneof(fc.constantFrom(...nasty), fc.lorem({ maxCount: 3 })), { maxLength: 6 })
    .map((parts) => parts.join(" ")),
);
const updatePath = fc.constantFrom<UpdatePath>("none", "short", "long", "cp-dp-sync");
const row = fc.constantFrom<TableRow>("added", "removed", "type-changed");
const column = fc.constantFrom<TableColumn>(
  "required-default",
  "required-no-default",
  "optional-default",
  "optional-no-default",
);
const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const fieldPath: fc.Arbitrary<FieldPath> = fc.array(
  fc.oneof(text, fc.constantFrom({ in: "elements" } as const, { in: "keys" } as const, { in: "values" } as const)),
  { maxLength: 4 },
);
const position = fc.record(
  { file: text, line: fc.integer({ min: 1, max: 9999 }), column: fc.integer({ min: 1, max: 999 }) },
  { requiredKeys: ["line", "column"] },
);
const command = fc.record({
  title: text,
  language: fc.constantFrom("bash" as const, "yaml" as const, "json" as const),
  text,
});
const few = { maxLength: 3 };

const object = fc.dictionary(text, fc.oneof(text, fc.constant(null)), { maxKeys: 2, noNullPrototype: true });
const witness: fc.Arbitrary<ReportedWitness> = fc.record(
  {
    model: fc.constant("konnect@3.9.1-engine" as const),
    config: object,
    instance: object,
    stored: object,
    node: fc.constantFrom("old data plane" as const, "new data plane" as const),
    error: text,
    edit: object,
    editStored: object,
    editError: text,
  },
  { requiredKeys: ["model", "config", "stored", "node", "error"], noNullPrototype: true },
);
const provenPath = fc.constantFrom(
  "none" as const,
  "short" as const,
  "long" as const,
  "cp-dp-sync" as const,
  "unknown" as const,
);
const proof: fc.Arbitrary<ReportedProof> = fc.record(
  {
    path: provenPath,
    freeze: fc.constantFrom("none" as const, "new-values" as const, "any-edit" as const),
    witness,
    argument: fc.oneof(
      fc.record({ by: fc.constant("construction" as const), rule: text }),
      fc.record({ by: fc.constant("search" as const), tried: fc.nat() }),
      fc.record({ by: fc.constant("nothing" as const), missing: fc.array(text, few) }),
    ),
  },
  { requiredKeys: ["path", "freeze"], noNullPrototype: true },
);

const change: fc.Arbitrary<ReportedChange> = fc.record(
  {
    kind: fc.constantFrom("field-added", "default-changed"),
    path: fieldPath,
    shownPath: text,
    description: text,
    attribute: text,
    role: fc.constantFrom("control_plane" as const, "data_plane" as const),
    row: nullable(row),
    column: nullable(column),
    effectiveColumn: nullable(column),
    officialPath: nullable(updatePath),
    provenPath,
    proof,
    updatePath,
    documentedNonBreaking: fc.boolean(),
    covers: fc.array(
      fc.record({
        path: fieldPath,
        shownPath: text,
        row,
        column: nullable(column),
        officialPath: nullable(updatePath),
      }),
      few,
    ),
    reason: text,
    old: text,
    new: text,
    positions: fc.array(
      fc.tuple(position, fc.constantFrom("old" as const, "new" as const)).map(([place, side]) => ({ side, ...place })),
      few,
    ),
    accepted: fc.record({ reason: text }),
  },
  {
    noNullPrototype: true,
    requiredKeys: [
      "kind",
      "path",
      "shownPath",
      "description",
      "row",
      "column",
      "effectiveColumn",
      "officialPath",
      "provenPath",
      "proof",
      "updatePath",
      "documentedNonBreaking",
      "covers",
      "reason",
      "positions",
    ],
  },
);

const condition = fc.record({ expect: text, commands: fc.array(command, few) });

const step: fc.Arbitrary<ReportedStep> = fc.record({
  id: fc.constantFrom("test-first" as const, "update-instances" as const),
  title: text,
  need: fc.constantFrom("required" as const, "optional" as const),
  who: fc.constantFrom("plugin developer" as const, "data plane operator" as const),
  where: text,
  preconditions: fc.array(condition, few),
  actions: fc.array(text, few),
  instanceEdits: fc.array(
    fc.record(
      {
        path: fieldPath,
        shownPath: text,
        action: fc.constantFrom("set" as const, "drop" as const, "convert" as const, "review" as const),
        need: fc.constantFrom("required" as const, "optional" as const),
        sentence: text,
        instances: fc.array(fc.nat({ max: 5 }), few),
      },
      { requiredKeys: ["path", "shownPath", "action", "need", "sentence"], noNullPrototype: true },
    ),
    few,
  ),
  commands: fc.array(command, few),
  check: condition,
  ifOutOfOrder: text,
});

const finding: fc.Arbitrary<Finding> = fc.record(
  {
    id: fc.constantFrom("opaque-module", "duplicate-name"),
    severity: fc.constantFrom("error" as const, "warning" as const, "note" as const),
    message: text,
    position,
    source: text,
  },
  { requiredKeys: ["id", "severity", "message"] },
);

const instance: fc.Arbitrary<ReportedInstance> = fc.record(
  {
    file: text,
    line: fc.integer({ min: 1, max: 9999 }),
    scope: fc.record(
      { service: text, route: text, consumer: text, consumerGroup: text },
      { requiredKeys: [], noNullPrototype: true },
    ),
    instanceName: text,
    id: text,
  },
  { requiredKeys: ["scope"], noNullPrototype: true },
);

const indices = fc.array(fc.nat({ max: 3 }), few);
const action = fc.constantFrom<Action>("update-control-plane", "update-instances", "update-data-planes");
const held = fc.constantFrom("none" as const, "old" as const, "new" as const, "both" as const);
const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({ verdict: fc.constant("accepted" as const) }, { noNullPrototype: true }),
  fc.record({ verdict: fc.constant("held-back" as const), reason: text }, { noNullPrototype: true }),
  fc.record({ verdict: fc.constant("refused" as const), log: text, instances: indices }, { noNullPrototype: true }),
  fc.record(
    { verdict: fc.constant("unknown" as const), missing: fc.array(text, { minLength: 1, maxLength: 2 }) },
    { noNullPrototype: true },
  ),
);
const valuePath = fc.array(fc.oneof(text, fc.nat({ max: 9 })), few);
const problem = fc.record({
  kind: fc.constantFrom("payload-refused" as const, "values-changed" as const),
  event: fc.constantFrom("push" as const, "restart" as const, "late-node" as const, "saved-again" as const),
  detail: text,
});
const counterexample = fc.record({ actions: fc.array(action, few), problem });
const rollout: fc.Arbitrary<SimulatedRollout> = fc.record({
  controlPlane: fc.constantFrom("konnect" as const, "self-managed" as const),
  steps: fc.array(
    fc.record({
      id: fc.constantFrom("update-instances" as const, "deploy-plugin-files" as const),
      action,
      controlPlane: held,
      groups: fc.array(
        fc.record({
          name: text,
          has: held,
          isConnected: fc.boolean(),
          ifPushed: outcome,
          ifSavedAgain: outcome,
          ifRestarted: fc.array(
            fc.record({
              instance: fc.nat({ max: 3 }),
              changes: fc.array(fc.record({ path: valuePath, old: text, new: text }), few),
            }),
            few,
          ),
        }),
        few,
      ),
      newNode: fc.record({ withOldVersion: outcome, withNewVersion: outcome }),
      isInSync: fc.boolean(),
    }),
    few,
  ),
  exploration: fc.record({
    verdict: fc.constantFrom("safe" as const, "best" as const, "not-best" as const, "unknown" as const),
    orders: fc.nat(),
    exposure: counterexample,
    better: fc.array(action, few),
    variants: fc.array(
      fc.record({
        change: fc.oneof(
          fc.record({ kind: fc.constant("dropped" as const), action }),
          fc.record({ kind: fc.constant("swapped" as const), actions: fc.tuple(action, action) }),
        ),
        actions: fc.array(action, few),
        verdict: fc.constantFrom("refuted" as const, "unneeded" as const, "as-good" as const),
        counterexample,
      }),
      few,
    ),
  }),
  waysBack: fc.array(
    fc.record({
      after: fc.nat({ max: 5 }),
      actions: fc.array(action, few),
      problems: fc.array(problem, few),
      losses: fc.array(
        fc.record({
          instance: fc.nat({ max: 3 }),
          path: valuePath,
          value: text,
          why: fc.constantFrom("only-in-backup" as const, "unknown-to-old" as const),
        }),
        few,
      ),
    }),
    few,
  ),
  notModelled: fc.array(text, few),
  pointOfNoReturn: fc.constantFrom("update-instances" as const, "delete-instances" as const),
});

const instancePath = fc.oneof(updatePath, fc.constant("unknown" as const));
const judgedInstance: fc.Arbitrary<JudgedInstance> = fc
  .record(
    {
      address: text,
      file: text,
      line: fc.integer({ min: 1, max: 9999 }),
      verdict: fc.constantFrom<InstanceVerdictId>(
        "untouched",
        "drifts",
        "must-change",
        "needs-decision",
        "already-invalid",
        "unknown",
      ),
      path: instancePath,
      freeze: fc.constantFrom("none" as const, "any-edit" as const),
      sentence: text,
      need: fc.constantFrom("none" as const, "edit" as const, "decide" as const),
      operations: fc.array(text, few),
      touches: fc.array(text, few),
      config: object,
      bridge: object,
      decisions: fc.array(
        fc.record({
          answer: text,
          wanted: nullable(text),
          error: text,
          renames: fc.array(fc.record({ from: text, to: text }), few),
        }),
        few,
      ),
    },
    {
      noNullPrototype: true,
      requiredKeys: [
        "address",
        "line",
        "verdict",
        "path",
        "freeze",
        "sentence",
        "need",
        "operations",
        "touches",
        "config",
        "decisions",
      ],
    },
  )
  .map((judged) => ({ ...judged, sentence: `${judged.address}: ${judged.sentence}` }));
const instanceReport: fc.Arbitrary<InstanceReport> = fc.record(
  {
    instancePath,
    sentence: text,
    instances: fc.array(judgedInstance, { maxLength: 5 }),
    rollout: nullable(rollout),
    notSimulated: text,
  },
  { requiredKeys: ["instancePath", "sentence", "instances", "rollout"], noNullPrototype: true },
);

export const arbitraryReport: fc.Arbitrary<Report> = fc.record(
  {
    formatVersion: fc.constant(1 as const),
    plugin: fc.record({ old: nullable(text), new: nullable(text) }),
    situation: fc.constantFrom(
      "update" as const,
      "handler-only" as const,
      "first-upload" as const,
      "new-name" as const,
      "removal" as const,
    ),
    distribution: fc.constantFrom("installed" as const, "streamed" as const, "cloned" as const),
    hosting: fc.constantFrom("konnect" as const, "db-less" as const, "serverless" as const),
    strategy: fc.constantFrom("in-place" as const, "side-by-side" as const),
    path: updatePath,
    officialPath: nullable(updatePath),
    provenPath: nullable(provenPath),
    proof: nullable(proof),
    unacceptedPath: updatePath,
    reason: text,
    changes: fc.array(change, { maxLength: 5 }),
    instances: nullable(fc.array(instance, few)),
    instanceReport,
    steps: fc.array(step, few),
    comparison: nullable(
      fc.record({
        newName: text,
        rows: fc.array(
          fc.record({ aspect: fc.constantFrom("window" as const, "work" as const), inPlace: text, sideBySide: text }),
          few,
        ),
      }),
    ),
    version: fc.record({
      backwardCompatible: nullable(fc.boolean()),
      forwardCompatible: nullable(fc.boolean()),
      level: fc.constantFrom("major" as const, "minor" as const, "patch" as const, "none" as const),
      from: nullable(text),
      to: nullable(text),
      recommended: nullable(text),
      agrees: nullable(fc.boolean()),
      reason: text,
    }),
    findings: fc.array(finding, few),
  },
  {
    noNullPrototype: true,
    requiredKeys: [
      "formatVersion",
      "plugin",
      "situation",
      "distribution",
      "hosting",
      "strategy",
      "path",
      "officialPath",
      "provenPath",
      "proof",
      "unacceptedPath",
      "reason",
      "changes",
      "instances",
      "steps",
      "comparison",
      "version",
      "findings",
    ],
  },
);

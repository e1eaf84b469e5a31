import { declaredMove } from "../diff/declared-moves.js";
import { sameSchema } from "../diff/same.js";
import type { PluginSchema } from "../schema/model.js";
import { type EditContext, entityOf, type NodeModel } from "./adapt/draft.js";
import type { Rename } from "../changes/rename.js";
import type { Answer, InstanceEdit, Taken } from "./edit.js";
import { editFor, harmlessFields, judgementKey } from "./alike.js";
import { InstanceError } from "./errors.js";
import { hasParameter } from "./fields.js";
import type { PluginInstance } from "./instance.js";
import { judgeInstance, type Judgement } from "./judge-instance.js";
import { entityOfKept, instanceNameOf, type Received } from "./nodes.js";
import { type SecretPlace, secretPlaces, type Secrets, secretsIn } from "./secrets.js";
import { tellVerdict } from "./sentences.js";
import { valueChanges } from "./values.js";
import type { Drift, InstancePath, InstanceVerdict } from "./verdict.js";

export interface InstanceOptions {
  /** Values for parameters that need a decision. */
  readonly answers?: readonly Answer[];
  /** Parameters that have another place now. */
  readonly renames?: readonly Rename[];
  /** How the new version comes to the nodes; in place on Konnect by default. */
  readonly model?: NodeModel;
  /** Called after each instance, with how many are judged and how many there are. */
  readonly onJudged?: ((judged: number, all: number) => void) | undefined;
}

/**
 * Says of each instance of the plugin what the new schema means for it, by what Kong's engine answers. Instances of other plugins
 * are passed over. Verdicts hold the values of secret parameters, in their sentences too: `reportInstances` hides them. Throws an `InstanceError` for an answer, and a `RenameError` for a rename, that fits neither schema.
 */
export function checkInstances(
  oldSchema: PluginSchema,
  newSchema: PluginSchema,
  instances: readonly PluginInstance[],
  options: InstanceOptions = {},
): readonly InstanceVerdict[] {
  return judgeInstances(oldSchema, newSchema, instances, options).map(({ verdict }) => verdict);
}

/**
 * The verdict on each instance of the plugin, and its edit. What must come out the same is judged once. Both hold the values of secret
 * parameters: `reportInstances` hides them.
 */
export function judgeInstances(
  oldSchema: PluginSchema,
  newSchema: PluginSchema,
  instances: readonly PluginInstance[],
  options: InstanceOptions = {},
): readonly VerdictWithEdit[] {
  const context = contextFor(oldSchema, newSchema, options);
  const own = instancesOf(oldSchema, instances);
  const unseen = harmlessFields([oldSchema, newSchema]);
  const places = secretPlaces([oldSchema, newSchema]);
  const known = new Map<string, VerdictWithEdit>();
  return own.map((instance, index) => {
    const key = judgementKey(instance, unseen);
    const alike = known.get(key);
    const judged = alike === undefined ? judge(instance, context, places) : judgedAlike(instance, alike);
    if (alike === undefined) known.set(key, judged);
    options.onJudged?.(index + 1, own.length);
    return judged;
  });
}

function judge(instance: PluginInstance, context: EditContext, places: readonly SecretPlace[]): VerdictWithEdit {
  const judgement = judgeInstance(instance, context);
  const { nodes, edited } = judgement;
  const kept = [
    ...(nodes.stored.ok ? [nodes.stored.stored] : []),
    ...(edited.saved === undefined ? [] : [edited.saved]),
  ];
  const forms = places.length === 0 ? [] : [instance, edited.edit].map(entityOf).concat(kept.map(entityOfKept));
  return { verdict: verdictOf(judgement, context), edit: edited.edit, secrets: secretsIn(places, forms) };
}

function judgedAlike(instance: PluginInstance, { verdict, edit, secrets }: VerdictWithEdit): VerdictWithEdit {
  const own = editFor(instance, edit);
  return {
    verdict: { ...verdict, instance, sentence: tellVerdict({ ...verdict, instance }, own) },
    edit: own,
    secrets,
  };
}

export interface VerdictWithEdit {
  readonly verdict: InstanceVerdict;
  readonly edit: InstanceEdit;
  /** What of both must not be shown. */
  readonly secrets: Secrets;
}

function contextFor(
  oldSchema: PluginSchema,
  newSchema: PluginSchema,
  { answers = [], renames = [], model = "konnect" }: InstanceOptions,
): EditContext {
  for (const rename of renames) declaredMove(rename, oldSchema, newSchema);
  for (const { path } of answers) {
    if (hasParameter(newSchema, path)) continue;
    throw new InstanceError(
      "answer-does-not-fit",
      `there is a value for ${path}, and the new schema has no such parameter`,
      undefined,
      "Name a parameter of the new schema, for example config.ttl=60.",
    );
  }
  const isSame = sameSchema(oldSchema, newSchema);
  return { oldSchema, newSchema, answers, renames, model, isSame, samples: new Map() };
}

/** Those of the schema's plugin. */
function instancesOf(schema: PluginSchema, instances: readonly PluginInstance[]): readonly PluginInstance[] {
  const name = instanceNameOf(schema);
  return instances.filter((instance) => instance.name === name);
}

/** The verdict that follows from what the nodes say. */
function verdictOf(judgement: Judgement, context: EditContext): InstanceVerdict {
  const { instance, edited } = judgement;
  const path = pathOf(judgement, context);
  const isFrozen = context.model === "konnect" && path === "short" && edited.onOldDataPlanes?.verdict === "refused";
  const about = { instance, path, freeze: isFrozen ? "any-edit" : "none" } as const;
  const judged = decide(judgement);
  return { ...about, ...judged, sentence: tellVerdict({ ...about, ...judged }, edited.edit) };
}

function decide({ nodes, onOldDataPlanes, onNewDataPlanes, edited }: Judgement) {
  const { stored } = nodes;
  const { edit, refusal = {} } = edited;
  if (stored.verdict === "refused") {
    return { verdict: "already-invalid", errors: stored.errors, refusedBy: "old-control-plane" } as const;
  }
  if (onOldDataPlanes?.verdict === "refused") {
    return { verdict: "already-invalid", errors: onOldDataPlanes.errors, refusedBy: "old-data-planes" } as const;
  }
  if (edit.need === "decide") {
    return { verdict: "needs-decision", errors: edit.errors ?? {}, decisions: edit.decisions } as const;
  }
  const drift = driftBetween(onOldDataPlanes, onNewDataPlanes, edited.onNewDataPlanes);
  if (onNewDataPlanes?.verdict === "refused") {
    return { verdict: "must-change", drift, errors: onNewDataPlanes.errors, refusedBy: "new-data-planes" } as const;
  }
  const missing = [stored, onOldDataPlanes, onNewDataPlanes].flatMap((answer) =>
    answer?.verdict === "unknown" ? answer.missing : [],
  );
  if (missing.length > 0) return { verdict: "unknown", missing: [...new Set(missing)] } as const;
  if (edit.need === "unknown") return { verdict: "unknown", missing: edit.missing } as const;
  if (edit.need === "edit") {
    return { verdict: "must-change", drift, errors: refusal, refusedBy: "new-control-plane" } as const;
  }
  return drift.length === 0 ? ({ verdict: "untouched" } as const) : ({ verdict: "drifts", drift } as const);
}

function pathOf(judgement: Judgement, context: EditContext): InstancePath {
  // What the control plane does not take is not there, and needs nothing.
  if (judgement.nodes.stored.verdict === "refused") return "none";
  switch (context.model) {
    case "konnect":
      return context.isSame ? "none" : pathOnKonnect(judgement);
    case "self-managed":
      return context.isSame ? "none" : pathOnOwnControlPlane(judgement, context);
    case "another-plugin":
      return pathToAnotherPlugin(judgement);
    case "no-control-plane":
      return context.isSame ? "none" : "unknown";
  }
}

function pathOnKonnect({ onNewDataPlanes, edited: { edit } }: Judgement): InstancePath {
  switch (onNewDataPlanes?.verdict) {
    case "accepted":
      return "short";
    case "unknown":
    case undefined:
      return "unknown";
    case "refused":
      return edit.bridge === undefined ? pathByOldDataPlanes[edit.oldDataPlanes] : "long";
  }
}

/** Such a control plane reads each instance again before it sends it, so it is what each makes of it that the other's nodes must take. */
function pathOnOwnControlPlane(
  { nodes, onNewDataPlanes, edited: { edit } }: Judgement,
  { oldSchema, newSchema }: EditContext,
): InstancePath {
  if (!nodes.stored.ok) return "unknown";
  if (onNewDataPlanes?.verdict === "refused") return pathByOldDataPlanes[edit.oldDataPlanes];
  const { stored } = nodes.stored;
  const crossed = (
    [
      [oldSchema, newSchema],
      [newSchema, oldSchema],
    ] as const
  ).map(([sender, receiver]) => {
    const sent = nodes.read(sender, stored);
    return sent.ok ? nodes.receive(receiver, sent.read).verdict : sent.verdict;
  });
  if (crossed.includes("accepted")) return "short";
  return crossed.includes("unknown") || onNewDataPlanes?.verdict !== "accepted" ? "unknown" : "cp-dp-sync";
}

/** No schema ever judges an instance of the other plugin: each gets the new name, and what else its configuration needs. */
function pathToAnotherPlugin({ edited: { edit } }: Judgement): InstancePath {
  switch (edit.need) {
    case "none":
    case "resave":
      return "short";
    case "edit":
    case "decide":
      return "long";
    case "unknown":
      return "unknown";
  }
}

const pathByOldDataPlanes = {
  accepted: "long",
  refused: "cp-dp-sync",
  unknown: "unknown",
} as const satisfies Record<Taken, InstancePath>;

/** What the plugin's handler gets otherwise than before: at once, and after the instance is saved again. */
function driftBetween(
  before: Received | undefined,
  updated: Received | undefined,
  saved: Received | undefined,
): readonly Drift[] {
  if (before?.ok !== true) return [];
  const changes = (after: Received | undefined) =>
    after?.ok === true ? valueChanges(before.runtime, after.runtime, ["config"]) : [];
  const atOnce = changes(updated);
  const known = new Set(atOnce.map((change) => JSON.stringify(change)));
  const later = changes(saved).filter((change) => !known.has(JSON.stringify(change)));
  return [
    ...atOnce.map((change) => ({ ...change, when: "data-plane-updated" as const })),
    ...later.map((change) => ({ ...change, when: "instance-saved" as const })),
  ];
}

import type { ErrorTree } from "../../schema/format-errors.js";
import type { KeptInstance, Refused } from "../../schema/nodes.js";
import type { InstanceEdit, Taken } from "../edit.js";
import type { PluginInstance } from "../instance.js";
import { instanceNameOf, type Received } from "../nodes.js";
import { bridgeFor } from "./bridge.js";
import { did, type Draft, draftOf, type InstanceContext, entityOf } from "./draft.js";
import { fitToSchema, mend } from "./mend.js";
import { decisionFor } from "./decisions.js";
import { placedErrors } from "./placed-errors.js";
import { expandShorthands } from "./shorthands.js";
import { tryDecisions } from "./trial.js";

/** An edit, with what the nodes make of the edited instance. */
export interface JudgedEdit {
  readonly edit: InstanceEdit;
  /** What the new control plane stores of the edited instance. */
  readonly saved: KeptInstance | undefined;
  /** What data planes make of that, with the new schema and with the old one. */
  readonly onNewDataPlanes: Received | undefined;
  readonly onOldDataPlanes: Received | undefined;
  /** What the new control plane says against the instance as it is, when it is saved again. */
  readonly refusal: ErrorTree | undefined;
}

/**
 * The smallest edit of an instance that the new control plane accepts. `isTaken` says whether data planes with the new schema take
 * the instance as it is stored now.
 */
export function editInstance(instance: PluginInstance, isTaken: Taken, context: InstanceContext): JudgedEdit {
  const unchanged = renamed(draftOf(instance), context);
  const answer = context.nodes.store(context.newSchema, unchanged);
  if (answer.ok) {
    const need = unchanged.operations.length > 0 ? "edit" : isTaken === "accepted" ? "none" : "resave";
    return judgedEdit(instance, unchanged, need, answer.stored, context);
  }
  const refusal = answer.verdict === "refused" ? answer.errors : undefined;
  // What the control plane has stored stays as it is, as long as data planes take it.
  if (instance.form === "stored" && isTaken === "accepted") {
    return { ...notJudged({ ...unjudged(instance, unchanged), need: "none" }), refusal };
  }
  if (answer.verdict === "unknown") return notJudged({ ...unjudged(instance, unchanged), missing: answer.missing });

  const expanded = instance.form === "given" ? expandShorthands(unchanged, context) : unchanged;
  const { draft, answer: mended } = mend(fitToSchema(expanded, context), context);
  switch (mended.verdict) {
    case "accepted":
      return { ...judgedEdit(instance, draft, "edit", mended.stored, context), refusal };
    case "unknown":
      return { ...notJudged({ ...unjudged(instance, draft), missing: mended.missing }), refusal };
    case "refused":
      return { ...notJudged(undecidedEdit(instance, draft, mended, context)), refusal };
  }
}

function notJudged(edit: InstanceEdit): JudgedEdit {
  return { edit, saved: undefined, onNewDataPlanes: undefined, onOldDataPlanes: undefined, refusal: undefined };
}

function renamed(draft: Draft, { oldSchema, newSchema }: InstanceContext): Draft {
  const name = instanceNameOf(newSchema);
  if (draft.name !== instanceNameOf(oldSchema) || draft.name === name) return draft;
  const reason = "To Kong it is another plugin.";
  return did({ ...draft, name }, { action: "set", path: ["name"], old: draft.name, new: name, reason });
}

/** An edit of which nothing is known yet. */
function unjudged(instance: PluginInstance, draft: Draft): InstanceEdit {
  return {
    instance,
    need: "unknown",
    ...draft,
    newControlPlane: "unknown",
    newDataPlanes: "unknown",
    oldDataPlanes: "unknown",
    bridge: undefined,
    decisions: [],
    errors: undefined,
    missing: [],
  };
}

function judgedEdit(
  instance: PluginInstance,
  draft: Draft,
  need: InstanceEdit["need"],
  saved: KeptInstance,
  context: InstanceContext,
): JudgedEdit {
  const onOld = context.nodes.receive(context.oldSchema, saved);
  const onNew = context.nodes.receive(context.newSchema, saved);
  const isRefused = onOld.verdict === "refused";
  const edit: InstanceEdit = {
    ...unjudged(instance, draft),
    need,
    newControlPlane: "accepted",
    newDataPlanes: onNew.verdict,
    oldDataPlanes: onOld.verdict,
    bridge: isRefused && need !== "none" ? bridgeFor(draft, saved, onOld, context) : undefined,
    errors: isRefused ? onOld.errors : undefined,
    missing: onOld.verdict === "unknown" ? onOld.missing : [],
  };
  return { edit, saved, onNewDataPlanes: onNew, onOldDataPlanes: onOld, refusal: undefined };
}

function undecidedEdit(
  instance: PluginInstance,
  draft: Draft,
  refusal: Refused,
  context: InstanceContext,
): InstanceEdit {
  const errors = placedErrors(refusal.errors, entityOf(draft));
  return {
    ...unjudged(instance, draft),
    need: "decide",
    newControlPlane: "refused",
    oldDataPlanes: tryDecisions(draft, errors, context),
    decisions: errors.map((error) => decisionFor(error, draft, context)),
    errors: refusal.errors,
  };
}

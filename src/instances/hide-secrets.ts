import type { VerdictWithEdit } from "./check-instances.js";
import type { Decision, EditOperation, InstanceEdit } from "./edit.js";
import { Hider } from "./secrets.js";
import { tellVerdict } from "./sentences.js";
import type { ValueChange } from "./values.js";
import type { Drift, InstanceVerdict } from "./verdict.js";

/** A verdict and its edit as they may be shown: the values of secret parameters are hidden, in Kong's words too. */
export function hideSecrets(judged: VerdictWithEdit): VerdictWithEdit {
  const { verdict, edit, secrets } = judged;
  if (secrets.places.length === 0) return judged;
  const hider = new Hider(secrets);
  const shownEdit = hideInEdit(edit, hider);
  const shown = hideInVerdict(verdict, hider);
  return { verdict: { ...shown, sentence: tellVerdict(shown, shownEdit) }, edit: shownEdit, secrets };
}

function hideInVerdict(verdict: InstanceVerdict, hider: Hider): InstanceVerdict {
  const drift = (changes: readonly Drift[]) => changes.map((change) => hideInChange(change, hider));
  switch (verdict.verdict) {
    case "untouched":
      return verdict;
    case "drifts":
      return { ...verdict, drift: drift(verdict.drift) };
    case "must-change":
      return { ...verdict, drift: drift(verdict.drift), errors: hider.errors(verdict.errors) };
    case "needs-decision":
      return {
        ...verdict,
        errors: hider.errors(verdict.errors),
        decisions: verdict.decisions.map((decision) => hideInDecision(decision, hider)),
      };
    case "already-invalid":
      return { ...verdict, errors: hider.errors(verdict.errors) };
    case "unknown":
      return { ...verdict, missing: verdict.missing.map((text) => hider.text(text)) };
  }
}

function hideInEdit(edit: InstanceEdit, hider: Hider): InstanceEdit {
  const { operations, config, fields, bridge, decisions, errors, missing } = edit;
  return {
    ...edit,
    operations: operations.map((operation) => hideInOperation(operation, hider)),
    config: hider.map(["config"], config),
    fields: hider.map([], fields),
    bridge: bridge && hider.map(["config"], bridge),
    decisions: decisions.map((decision) => hideInDecision(decision, hider)),
    errors: errors && hider.errors(errors),
    missing: missing.map((text) => hider.text(text)),
  };
}

function hideInOperation(operation: EditOperation, hider: Hider): EditOperation {
  const path = hider.path(operation.path);
  switch (operation.action) {
    case "drop":
      return { ...operation, path, old: hider.value(operation.path, operation.old) };
    case "move": {
      const { from } = operation;
      const moved = hider.value(operation.path, hider.value(from, operation.new));
      return { ...operation, path, from: hider.path(from), new: moved };
    }
    case "convert":
      return {
        ...operation,
        path,
        old: hider.value(operation.path, operation.old),
        new: hider.value(operation.path, operation.new),
      };
    case "set":
      return { ...operation, ...hideInChange(operation, hider), new: hider.value(operation.path, operation.new) };
  }
}

function hideInDecision(decision: Decision, hider: Hider): Decision {
  const { path, old, error } = decision;
  return { ...decision, path: hider.path(path), old: hider.value(path, old), error: hider.text(error) };
}

/** A change of a value as it may be shown. */
export function hideInChange<Change extends ValueChange>(change: Change, hider: Hider): Change {
  const { path, old, new: now } = change;
  return { ...change, path: hider.path(path), old: hider.value(path, old), new: hider.value(path, now) };
}

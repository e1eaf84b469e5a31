import type { ErrorTree } from "../schema/format-errors.js";
import { placedErrors } from "./adapt/placed-errors.js";
import type { Decision, EditOperation, InstanceEdit } from "./edit.js";
import type { Json } from "../changes/json.js";
import { describeAddress, type PluginInstance } from "./instance.js";
import { showValuePath } from "./values.js";
import type { Drift, InstanceVerdict } from "./verdict.js";

type Untold<Verdict> = Verdict extends unknown ? Omit<Verdict, "sentence"> : never;

/** What to know and to do about one instance. */
export function tellVerdict(verdict: Untold<InstanceVerdict>, edit: InstanceEdit): string {
  const parts = [tellWhat(verdict, edit), ...tellFreeze(verdict)];
  return `${describeAddress(verdict.instance.address)}: ${parts.join(" ")}`;
}

function tellWhat(verdict: Untold<InstanceVerdict>, edit: InstanceEdit): string {
  switch (verdict.verdict) {
    case "untouched":
      return "It is accepted before and after, with the same values.";
    case "drifts":
      return `It is accepted before and after, with other values: ${list(verdict.drift.map(tellDrift))}.`;
    case "must-change": {
      const who = {
        "new-data-planes": "Data plane nodes with the new schema refuse it as it is stored",
        "new-control-plane": "The control plane with the new schema refuses it when it is saved again",
      }[verdict.refusedBy];
      return `${who}: ${tellErrors(verdict)}. ${tellEdit(edit)}`;
    }
    case "needs-decision":
      return `${list(verdict.decisions.map(tellDecision))}. Decide, and say so with --set PATH=VALUE.${tellLosses(edit)}`;
    case "already-invalid": {
      const who = {
        "old-control-plane": "The control plane refuses it already, with the old schema",
        "old-data-planes": "Data plane nodes refuse it already, with the old schema",
      }[verdict.refusedBy];
      return `${who}: ${tellErrors(verdict)}. Correct it before anything else.`;
    }
    case "unknown":
      return `What happens to it hangs on what is not known here: ${list(verdict.missing)}.`;
  }
}

function tellErrors({ errors, instance }: { readonly errors: ErrorTree; readonly instance: PluginInstance }): string {
  const { config, fields } = instance;
  return list(placedErrors(errors, { ...fields, config }).map(({ path, error }) => `${showValuePath(path)}: ${error}`));
}

function tellDecision({ answer, path, old, error, wanted }: Decision): string {
  if (wanted === null) return `${answer === "" ? "the instance" : showValuePath(path)}: ${error}`;
  if (old === undefined || old === null) return `${answer} needs a value (${wanted})`;
  return `${answer} is ${show(old)}, and must be another value (${wanted}): ${error}`;
}

function tellEdit({ need, operations }: InstanceEdit): string {
  if (need === "resave") return "Save it again as it is.";
  return `${list(operations.map(tellOperation))}.`.replace(/^./, (first) => first.toUpperCase());
}

/** What the owner of the instance has said, and the new schema has no place for that anybody has named. */
function tellLosses({ operations, instance }: InstanceEdit): string {
  const lost = operations.flatMap((operation) =>
    operation.action === "drop" && operation.old !== null && instance.form === "given" ? [operation] : [],
  );
  if (lost.length === 0) return "";
  const values = list(lost.map(({ path, old }) => `${showValuePath(path)} (${show(old)})`));
  return ` As it stands it would lose ${values}: where a value has another place now, say so with --rename OLD=NEW.`;
}

/** `drop config.ttl`, `set config.redis.key_prefix to "a"`. */
export function tellOperation(operation: EditOperation): string {
  const path = showValuePath(operation.path);
  switch (operation.action) {
    case "drop":
      return `drop ${path}`;
    case "move":
      return `move ${showValuePath(operation.from)} to ${path}`;
    case "convert": {
      const [old, now] = [operation.old, operation.new].map(show);
      // Where a secret is hidden, both read the same.
      return old === now ? `convert ${path}` : `convert ${path} from ${old} to ${now}`;
    }
    case "set":
      return `set ${path} to ${show(operation.new)}`;
  }
}

function tellDrift({ path, old, new: now, when }: Drift): string {
  const later = when === "instance-saved" ? " once it is saved again" : "";
  if (old === undefined) return `${showValuePath(path)} is new and ${show(now)}${later}`;
  if (now === undefined) return `${showValuePath(path)} was ${show(old)} and is gone${later}`;
  if (show(old) === show(now)) return `${showValuePath(path)} is another value${later}`;
  return `${showValuePath(path)} was ${show(old)} and is ${show(now)}${later}`;
}

function tellFreeze({ freeze }: Untold<InstanceVerdict>): readonly string[] {
  if (freeze === "none") return [];
  return [
    "Nobody may save it again before every data plane node has the new schema: old ones would refuse everything.",
  ];
}

const longestShown = 60;

function show(value: Json | undefined): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length <= longestShown ? text : `${Array.from(text).slice(0, longestShown).join("")}…`;
}

/** The first few, and how many more. */
function list(items: readonly string[], most = 6): string {
  const more = items.length - most;
  return more > 0 ? `${items.slice(0, most).join("; ")}; and ${more} more` : items.join("; ");
}

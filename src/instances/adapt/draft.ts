import { findField, type PluginSchema, type RecordField } from "../../schema/model.js";
import { parseShownPath, type Rename } from "../../changes/rename.js";
import type { Answer, EditOperation } from "../edit.js";
import type { JsonObject, Json } from "../../changes/json.js";
import { isJsonMap, type PluginInstance, type ValuePath } from "../instance.js";
import type { InstanceState, Nodes } from "../nodes.js";
import { matchesIn, placeFor } from "../shown-path.js";
import { isSameJson, valueAt, withValue } from "../values.js";

/**
 * How a new version comes to the nodes. `konnect`: in its place, and what is stored is sent as it is. `self-managed`: in its place, and what
 * is stored is read again before it is sent. `another-plugin`: under another name. `no-control-plane`: on nodes that nothing is sent to.
 */
export type NodeModel = "konnect" | "self-managed" | "another-plugin" | "no-control-plane";

/** What an edit starts from and may use. */
export interface EditContext {
  readonly oldSchema: PluginSchema;
  readonly newSchema: PluginSchema;
  readonly answers: readonly Answer[];
  readonly renames: readonly Rename[];
  readonly model: NodeModel;
  /** Whether the two schemas say the same. */
  readonly isSame: boolean;
  /** Sample values that were found to fit, by the place in the schema: most instances have the same decisions to make. */
  readonly samples: Map<string, Json>;
}

/** The same for one instance, with the nodes that judge it. */
export interface InstanceContext extends EditContext {
  readonly nodes: Nodes;
}

/** An instance on its way to the new schema, and what was done to it so far. */
export interface Draft extends InstanceState {
  readonly operations: readonly EditOperation[];
}

export function draftOf({ name, config, fields }: PluginInstance): Draft {
  return { name, config, fields, operations: [] };
}

/** `config` and the fields beside it as one map, as Kong's errors see them. */
export function entityOf({ config, fields }: InstanceState): JsonObject {
  return { ...fields, config };
}

/** The same state with another value at a path, or without any. */
export function stateWith<State extends InstanceState>(state: State, path: ValuePath, value: Json | undefined): State {
  const { config, ...fields } = withValue(entityOf(state), path, value);
  return { ...state, config: isJsonMap(config) ? config : {}, fields };
}

export function setValue(draft: Draft, path: ValuePath, value: Json, reason: string): Draft {
  const old = valueAt(entityOf(draft), path);
  if (old !== undefined && isSameJson(old, value)) return draft;
  return did(stateWith(draft, path, value), { action: "set", path, old, new: value, reason });
}

export function dropValue(draft: Draft, path: ValuePath, reason: string): Draft {
  const old = valueAt(entityOf(draft), path) ?? null;
  return did(stateWith(draft, path, undefined), { action: "drop", path, old, reason });
}

/** Moves what stands at a parameter's old place to its new one, in every list entry and map value that has it. */
export function moveValue(draft: Draft, { from, to }: Rename): Draft {
  const [source, target] = [parseShownPath(from), parseShownPath(to)];
  if (source === undefined || target === undefined) return draft;
  return matchesIn(entityOf(draft), source).reduce((current, match) => {
    const path = placeFor(target, match.bound);
    return path === undefined ? current : moveOne(current, match.path, path, `${from} is now ${to}.`);
  }, draft);
}

function moveOne(draft: Draft, from: ValuePath, path: ValuePath, reason: string): Draft {
  const value = valueAt(entityOf(draft), from);
  if (value === undefined) return draft;
  if (from.some((key, at) => key !== path[at])) {
    const moved = stateWith(stateWith(draft, from, undefined), path, value);
    return did(moved, { action: "move", from, path, new: value, reason });
  }
  // Into the value itself: `60` becomes `{ limit: 60 }`, and what is such a map already stays.
  if (isJsonMap(value)) return draft;
  const inside = withValue({}, path.slice(from.length), value);
  return did(stateWith(draft, from, inside), { action: "convert", path: from, old: value, new: inside, reason });
}

export function did(draft: Draft, ...operations: readonly EditOperation[]): Draft {
  return { ...draft, operations: [...draft.operations, ...operations] };
}

/** The record under `config`, where it is visible. */
export function configRecord(schema: PluginSchema): RecordField | undefined {
  const field = findField(schema.fields, "config")?.field;
  return field?.type === "record" ? field : undefined;
}

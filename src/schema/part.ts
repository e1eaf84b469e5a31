import { fromJson, tableOf, toValue, type Table } from "./engine/data.js";
import type { RecordDefinition } from "./engine/definitions.js";
import { fillRecord } from "./engine/fill.js";
import type { Host } from "./engine/host.js";
import { LuaRaise } from "./engine/lua.js";
import { transformRecord } from "./engine/transformations.js";
import { validateRecord } from "./engine/validate.js";
import { treeFor, type Field, type PluginSchema, type Role, type SchemaTree, type Value } from "./model.js";
import { answerOn, nodeFor, refusal, type Answer } from "./nodes.js";
import { fieldRecord, pluginRecord } from "./plugin-definition.js";

/**
 * What `storeInstance` and `receiveInstance` say where only the configuration matters: the fields that every plugin has
 * beside it are not looked at, which for a part of a schema is most of the work.
 */
export function storeConfig(schema: PluginSchema, config: unknown): Answer<{ readonly stored: Value }> {
  return onPart(schema, "control_plane", (part, host) => {
    const given = entityOf(config);
    const filled = fillRecord(part, given, { context: "insert", nulls: true }, host);
    if (!filled.ok) return refusal(filled.errors);
    const errors = validateRecord(part, filled.record, given, host);
    if (!errors.isEmpty) return refusal(errors);
    const written = transformRecord(part, filled.record, given, "on_write", host);
    if (!written.ok) throw new LuaRaise(written.error);
    return { verdict: "accepted", ok: true, stored: toValue(written.record.get("config") ?? null) };
  });
}

/** Whether a data plane accepts a payload with this stored configuration. */
export function receiveConfig(schema: PluginSchema, stored: unknown): Answer<object> {
  return onPart(schema, "data_plane", (part, host) => {
    const filled = fillRecord(part, entityOf(stored), { context: "insert", nulls: true }, host);
    if (!filled.ok) throw new LuaRaise("expected an input table");
    const errors = validateRecord(part, filled.record, undefined, host);
    return errors.isEmpty ? { verdict: "accepted", ok: true } : refusal(errors);
  });
}

/** Whether a control plane takes a value for a field, judged by itself: no if that cannot be told. */
export function acceptsValue(schema: PluginSchema, field: Field, value: unknown): boolean {
  const answer = answerOn(nodeFor(schema, "control_plane"), (host) => {
    const record = fieldRecord(field);
    const given = tableOf([["value", fromJson(value)]]);
    const filled = fillRecord(record, given, { context: "insert", nulls: true }, host);
    if (!filled.ok) return refusal(filled.errors);
    const errors = validateRecord(record, filled.record, given, host);
    return errors.isEmpty ? { verdict: "accepted", ok: true } : refusal(errors);
  });
  return answer.ok;
}

/**
 * Whether a data plane is certain to accept what a control plane stores: both judge by the same rules, and no code of the schema
 * works on the configuration while it is filled in, so that filling it in again changes nothing.
 */
export function acceptsWhatItStores(schema: PluginSchema): boolean {
  return schema.dataPlane === undefined && partOf(schema).isInert;
}

const parts = new WeakMap<SchemaTree, RecordDefinition>();

function partOf(tree: SchemaTree): RecordDefinition {
  const known = parts.get(tree);
  if (known !== undefined) return known;
  const part = pluginRecord(tree);
  parts.set(tree, part);
  return part;
}

function entityOf(config: unknown): Table {
  return tableOf([["config", config === undefined ? undefined : fromJson(config)]]);
}

function onPart<Kept>(
  schema: PluginSchema,
  role: Role,
  judge: (part: RecordDefinition, host: Host) => Answer<Kept>,
): Answer<Kept> {
  return answerOn(nodeFor(schema, role), (host) => judge(partOf(treeFor(schema, role)), host));
}

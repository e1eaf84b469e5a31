import { releaseOf } from "../kong/release.js";
import { NotJson, Table, deepCopyTable, fromJson, storedCopy, tableOf, toValue } from "./engine/data.js";
import type { Data } from "./engine/data.js";
import type { RecordDefinition } from "./engine/definitions.js";
import { fillRecord } from "./engine/fill.js";
import type { FillOptions } from "./engine/fill.js";
import { Host } from "./engine/host.js";
import { LuaRaise, Undecidable, display } from "./engine/lua.js";
import { rulesOf, type Rules } from "./engine/rules.js";
import { transformRecord } from "./engine/transformations.js";
import { validateRecord } from "./engine/validate.js";
import { errorTreeOf, raisedKey } from "./format-errors.js";
import type { ErrorTree } from "./format-errors.js";
import { functionsOf } from "./functions.js";
import type { PluginSchema, ReadOptions, Role, Value, ValueMap } from "./model.js";
import { loadPlugin } from "./plugin-definition.js";
import type { LoadedPlugin } from "./plugin-definition.js";

/** A plugin instance as JSON. */
export interface InstanceData {
  readonly config: unknown;
  /** The fields beside `config`: `name`, `protocols`, `consumer`, …. Without a name it is an instance of the schema's plugin. */
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
  /**
   * Strings in `config` and `fields` that stand for values which are not known. Each is taken to fit the field in which it stands; the answer
   * is unknown only where something else asks for it.
   */
  readonly assumed?: ReadonlySet<string> | undefined;
}

/** What a node keeps of an instance that it accepts. */
export interface KeptInstance {
  readonly config: Value;
  readonly fields: ValueMap;
}

export interface Refused {
  readonly verdict: "refused";
  readonly ok: false;
  readonly errors: ErrorTree;
  /** Present where some part could not be judged, so that there may be more errors: what would have to be known. */
  readonly missing?: readonly string[];
}

export interface Unknown {
  readonly verdict: "unknown";
  readonly ok: false;
  /** What would have to be known to decide. */
  readonly missing: readonly string[];
}

export type Answer<Kept> = ({ readonly verdict: "accepted"; readonly ok: true } & Kept) | Refused | Unknown;

/** A POST or PUT of an instance at a control plane: what it stores. Kong's `DAO:insert` and `DAO:upsert`. */
export function storeInstance(schema: PluginSchema, instance: InstanceData): Answer<{ readonly stored: KeptInstance }> {
  return onNode(schema, "control_plane", instance, (plugin, host) => {
    const given = entityOf(instance, plugin);
    const filled = fillRecord(plugin.entity, given, { context: "insert", nulls: true }, host);
    if (!filled.ok) return refusal(filled.errors);
    const errors = validateRecord(plugin.entity, filled.record, given, host);
    if (!errors.isEmpty) return refusal(errors);
    const written = transformRecord(plugin.entity, filled.record, given, "on_write", host);
    if (!written.ok) return { verdict: "refused", ok: false, errors: { [raisedKey]: written.error } };
    return { verdict: "accepted", ok: true, stored: kept(written.record, given, host) };
  });
}

/** What a self-managed control plane reads from its database, and exports: the row under the schema that it has now. */
export function readInstance(schema: PluginSchema, stored: InstanceData): Answer<{ readonly read: KeptInstance }> {
  return onNode(schema, "control_plane", stored, (plugin, host) => {
    const given = entityOf(stored, plugin);
    const read = readRow(plugin, given, { context: "select", nulls: true }, host);
    return read.ok ? { verdict: "accepted", ok: true, read: kept(read.record, given, host) } : refusal(read.errors);
  });
}

/**
 * A payload with this one instance at a data plane: whether it is accepted, what the instance then is (`effective`), and what the plugin's
 * handler gets of it (`runtime`: no nulls, and vault references as in `References`; undefined where it cannot be read or known).
 */
export function receiveInstance(
  schema: PluginSchema,
  pushed: InstanceData,
): Answer<{ readonly effective: KeptInstance; readonly runtime: Value | undefined }> {
  return onNode(schema, "data_plane", pushed, (plugin, host) => {
    const entity = entityOf(pushed, plugin);
    const filled = receive(plugin, entity, host);
    if (!filled.ok) return refusal(filled.errors);
    const effective = kept(filled.record, entity, host);
    const runtime = answerOn(nodeFor(schema, "data_plane", host.assumed), (reader) => {
      const read = readRow(plugin, storedCopy(filled.record), { context: "select", nulls: false }, reader);
      if (!read.ok) return refusal(read.errors);
      return { verdict: "accepted", ok: true, config: toValue(configOf(read.record), host.assumed) };
    });
    return { verdict: "accepted", ok: true, effective, runtime: runtime.ok ? runtime.config : undefined };
  });
}

/** Whether a data plane accepts a payload with this one instance: what `receiveInstance` says, without what becomes of it. */
export function acceptInstance(schema: PluginSchema, pushed: InstanceData): Answer<object> {
  return onNode(schema, "data_plane", pushed, (plugin, host) => {
    const received = receive(plugin, entityOf(pushed, plugin), host);
    return received.ok ? { verdict: "accepted", ok: true } : refusal(received.errors);
  });
}

function receive(plugin: LoadedPlugin, entity: Table, host: Host): ReturnType<typeof fillRecord> {
  const errors = payloadErrors(plugin, entity, host);
  return errors.isEmpty
    ? fillRecord(plugin.entity, entity, { context: "insert", nulls: true }, host)
    : { ok: false, errors };
}

/** Only filling in, without a judgement. */
export function fillInstance(
  schema: PluginSchema,
  instance: InstanceData,
  role: Role,
  context: FillOptions["context"],
): Answer<{ readonly filled: KeptInstance }> {
  return onNode(schema, role, instance, (plugin, host) => {
    const given = entityOf(instance, plugin);
    const options = { context, nulls: role === "control_plane" };
    const filled =
      context === "select" ? readRow(plugin, given, options, host) : fillRecord(plugin.entity, given, options, host);
    return filled.ok
      ? { verdict: "accepted", ok: true, filled: kept(filled.record, given, host) }
      : refusal(filled.errors);
  });
}

function readRow(plugin: LoadedPlugin, row: Table, options: FillOptions, host: Host): ReturnType<typeof fillRecord> {
  const transformed = transformRecord(plugin.entity, row, undefined, "on_read", host);
  if (!transformed.ok) return { ok: false, errors: tableOf([[raisedKey, transformed.error]]) };
  return fillRecord(plugin.entity, transformed.record, options, host);
}

/**
 * `flatten` of kong/db/schema/others/declarative_config.lua: a payload is judged with ids in place of foreign keys, and if that fails once
 * more with the keys; the second errors count, and of the first those that only say "value must be null".
 */
function payloadErrors(plugin: LoadedPlugin, entity: Table, host: Host): Table {
  const first = judgeEntry(plugin.payloadEntity, withIds(plugin, entity), host);
  if (first.isEmpty) return first;
  const second = judgeEntry(plugin.entity, entity, host);
  if (!second.isEmpty)
    for (const [key, error] of first.entries()) if (error === "value must be null") second.set(key, error);
  return second;
}

function judgeEntry(definition: RecordDefinition, entry: Table, host: Host): Table {
  const filled = fillRecord(definition, entry, { context: "insert", nulls: true }, host);
  if (!filled.ok) throw new LuaRaise("expected an input table");
  return validateRecord(definition, filled.record, undefined, host);
}

function withIds(plugin: LoadedPlugin, entity: Table): Table {
  const entry = deepCopyTable(entity);
  for (const { name, field } of plugin.entity.fields) {
    const key = field.type === "foreign" ? entry.get(name) : undefined;
    if (key instanceof Table) entry.set(name, key.get("id"));
  }
  return entry;
}

function entityOf({ config, fields = {}, assumed }: InstanceData, plugin: LoadedPlugin): Table {
  const entity = fromJson(fields, assumed);
  if (!(entity instanceof Table)) throw new NotJson("the fields of an instance are not an object");
  if (entity.get("name") === undefined) entity.set("name", plugin.name);
  entity.set("config", config === undefined ? undefined : fromJson(config, assumed));
  for (const { name, field } of plugin.entity.fields) {
    const reference = field.type === "foreign" ? entity.get(name) : undefined;
    if (reference instanceof Table && reference.rest.size > 0 && reference.get("id") === undefined) {
      entity.set(name, tableOf([["id", unresolvedId]]));
    }
  }
  return entity;
}

/** Stands for the id of a route, service or consumer that is referred to by its name, which Kong looks up (`resolve_foreign`). */
const unresolvedId = "00000000-0000-4000-8000-000000000000";

/** Fields that Kong makes up are left out, and so are nulls that nobody gave. */
function kept(record: Table, given: Table, { assumed }: Host): KeptInstance {
  const fields = record
    .entries()
    .filter(
      ([key, value]) => key !== "config" && (given.get(key) !== undefined || (value !== null && !madeUp.has(key))),
    );
  return {
    config: toValue(configOf(record), assumed),
    fields: Object.fromEntries(fields.map(([key, value]) => [display(key), toValue(value, assumed)])),
  };
}

function configOf(record: Table): Data {
  return record.get("config") ?? null;
}

const madeUp: ReadonlySet<unknown> = new Set(["id", "created_at", "updated_at"]);

export function refusal(errors: Table): Refused {
  return { verdict: "refused", ok: false, errors: errorTreeOf(errors) };
}

function onNode<Kept>(
  schema: PluginSchema,
  role: Role,
  { assumed }: InstanceData,
  judge: (plugin: LoadedPlugin, host: Host) => Answer<Kept>,
): Answer<Kept> {
  return answerOn(nodeFor(schema, role, assumed), (host) => judge(loadPlugin(schema, role), host));
}

/** Runs a judgement; without a refusal, whatever was found missing makes it unknown. */
export function answerOn<Kept>(host: Host, judge: (host: Host) => Answer<Kept>): Answer<Kept> {
  const missing = () => [...host.missing];
  try {
    const answer = judge(host);
    if (host.missing.size === 0) return answer;
    return answer.verdict === "refused"
      ? { ...answer, missing: missing() }
      : { verdict: "unknown", ok: false, missing: missing() };
  } catch (error) {
    if (error instanceof LuaRaise || error instanceof NotJson) {
      const refused: Refused = { verdict: "refused", ok: false, errors: { [raisedKey]: error.message } };
      return host.missing.size === 0 ? refused : { ...refused, missing: missing() };
    }
    if (!(error instanceof Undecidable)) throw error;
    for (const part of error.missing) host.missing.add(part);
    return { verdict: "unknown", ok: false, missing: missing() };
  }
}

export function nodeFor(schema: PluginSchema, role: Role, assumed?: ReadonlySet<string>): Host {
  return new Host(role, rulesFor(schema), functionsOf(schema, role), assumed);
}

const rules = new WeakMap<ReadOptions, Rules>();

function rulesFor({ options }: PluginSchema): Rules {
  const known = rules.get(options);
  if (known !== undefined) return known;
  const found = rulesOf(releaseOf(options.gatewayVersion));
  rules.set(options, found);
  return found;
}

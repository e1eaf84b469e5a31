import type { Field, PluginSchema } from "../schema/model.js";
import {
  type Answer,
  fillInstance,
  type KeptInstance,
  readInstance,
  receiveInstance,
  storeInstance,
} from "../schema/nodes.js";
import { fieldOfValue } from "./fields.js";
import { takesAllOf } from "./fits.js";
import { type JsonObject, type Json, valueJson } from "../changes/json.js";
import { isJsonList, isJsonMap, type PluginInstance, type ValuePath } from "./instance.js";

/** A plugin's configuration with what it is called and its other fields. */
export interface InstanceState {
  readonly name: string;
  readonly config: JsonObject;
  readonly fields: JsonObject;
}

export type Stored = Answer<{ readonly stored: KeptInstance }>;
export type Received = ReturnType<typeof receiveInstance>;
export type Read = ReturnType<typeof readInstance>;

/** The name under which instances refer to a plugin: Kong goes by the folder, and not by what the schema says. */
export function instanceNameOf(schema: PluginSchema): string {
  return schema.options.pluginName ?? schema.name;
}

/**
 * Control plane and data planes, judging one instance. Values from the environment are not known, but those that the instance has now
 * were taken by the old schema: so they fit wherever a field takes all that their present field takes.
 */
export class Nodes {
  /** What the control plane with the old schema keeps of the instance. */
  readonly stored: Stored;
  readonly #placeholders: ReadonlySet<string>;
  readonly #fields = new Map<string, Field[]>();

  constructor({ name, config, fields, form, placeholders }: PluginInstance, oldSchema: PluginSchema) {
    this.#placeholders = new Set(placeholders);
    const state: InstanceState = { name, config, fields };
    this.stored =
      form === "given"
        ? storeInstance(oldSchema, this.#dataOf(state))
        : { verdict: "accepted", ok: true, stored: { config, fields: { ...fields, name } } };
    if (placeholders.length === 0) return;
    this.#noteFields(oldSchema, { ...fields, config });
    if (this.stored.ok) this.#noteFields(oldSchema, entityOfKept(this.stored.stored));
  }

  /** A POST or PUT at a control plane. */
  store(schema: PluginSchema, state: InstanceState): Stored {
    const answer = storeInstance(schema, this.#dataOf(state));
    return answer.ok ? (this.#notFitting(schema, answer.stored) ?? answer) : answer;
  }

  /** A payload at a data plane. */
  receive(schema: PluginSchema, kept: KeptInstance): Received {
    const answer = receiveInstance(schema, { ...kept, assumed: this.#placeholders });
    return answer.ok ? (this.#notFitting(schema, kept) ?? answer) : answer;
  }

  /** What a self-managed control plane reads from its database, and exports. */
  read(schema: PluginSchema, kept: KeptInstance): Read {
    return readInstance(schema, { ...kept, assumed: this.#placeholders });
  }

  /** What a data plane's handlers get of a configuration that it has stored, when it starts: nothing is validated then. */
  restart(schema: PluginSchema, kept: KeptInstance) {
    return fillInstance(schema, { ...kept, assumed: this.#placeholders }, "data_plane", "select");
  }

  #dataOf({ name, config, fields }: InstanceState) {
    return { config, fields: { ...fields, name }, assumed: this.#placeholders };
  }

  #noteFields(schema: PluginSchema, entity: JsonObject): void {
    for (const { text, path } of this.#placesIn(entity, [])) {
      const field = fieldOfValue(schema, path);
      if (field !== undefined) this.#fields.set(text, [...(this.#fields.get(text) ?? []), field]);
    }
  }

  /** The answer where a value that is not known stands in a field that may not take it. */
  #notFitting(schema: PluginSchema, kept: KeptInstance) {
    if (this.#placeholders.size === 0) return undefined;
    const missing = this.#placesIn(entityOfKept(kept), []).filter(({ text, path }) => {
      const field = fieldOfValue(schema, path);
      return field !== undefined && !(this.#fields.get(text) ?? []).some((known) => takesAllOf(field, known));
    });
    if (missing.length === 0) return undefined;
    return { verdict: "unknown", ok: false, missing: [...new Set(missing.map(({ text }) => text))] } as const;
  }

  #placesIn(value: Json, path: ValuePath): readonly { readonly text: string; readonly path: ValuePath }[] {
    if (typeof value === "string") return this.#placeholders.has(value) ? [{ text: value, path }] : [];
    if (isJsonList(value)) return value.flatMap((item, index) => this.#placesIn(item, [...path, index]));
    if (!isJsonMap(value)) return [];
    return Object.entries(value).flatMap(([key, item]) => this.#placesIn(item, [...path, key]));
  }
}

/** What a node keeps as one map, with `config` in it. */
export function entityOfKept({ config, fields }: KeptInstance): JsonObject {
  const entity = { ...fields, config };
  return Object.fromEntries(Object.entries(entity).map(([key, value]) => [key, valueJson(value)]));
}

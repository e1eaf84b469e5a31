import type { Json, JsonObject } from "../changes/json.js";
import type { PluginSchema, Value, ValueMap } from "../schema/model.js";
import { acceptInstance, storeInstance, type Answer } from "../schema/nodes.js";
import { acceptsWhatItStores, receiveConfig, storeConfig } from "../schema/part.js";

/** What a user gives. */
export interface Candidate {
  readonly config: JsonObject;
  /** The fields beside `config`. */
  readonly instance?: { readonly [name: string]: Json };
}

/** What a control plane keeps. */
export interface Stored {
  readonly config: Value;
  readonly fields?: ValueMap;
}

/** The control plane and the data planes that have one schema. */
export interface Nodes {
  /** Whether the data planes are certain to accept what the control plane stores. */
  readonly agree: boolean;
  store(candidate: Candidate): Answer<{ readonly stored: Stored }>;
  receive(stored: Stored): Answer<object>;
}

/** Nodes of which only the configuration is asked. */
export function configNodes(schema: PluginSchema): Nodes {
  return {
    agree: acceptsWhatItStores(schema),
    store({ config }) {
      const answer = storeConfig(schema, config);
      return answer.ok ? { ...answer, stored: { config: answer.stored } } : answer;
    },
    receive: ({ config }) => receiveConfig(schema, config),
  };
}

/** Nodes that see the whole instance, with the fields that every plugin has. */
export function instanceNodes(schema: PluginSchema): Nodes {
  return {
    agree: false,
    store: ({ config, instance }) => storeInstance(schema, { config, fields: instance }),
    receive: (stored) => acceptInstance(schema, stored),
  };
}

/** The same nodes; what is asked again is answered from memory. */
export function remembering(nodes: Nodes): Nodes {
  const stored = new Map<string, ReturnType<Nodes["store"]>>();
  return {
    ...nodes,
    store(candidate) {
      const key = JSON.stringify(candidate);
      const known = stored.get(key);
      if (known !== undefined) return known;
      const answer = nodes.store(candidate);
      stored.set(key, answer);
      return answer;
    },
  };
}

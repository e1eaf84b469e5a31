import type { Position } from "../../errors.js";
import { InstanceError } from "../errors.js";
import type { Json } from "../../changes/json.js";
import { type InstanceScope, isJsonMap, type PluginInstance } from "../instance.js";
import type { PluginEntry } from "./entries.js";
import type { NodeReader } from "./nodes.js";

/** Fields of the plugins entity that are references to others, and how they are called here. */
const foreignFields = [
  ["service", "service"],
  ["route", "route"],
  ["consumer", "consumer"],
  ["consumer_group", "consumerGroup"],
] as const satisfies readonly (readonly [string, keyof InstanceScope])[];

/** Fields that say what an instance is called, not what it does; and decK's own. */
const notValidated: ReadonlySet<string> = new Set(["name", "config", "id", "created_at", "updated_at", "_config"]);

/** The instance that an entry is by itself. */
export function instanceOf(entry: PluginEntry, reader: NodeReader, form: PluginInstance["form"]): PluginInstance {
  const { name, node, entries, keys } = entry;
  const placeholders = new Set<string>();
  const position = reader.positionOf(node);
  const config = reader.value(entries.get("config")?.pair.value ?? null, placeholders) ?? {};
  if (!isJsonMap(config)) throw wrongShape("config must be a map", position);
  const others = [...entries].filter(([key]) => !notValidated.has(key));
  const given = new Map(others.map(([key, { pair }]) => [key, reader.value(pair.value, placeholders)]));
  const scope: Record<string, string> = { ...entry.scope };
  for (const [key, word] of foreignFields) {
    const owner = ownerOf(given.get(key) ?? null);
    if (owner !== undefined) scope[word] = owner;
    if (scope[word] !== undefined) given.set(key, { id: stableId(given.get(key) ?? null) });
  }
  const instanceName = given.get("instance_name");
  const id = reader.value(entries.get("id")?.pair.value ?? null);
  return {
    name,
    address: {
      position,
      scope,
      ...(typeof instanceName === "string" ? { instanceName } : {}),
      ...(typeof id === "string" ? { id } : {}),
      keys,
    },
    form,
    config,
    fields: Object.fromEntries(given),
    placeholders: [...placeholders],
  };
}

/** A decK file names the owner by name or id, the Admin API by `{ "id": … }`. */
function ownerOf(value: Json): string | undefined {
  if (typeof value === "string") return value;
  if (!isJsonMap(value)) return undefined;
  return ["id", "name", "username"].map((key) => value[key]).find((text) => typeof text === "string");
}

/** Kong wants an id where a decK file may have a name; which one it is decides nothing. */
function stableId(value: Json): string {
  const id = isJsonMap(value) ? value["id"] : undefined;
  return typeof id === "string" ? id : "00000000-0000-4000-8000-000000000000";
}

export function wrongShape(message: string, position: Position | undefined): InstanceError {
  return new InstanceError("instances-wrong-shape", message, position);
}

import type { FieldMove } from "../changes/difference.js";
import { valueJson, type Json, type JsonObject } from "../changes/json.js";
import { isDeclaredMove } from "../changes/move.js";
import type { Change } from "../changes/registry.js";
import type { FieldPath } from "../schema/model.js";
import type { Nodes } from "./nodes.js";
import { isObject, without } from "./objects.js";
import type { Findings } from "./search.js";

/**
 * What is found once the edit of a refused instance has to take its value to the new place: any edit that gives the value up
 * may be accepted by all, and is not what a rename asks for.
 */
export function withValueCarried(found: Findings, changes: readonly Change[], old: Nodes, now: Nodes): Findings {
  const { refused } = found;
  if (refused === undefined) return found;
  const { stored: kept } = refused;
  const config = changes
    .filter(isDeclaredMove)
    .reduce((given, move) => carry(given, move, valueJson(kept.config)), refused.candidate.config);
  if (config === refused.candidate.config) return found;
  const candidate = { ...refused.candidate, config };
  const saved = now.store(candidate);
  if (!saved.ok || !now.receive(saved.stored).ok) return found;
  const { stored } = saved;
  const answer = old.receive(stored);
  switch (answer.verdict) {
    case "accepted":
      return { ...found, bridge: { candidate, stored } };
    case "refused":
      return {
        ...found,
        bridge: undefined,
        conflict: { candidate, stored, errors: answer.errors },
      };
    case "unknown":
      return found;
  }
}

/** The configuration with what is stored at the old place at the new one; the same where that is nothing, or in a list or map. */
function carry(config: JsonObject, { from: [source], to: [target] }: FieldMove, stored: Json): JsonObject {
  const [from, to] = [source, target].map((end) => end && namesIn(end.path));
  const value = from && valueAt(stored, from);
  if (from === undefined || to === undefined || value === undefined || value === null) return config;
  return withValue(withoutValue(config, from), to, value);
}

/** The names of a path inside `config`. */
function namesIn([top, ...names]: FieldPath): readonly string[] | undefined {
  const found = names.filter((name) => typeof name === "string");
  return top === "config" && found.length === names.length ? found : undefined;
}

function valueAt(config: Json, [name, ...rest]: readonly string[]): Json | undefined {
  if (name === undefined) return config;
  return isObject(config) && Object.hasOwn(config, name) ? valueAt(config[name] ?? null, rest) : undefined;
}

function withValue(config: JsonObject, [name, ...rest]: readonly string[], value: Json): JsonObject {
  if (name === undefined) return config;
  const inside = Object.hasOwn(config, name) ? config[name] : undefined;
  return { ...config, [name]: rest.length === 0 ? value : withValue(isObject(inside) ? inside : {}, rest, value) };
}

function withoutValue(config: JsonObject, [name, ...rest]: readonly string[]): JsonObject {
  const inside = name !== undefined && Object.hasOwn(config, name) ? config[name] : undefined;
  if (name === undefined || rest.length === 0 || !isObject(inside)) return without(config, (key) => key === name);
  return { ...config, [name]: withoutValue(inside, rest) };
}

import type { Json, JsonObject } from "../changes/json.js";
import type { Position } from "../errors.js";

export function isJsonMap(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isJsonList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** From the instance down: `["config", "redis", "host"]`; a number is an index in a list, from 0. */
export type ValuePath = readonly (string | number)[];

/** What the instance applies to, by name or id as the text has it; nothing of it means everything. */
export interface InstanceScope {
  readonly service?: string;
  readonly route?: string;
  readonly consumer?: string;
  readonly consumerGroup?: string;
}

/** Where an instance stands and how its owner calls it. */
export interface InstanceAddress {
  readonly position: Position;
  readonly scope: InstanceScope;
  /** `instance_name` */
  readonly instanceName?: string;
  readonly id?: string;
  /** The keys that lead to it from the top of its text: `["services", 0, "plugins", 2]`. */
  readonly keys: ValuePath;
}

/** One configured plugin: plain data. */
export interface PluginInstance {
  /** The plugin's name. */
  readonly name: string;
  readonly address: InstanceAddress;
  /** Whether `config` is what a user gives to the control plane, or what the control plane has made of that and stores. */
  readonly form: "given" | "stored";
  readonly config: JsonObject;
  /** The fields beside `config` and `name` that Kong validates: `protocols`, `enabled`, the scope as foreign keys, …. */
  readonly fields: JsonObject;
  /** Strings in `config` and `fields` that stand for values which are not known: they hold a `${{ env "DECK_X" }}`. */
  readonly placeholders: readonly string[];
}

const scopeWords = [
  ["service", "service"],
  ["route", "route"],
  ["consumer", "consumer"],
  ["consumerGroup", "consumer group"],
] as const;

/** `on service "orders"`, `on route "r" and consumer "c"`, `global`. */
export function describeScope(scope: InstanceScope): string {
  const parts = scopeWords.flatMap(([key, word]) =>
    scope[key] === undefined ? [] : [`${word} ${JSON.stringify(scope[key])}`],
  );
  return parts.length === 0 ? "global" : `on ${parts.join(" and ")}`;
}

/** `kong.yaml:12, on service "orders", "orders-quota"`. */
export function describeAddress({ position, scope, instanceName, id }: InstanceAddress): string {
  const place = `${position.file ?? "line"}${position.file === undefined ? " " : ":"}${position.line}`;
  const own = instanceName ?? id;
  return [place, describeScope(scope), ...(own === undefined ? [] : [JSON.stringify(own)])].join(", ");
}

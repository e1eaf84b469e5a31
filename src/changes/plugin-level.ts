import type { Field, Value } from "../schema/model.js";
import { compareConstraint, type Strictness } from "./constraints.js";
import type { Difference, Site } from "./difference.js";
import { pluginLevelChange } from "./find.js";
import { isList, valueKey } from "./value-key.js";

/** The fields that every plugin has beside `config`, and what a schema may say of them (kong/db/schema/entities/plugins.lua 3.9.1). */

const scopes: readonly string[] = ["consumer", "consumer_group", "route", "service"];

/** Whether the name is of what an instance can be attached to. */
export function isScope(name: string): boolean {
  return scopes.includes(name);
}

/** What a schema says of a scope. Without a word, an instance may have it or not. */
type ScopeRule = "free" | "forbidden" | "demanded" | "other";

/** Attributes with which the plugins entity itself defines the scopes. */
const plainScopeAttributes: readonly string[] = ["reference", "on_delete", "description"];

function scopeRule(field: Field | undefined): ScopeRule {
  if (field === undefined) return "free";
  if (field.type !== "foreign") return "other";
  if (field.attributes["eq"] === null) return "forbidden";
  const others = Object.keys(field.attributes).filter((name) => !plainScopeAttributes.includes(name));
  const forbidsNull = Object.hasOwn(field.attributes, "ne") && field.attributes["ne"] === null;
  if (others.length > (forbidsNull ? 1 : 0)) return "other";
  if (field.required === true || forbidsNull) return "demanded";
  return field.default === undefined || field.default === null ? "free" : "other";
}

/** How two definitions of a scope compare in the instances that they let pass; undefined is the plugins entity's own. */
export function compareScope(old: Field | undefined, now: Field | undefined): Strictness {
  const before = scopeRule(old);
  const after = scopeRule(now);
  if (before === "other" || after === "other") return "different";
  if (before === after) return "same";
  if (before === "free") return "tighter";
  return after === "free" ? "looser" : "different";
}

/** What every release since 2.7 knows; the Enterprise edition has `ws` and `wss` too. */
const allProtocols: readonly string[] = ["grpc", "grpcs", "http", "https", "tcp", "tls", "tls_passthrough", "udp"];

/** How two definitions of `protocols` compare; undefined is the plugins entity's own, which lets all pass. */
export function compareProtocols(old: Field | undefined, now: Field | undefined): Strictness {
  const before = allowedProtocols(old);
  const after = allowedProtocols(now);
  if (before === undefined || after === undefined) return "different";
  return compareConstraint("one_of", withAll(before), withAll(after), "string") ?? "different";
}

function allowedProtocols(field: Field | undefined): readonly Value[] | undefined {
  if (field === undefined) return allProtocols;
  if (field.type !== "set" && field.type !== "array") return undefined;
  const allowed = field.elements.attributes["one_of"];
  return isList(allowed) ? allowed : undefined;
}

/** The extra protocols of an edition do not matter where all the others are there. */
function withAll(allowed: readonly Value[]): readonly Value[] {
  const keys = new Set(allowed.map(valueKey));
  return allProtocols.every((name) => keys.has(valueKey(name))) ? allProtocols : allowed;
}

/** How a difference compares the protocols of the two sides; undefined where it is about something else. */
export function protocolsStrictness(difference: Difference, site: Site): Strictness | undefined {
  const [name, ...inside] = difference.path;
  if (name !== "protocols") return undefined;
  const whole = pluginLevelChange(difference);
  if (whole !== undefined) return compareProtocols(whole.old, whole.new);
  const isChoice = difference.subject === "attribute" && difference.attribute === "one_of" && inside.length === 1;
  return isChoice ? compareProtocols(site.old[0], site.new[0]) : undefined;
}

/** The protocols that are allowed now, and those before. */
export function showProtocols(difference: Difference): string {
  const whole = pluginLevelChange(difference);
  if (whole !== undefined) return nowAndBefore(allowedProtocols(whole.new), allowedProtocols(whole.old));
  if (difference.subject !== "attribute") return nowAndBefore(undefined, undefined);
  return nowAndBefore(listOf(difference.new), listOf(difference.old));
}

function nowAndBefore(now: readonly Value[] | undefined, before: readonly Value[] | undefined): string {
  const show = (allowed: readonly Value[] | undefined): string => {
    if (allowed === undefined) return "which ones cannot be told";
    return allowed === allProtocols ? "all" : allowed.map(String).join(", ");
  };
  return `${show(now)} (before: ${show(before)})`;
}

function listOf(value: Value | undefined): readonly Value[] | undefined {
  return isList(value) ? value : undefined;
}

/** How a difference compares what an instance may be attached to; undefined where it is about something else. */
export function scopeStrictness(difference: Difference, site: Site): Strictness | undefined {
  const [name] = difference.path;
  if (typeof name !== "string" || !isScope(name)) return undefined;
  const whole = pluginLevelChange(difference);
  if (whole !== undefined) return compareScope(whole.old, whole.new);
  const isRule = difference.subject === "attribute" && scopeAttributes.includes(difference.attribute);
  return isRule ? compareScope(site.old[0], site.new[0]) : undefined;
}

/** The attributes that say whether an instance may, must or must not have a scope. */
const scopeAttributes: readonly string[] = ["eq", "ne", "required"];

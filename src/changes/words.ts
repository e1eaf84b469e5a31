import type { AttributeDifference, FieldMove, MoveEnd, ValueEdit } from "./difference.js";
import { keepsOldName, narrowsOldName } from "./move.js";
import type { Field, FieldPath, Value } from "../schema/model.js";
import { isBytes, isLuaFunction, isMixedTable, isOpaque, isValueMap, showPath } from "../schema/model.js";
import { typeOf } from "./types.js";
import { isList, valueAt } from "./value-key.js";

/** Longer values are cut in sentences; the report has them whole. */
const longestShown = 80;

/** `config.redis.host`; the plugin itself has no path. */
export function nameOf(path: FieldPath): string {
  return path.length === 0 ? "the plugin" : showPath(path);
}

/** A value as the schema could have written it, cut where it is long. */
export function showValue(value: Value | undefined): string {
  const shown = writeValue(value);
  if (shown.length <= longestShown) return shown;
  // A cut between the halves of a surrogate pair would leave text that is not valid Unicode.
  return `${Array.from(shown).slice(0, longestShown).join("")}…`;
}

interface TypeChange {
  readonly path: FieldPath;
  readonly old: Field;
  readonly new: Field;
}

export function wasTypeAndIsNow(change: TypeChange): string {
  return `${nameOf(change.path)} was ${typeOf(change.old)} and is now ${typeOf(change.new)}`;
}

/** What to do where hardly a value of the old type is one of the new type. */
export function convertToNewType(change: TypeChange): string {
  return `Convert ${nameOf(change.path)} from ${typeOf(change.old)} to ${typeOf(change.new)}: a value of the old type is refused under the new schema.`;
}

/** Longer lists of places are cut in sentences. */
const mostPlaces = 3;

/** `was 1 and is now 2`; where the values are too long to be shown, the places inside them that differ. */
export function wasAndIsNow(change: ValueChange): string {
  const [was, isNow] = [change.old, change.new].map(writeValue);
  if (was === undefined || isNow === undefined) return "is another one";
  const inside = change.edits.filter(({ path }) => path.length > 0);
  if (inside.length === 0 || (was.length <= longestShown && isNow.length <= longestShown)) {
    return `was ${showValue(change.old)} and is now ${showValue(change.new)}`;
  }
  const places = [...new Set(describePlaces(inside, change))];
  const more = places.length - mostPlaces;
  return `differs inside: ${places.slice(0, mostPlaces).join("; ")}${more > 0 ? `; and at ${more} more places` : ""}`;
}

export interface ValueChange {
  readonly old: Value | undefined;
  readonly new: Value | undefined;
  readonly edits: readonly ValueEdit[];
}

/** The places that differ; all in one list of plain values are told together, by what came and went. */
function describePlaces(edits: readonly ValueEdit[], change: ValueChange): readonly string[] {
  const lists = new Map<string, string | undefined>();
  return edits.map((edit) => {
    const list = edit.path.slice(0, -1);
    const key = JSON.stringify(list);
    if (!lists.has(key)) lists.set(key, describeList(list, change));
    return lists.get(key) ?? describePlace(edit);
  });
}

/** Undefined where there is no list of plain values on both sides. */
function describeList(list: ValueEdit["path"], change: ValueChange): string | undefined {
  const before = valueAt(change.old, list);
  const after = valueAt(change.new, list);
  return isPlainList(before) && isPlainList(after) ? `${showSteps(list)} ${cameAndWent(before, after)}` : undefined;
}

function describePlace({ path, old, new: now }: ValueEdit): string {
  if (old === undefined) return `${showSteps(path)} is new: ${showValue(now)}`;
  if (now === undefined) return `${showSteps(path)} is gone: ${showValue(old)}`;
  return `${showSteps(path)} was ${showValue(old)} and is now ${showValue(now)}`;
}

/** `conditional.if_match.one_of[2]`, counted as Lua does. */
function showSteps(path: readonly (string | number)[]): string {
  if (path.length === 0) return "the list";
  return path
    .map((step, index) => (typeof step === "number" ? `[${step + 1}]` : index === 0 ? step : `.${step}`))
    .join("");
}

function writeValue(value: Value | undefined): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object") return String(value);
  if (isLuaFunction(value)) return "a function";
  if (isOpaque(value)) return `${value.opaque} (not visible here)`;
  if (isBytes(value)) return "a string that is not valid UTF-8";
  if (isMixedTable(value))
    return braces(value.luaTable.map(([key, item]) => `[${writeValue(key)}] = ${writeValue(item)}`));
  if (isList(value)) return braces(value.map(writeValue));
  return braces(Object.entries(value).map(([key, item]) => `${key} = ${writeValue(item)}`));
}

function braces(items: readonly string[]): string {
  return items.length === 0 ? "{}" : `{ ${items.join(", ")} }`;
}

/** `config.ttl (integer)`. */
export function named(path: FieldPath, field: Field): string {
  return `${nameOf(path)} (${typeOf(field)})`;
}

/** The name of an entity check: its one key. */
export function checkName(check: Value): string {
  if (isOpaque(check)) return `${check.opaque} (not visible here)`;
  return typeof check === "object" && check !== null && !isList(check)
    ? (Object.keys(check)[0] ?? "empty")
    : "unreadable";
}

/** What happened to an attribute: `gt of config.ttl was 0 and is now 10`. */
export function describeAttribute(change: AttributeDifference): string {
  const name = `${change.attribute} of ${nameOf(change.path)}`;
  if (change.old === undefined) return `${name} was added: ${showValue(change.new)}`;
  if (change.new === undefined) return `${name} was removed: it was ${showValue(change.old)}`;
  return membership(name, change) ?? `${name} ${wasAndIsNow(change)}`;
}

/** Attributes whose lists are read as sets. */
const setLike: readonly string[] = ["one_of", "not_one_of"];

/** What came into a list that is read as a set, and what went out of it. */
function membership(name: string, { attribute, old, new: now }: AttributeDifference): string | undefined {
  const isSet = setLike.includes(attribute) && isPlainList(old) && isPlainList(now);
  return isSet ? `${name} ${cameAndWent(old, now)}` : undefined;
}

type PlainList = readonly (string | number | boolean | null)[];

function cameAndWent(old: PlainList, now: PlainList): string {
  const [before, after] = [new Set(old), new Set(now)];
  const gained = now.filter((value) => !before.has(value));
  const lost = old.filter((value) => !after.has(value));
  if (gained.length === 0 && lost.length === 0) return "has its entries in another order or number";
  return [
    ...(gained.length === 0 ? [] : [`gained ${gained.map(showValue).join(", ")}`]),
    ...(lost.length === 0 ? [] : [`lost ${lost.map(showValue).join(", ")}`]),
  ].join(" and ");
}

function isPlainList(value: Value | undefined): value is PlainList {
  return isList(value) && value.every((item) => typeof item !== "object" || item === null);
}

/** An entity check with the parameters that it is about: `at_least_one_of { "host", "url" }`. */
export function showCheck(check: Value): string {
  const name = checkName(check);
  const argument = isValueMap(check) && Object.hasOwn(check, name) ? check[name] : undefined;
  return argument === undefined ? name : `${name} ${showValue(argument)}`;
}

/** `config.a and config.b` */
export function namesOfEnds(ends: readonly MoveEnd[]): string {
  const names = ends.map(({ path }) => nameOf(path));
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

/** Where a parameter goes on. */
export function describeMove(move: FieldMove): string {
  const { path, from, to, shorthand } = move;
  const [source] = from;
  const [target] = to;
  if (source !== undefined && target !== undefined && from.length === 1 && to.length === 1) {
    const type = typeOf(source.field) === typeOf(target.field) ? "" : ` (${typeOf(target.field)})`;
    const kept = keepsOldName(move) ? "; the old name goes on as a shorthand" : "";
    return `${named(source.path, source.field)} is now ${nameOf(target.path)}${type}${kept}`;
  }
  if (keepsOldName(move) && source !== undefined) {
    return `${named(source.path, source.field)} is now a shorthand${to.length === 0 ? "" : ` for ${namesOfEnds(to)}`}`;
  }
  const stoodFor = from.length === 0 ? "" : ` for ${namesOfEnds(from)}`;
  const shown = target ?? { path, field: shorthand?.old.at(-1) };
  return `${shown.field === undefined ? nameOf(path) : named(shown.path, shown.field)} was a shorthand${stoodFor} and is now a parameter of its own`;
}

/** What to do in an instance that has a value at the old place. */
export function tellMove(move: FieldMove): string {
  const [source] = move.from;
  const [target] = move.to;
  if (keepsOldName(move)) return tellOldName(move);
  if (source === undefined || target === undefined) return "Set the parameter that has taken its place.";
  const [was, is] = [typeOf(source.field), typeOf(target.field)];
  const converted = was === is ? "" : `, as ${is}, which was ${was}`;
  const mayBeUnset = source.field.required !== true && target.field.required === true;
  const must =
    mayBeUnset && target.field.default === undefined
      ? ` Where an instance has none, set one: ${nameOf(target.path)} is required and has no default.`
      : "";
  return `Move the value of ${nameOf(source.path)} to ${nameOf(target.path)}${converted}; drop the old name, also where it is null: an instance that is saved with it is refused.${must}`;
}

/** What to do where the new schema still takes the old name. */
export function tellOldName(move: FieldMove): string {
  const { path, to, shorthand } = move;
  const [source] = move.from;
  const kept = shorthand?.new.at(-1);
  const deprecation = kept?.attributes["deprecation"];
  const isConverted = source !== undefined && kept !== undefined && narrowsOldName(move);
  const converted = isConverted
    ? `Make ${nameOf(path)} ${typeOf(kept)} wherever it is none: it was ${typeOf(source.field)}, and as a shorthand it takes nothing else. `
    : "";
  const removal = isValueMap(deprecation) ? deprecation["removal_in_version"] : undefined;
  const until = typeof removal === "string" ? ` before version ${removal}, which will not know it` : "";
  return `${converted}Kong takes ${nameOf(path)} as before and stores ${namesOfEnds(to) || "what it stands for"} in its place; write that in the files from which instances are sent${until}.`;
}

import { nameOf } from "../../changes/words.js";
import { findField, type Field, type RecordBody, type RecordField } from "../../schema/model.js";
import type { EditOperation } from "../edit.js";
import type { JsonObject, Json } from "../../changes/json.js";
import { isJsonList, isJsonMap, type ValuePath } from "../instance.js";

/** A value made to fit a field, and what was done for it. */
interface Fitted {
  readonly value: Json;
  readonly operations: readonly EditOperation[];
}

/**
 * Makes a configuration fit a schema where that loses nothing that the user said: keys that the schema does not know go, and
 * values of another type are converted where both say the same. What cannot be converted stays, for the engine to refuse.
 */
export function fitRecord(value: JsonObject, old: RecordBody | undefined, now: RecordBody, path: ValuePath): Fitted {
  const operations: EditOperation[] = [];
  const entries: [string, Json][] = [];
  for (const [key, item] of Object.entries(value)) {
    const here = [...path, key];
    const field = findField(now.fields, key)?.field;
    if (field === undefined) {
      if (isKnownOtherwise(now, key)) entries.push([key, item]);
      else operations.push({ action: "drop", path: here, old: item, reason: unknownReason(here) });
      continue;
    }
    const fitted = fitValue(item, old && findField(old.fields, key)?.field, field, here);
    entries.push([key, fitted.value]);
    operations.push(...fitted.operations);
  }
  return { value: Object.fromEntries(entries), operations };
}

function unknownReason(path: ValuePath): string {
  return `The new schema does not know ${nameOf(path.filter((key) => typeof key === "string"))}.`;
}

/** A shorthand is turned into the real fields; and of a record whose fields are not all visible nothing is unknown for sure. */
function isKnownOtherwise({ shorthandFields, fields }: RecordBody, key: string): boolean {
  return (
    shorthandFields.some(({ name }) => name === key) ||
    fields.some(({ name, field }) => field.type === "opaque" && name === `(${field.opaque})`)
  );
}

function fitValue(value: Json, old: Field | undefined, now: Field, path: ValuePath): Fitted {
  if (value === null) return { value, operations: [] };
  const converted = convert(value, now);
  if (converted !== undefined) {
    const reason = `It was ${old === undefined ? "of another type" : withArticle(old.type)} and is now ${withArticle(now.type)}; nothing is lost.`;
    return { value: converted, operations: [{ action: "convert", path, old: value, new: converted, reason }] };
  }
  switch (now.type) {
    case "record":
      return isJsonMap(value) ? fitRecord(value, bodyOf(old), now, path) : { value, operations: [] };
    case "map":
      return isJsonMap(value) ? fitMap(value, old, now.values, path) : { value, operations: [] };
    case "array":
    case "set":
      return isJsonList(value) ? fitList(value, old, now.elements, path) : { value, operations: [] };
    case "string":
    case "number":
    case "integer":
    case "boolean":
    case "json":
    case "function":
    case "any":
    case "foreign":
    case "opaque":
      return { value, operations: [] };
  }
}

function bodyOf(field: Field | undefined): RecordField | undefined {
  return field?.type === "record" ? field : undefined;
}

/** What was a record has a null for each field that is not set; in a map a null is a value, and refused. */
function fitMap(value: JsonObject, old: Field | undefined, now: Field, path: ValuePath): Fitted {
  const operations: EditOperation[] = [];
  const entries: [string, Json][] = [];
  for (const [key, item] of Object.entries(value)) {
    const here = [...path, key];
    if (item === null && old?.type === "record") {
      operations.push({ action: "drop", path: here, old: item, reason: "A map has no empty values." });
      continue;
    }
    const before =
      old?.type === "record" ? findField(old.fields, key)?.field : old?.type === "map" ? old.values : undefined;
    const fitted = fitValue(item, before, now, here);
    entries.push([key, fitted.value]);
    operations.push(...fitted.operations);
  }
  return { value: Object.fromEntries(entries), operations };
}

function fitList(value: readonly Json[], old: Field | undefined, now: Field, path: ValuePath): Fitted {
  const before = old?.type === "array" || old?.type === "set" ? old.elements : undefined;
  const fitted = value.map((item, index) => fitValue(item, before, now, [...path, index]));
  return { value: fitted.map((one) => one.value), operations: fitted.flatMap((one) => one.operations) };
}

/** The same value in the type that a field wants; undefined where it has that type already, or where it cannot be said in it. */
function convert(value: Json, now: Field): Json | undefined {
  if (isJsonList(value) && isScalar(now)) {
    const [only] = value;
    return value.length === 1 && only !== undefined && !isJsonList(only) && !isJsonMap(only)
      ? (convert(only, now) ?? only)
      : undefined;
  }
  switch (now.type) {
    case "string":
      return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
    case "number":
    case "integer":
      return typeof value === "string" && isCanonicalNumber(value) ? Number(value) : undefined;
    case "boolean":
      return value === "true" ? true : value === "false" ? false : undefined;
    case "array":
    case "set":
      if (isJsonList(value) || isJsonMap(value)) return undefined;
      return isScalar(now.elements) ? [convert(value, now.elements) ?? value] : undefined;
    case "record":
    case "map":
    case "json":
    case "function":
    case "any":
    case "foreign":
    case "opaque":
      return undefined;
  }
}

/** Whether a text is a number in the one way in which numbers are written back. */
function isCanonicalNumber(text: string): boolean {
  return Number.isFinite(Number(text)) && String(Number(text)) === text;
}

function isScalar({ type }: Field): boolean {
  return type === "string" || type === "number" || type === "integer" || type === "boolean";
}

function withArticle(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

import { type Field, showPath } from "../../schema/model.js";
import type { Rename } from "../../changes/rename.js";
import type { Decision } from "../edit.js";
import { answerNames, describeField, fieldOfValue } from "../fields.js";
import type { Json } from "../../changes/json.js";
import { valueAt } from "../values.js";
import { type Draft, type EditContext, entityOf } from "./draft.js";
import type { PlacedError } from "./placed-errors.js";

/** What has to be decided because of one of Kong's errors. */
export function decisionFor({ path, error, isAboutRecord }: PlacedError, draft: Draft, context: EditContext): Decision {
  const old = valueAt(entityOf(draft), path);
  const field = fieldOfValue(context.newSchema, path);
  const [answer] = answerNames(context.newSchema, path);
  if (isAboutRecord && (field === undefined || field.type === "record")) {
    return { path, answer, old, error, wanted: null, renames: [] };
  }
  const before = fieldOfValue(context.oldSchema, path);
  const renames =
    field === undefined ? [] : [...fromDropped(draft, answer, field, context), ...intoRecord(answer, before, field)];
  return { path, answer, old, error, wanted: describeField(field), renames };
}

/** A value that the edit drops, of the type that is wanted here. */
function fromDropped(
  { operations }: Draft,
  to: string,
  { type }: Field,
  { oldSchema }: EditContext,
): readonly Rename[] {
  return operations.flatMap((operation) =>
    operation.action === "drop" && isOfType(operation.old, type)
      ? [{ from: answerNames(oldSchema, operation.path)[0], to }]
      : [],
  );
}

function isOfType(value: Json, type: string): boolean {
  return type === "integer" ? Number.isInteger(value) : typeof value === type;
}

/** What was a scalar is now a record that needs one of its type. */
function intoRecord(place: string, old: Field | undefined, now: Field): readonly Rename[] {
  const inner = innerOf(now);
  if (inner === undefined || old === undefined) return intoField(place, old, now);
  return intoField(`${place}${showPath([{ in: inner.in }])}`, innerOf(old)?.field, inner.field);
}

function innerOf(field: Field): { readonly in: "elements" | "values"; readonly field: Field } | undefined {
  if (field.type === "map") return { in: "values", field: field.values };
  return field.type === "array" || field.type === "set" ? { in: "elements", field: field.elements } : undefined;
}

function intoField(place: string, old: Field | undefined, now: Field): readonly Rename[] {
  if (old === undefined || now.type !== "record") return [];
  return now.fields
    .filter(({ field }) => field.type === old.type && field.required === true && field.default === undefined)
    .map(({ name }) => ({ from: place, to: `${place}.${name}` }));
}

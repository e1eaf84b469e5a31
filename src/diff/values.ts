import deepDiff from "deep-diff";
import type { ValueEdit } from "../changes/difference.js";
import { isList, valueAt, valueKey } from "../changes/value-key.js";
import type { Value } from "../schema/model.js";
import { isValueMap } from "../schema/model.js";

/** Where two values differ; empty where they are equal. */
export function valueEdits(old: Value | undefined, now: Value | undefined): readonly ValueEdit[] {
  if (valueKey(old) === valueKey(now)) return [];
  const edits = deepDiff.diff(skeleton(old), skeleton(now)) ?? [];
  return edits.map((edit) => {
    const path = editPath(edit);
    return { path, old: valueAt(old, path), new: valueAt(now, path) };
  });
}

/**
 * Lists and string-keyed tables as deep-diff can walk them, and every other value as its key: deep-diff would call any
 * two functions different and look into what is no table to Kong.
 */
type Skeleton = string | readonly Skeleton[] | { readonly [key: string]: Skeleton };

function skeleton(value: Value | undefined): Skeleton {
  if (isList(value)) return value.map(skeleton);
  if (!isValueMap(value)) return valueKey(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, skeleton(item)]));
}

function editPath(edit: deepDiff.Diff<Skeleton>): readonly (string | number)[] {
  const steps: readonly unknown[] = edit.path ?? [];
  const path = steps.map((step) => (typeof step === "number" ? step : String(step)));
  return edit.kind === "A" ? [...path, edit.index] : path;
}

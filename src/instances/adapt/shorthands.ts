import { findField, type RecordField } from "../../schema/model.js";
import type { Json } from "../../changes/json.js";
import { isJsonMap, type ValuePath } from "../instance.js";
import { showValuePath, valueChanges } from "../values.js";
import { configRecord, type Draft, dropValue, type InstanceContext, setValue, stateWith } from "./draft.js";

/** Replaces shorthands that the new schema no longer has by what the old schema turns them into. */
export function expandShorthands(draft: Draft, { oldSchema, newSchema, nodes }: InstanceContext): Draft {
  const gone = goneShorthands(draft.config, configRecord(oldSchema), configRecord(newSchema), ["config"]);
  return gone.reduce((current, path) => {
    const [withIt, without] = [current, stateWith(current, path, undefined)].map((state) =>
      nodes.store(oldSchema, state),
    );
    if (withIt?.ok !== true || without?.ok !== true) return current;
    const reason = `The new schema no longer has the shorthand ${showValuePath(path)}; this is what it stood for.`;
    return valueChanges(without.stored.config, withIt.stored.config, ["config"]).reduce(
      (state, change) => (change.new === undefined ? state : setValue(state, change.path, change.new, reason)),
      dropValue(current, path, reason),
    );
  }, draft);
}

function goneShorthands(
  value: Json | undefined,
  old: RecordField | undefined,
  now: RecordField | undefined,
  path: ValuePath,
): readonly ValuePath[] {
  if (!isJsonMap(value) || old === undefined) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const isKnown = [...(now?.fields ?? []), ...(now?.shorthandFields ?? [])].some(({ name }) => name === key);
    if (!isKnown && item !== null && old.shorthandFields.some(({ name }) => name === key)) return [[...path, key]];
    const [before, after] = [old, now].map((record) => record && findField(record.fields, key)?.field);
    if (before?.type !== "record") return [];
    return goneShorthands(item, before, after?.type === "record" ? after : undefined, [...path, key]);
  });
}

import type { Change } from "../changes/registry.js";
import { valueKey } from "../changes/value-key.js";
import type { Field } from "../schema/model.js";
import { fieldKey } from "./same.js";

/** A text that two changes share exactly when they are the same change, whatever the role. */
export function changeKey(change: Change): string {
  return `${change.kind} ${JSON.stringify(change.path)} ${contentKey(change)}`;
}

function contentKey(change: Change): string {
  switch (change.subject) {
    case "plugin-name":
      return JSON.stringify([change.old, change.new]);
    case "field-addition":
      return fieldKey(change.new);
    case "field-removal":
      return fieldKey(change.old);
    case "definition":
    case "type":
      return `${fieldKey(change.old)} ${fieldKey(change.new)}`;
    case "attribute":
      return `${JSON.stringify(change.attribute)} ${valueKey(change.old)} ${valueKey(change.new)}`;
    case "shadowed-definitions":
    case "shorthand":
      return `${fieldKeys(change.old)} ${fieldKeys(change.new)}`;
    case "field-move":
      return JSON.stringify(
        [...change.from, ...change.to].map(({ path, field, isOwn }) => [path, fieldKey(field), isOwn]),
      );
    case "entity-check":
      return `${valueKey(change.old?.check)} ${valueKey(change.new?.check)}`;
  }
}

function fieldKeys(fields: readonly Field[]): string {
  return JSON.stringify(fields.map(fieldKey));
}

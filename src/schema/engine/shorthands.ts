import { Table, shallowCopy } from "./data.js";
import type { Data } from "./data.js";
import type { FieldDefinition, NamedDefinition, RecordDefinition } from "./definitions.js";
import type { Host } from "./host.js";
import { concat, display, index, isDeepEqual, isTruthy, items, pairs } from "./lua.js";
import { validateField } from "./validate.js";

/**
 * Turns shorthand fields into the real ones by their `func`, and in reading shows those that name their replacement
 * (the first part of `process_auto_fields`). Gives the errors by name, if there are any.
 */
export function applyShorthands(
  definition: RecordDefinition,
  record: Table,
  isRead: boolean,
  host: Host,
): Table | undefined {
  const errors = new Table();
  for (const shorthand of definition.shorthands) {
    const { name, field } = shorthand;
    const value = record.get(name);
    if (value !== undefined) {
      const error = refusal(shorthand, value, record, host);
      if (error === undefined) convert(shorthand, value, record, host);
      else errors.set(name, error);
    }
    const [replacement] = isRead ? replacements(field) : [];
    if (replacement !== undefined) record.set(name, shownValue(replacement, record, host));
  }
  return errors.isEmpty ? undefined : errors;
}

/** Whether reading a record shows the shorthand with the value of the field that replaces it. */
export function isShownInReading(shorthand: FieldDefinition): boolean {
  return replacements(shorthand).length > 0;
}

function refusal({ name, field }: NamedDefinition, value: Data, record: Table, host: Host): Data | undefined {
  const judged = validateField(field, value, host);
  if (!judged.ok) return judged.error;
  if (value === null) return undefined;
  for (const replacement of replacements(field)) {
    const mapped = shownValue(replacement, record, host);
    const current = isTruthy(mapped) ? mapped : valueAtPath(record, replacement);
    if (!isTruthy(current) || current === null || isDeepEqual(current, value)) continue;
    const path = concat(index(replacement, "path"), ".");
    return (
      "both deprecated and new field are used but their values mismatch: " +
      `${name} = ${display(value)} vs ${path} = ${display(current)}`
    );
  }
  return undefined;
}

function convert({ name, field }: NamedDefinition, value: Data, record: Table, host: Host): void {
  record.set(name, undefined);
  const [converted] = host.call(field.get("func"), [value]);
  if (!isTruthy(converted)) return;
  // Where the shorthand is deprecated the real field wins, otherwise the shorthand does.
  const isDeprecated = field.has("deprecation");
  for (const [key, item] of pairs(converted)) {
    const current = record.get(key);
    if (item instanceof Table) {
      const known = isTruthy(current) && current !== null ? current : new Table();
      record.set(key, isDeprecated ? merge(item, known, isSetOrNew) : merge(known, item, isAny));
    } else if (!isDeprecated || current === undefined || current === null) {
      record.set(key, item);
    }
  }
}

/** `table_merge` and `null_aware_table_merge` (kong/tools/table.lua): the entries of `over` win where `wins` says so. */
function merge(
  under: Data | undefined,
  over: Data | undefined,
  wins: (item: Data, known: Data | undefined) => boolean,
): Table {
  const merged = under instanceof Table ? shallowCopy(under) : new Table();
  if (!(under instanceof Table)) pairs(under);
  for (const [key, item] of pairs(over)) if (wins(item, merged.get(key))) merged.set(key, item);
  return merged;
}

function isSetOrNew(item: Data, known: Data | undefined): boolean {
  return known === undefined || item !== null;
}

function isAny(): boolean {
  return true;
}

/** `deprecation.replaced_with`, or nothing. */
function replacements(shorthand: FieldDefinition): readonly Data[] {
  const deprecation = shorthand.get("deprecation");
  if (!isTruthy(deprecation)) return [];
  const replacedWith = index(deprecation, "replaced_with");
  return isTruthy(replacedWith) ? items(replacedWith) : [];
}

/** What the fields that replace a shorthand come to. */
function shownValue(replacement: Data, record: Table, host: Host): Data | undefined {
  const reverse = index(replacement, "reverse_mapping_function");
  return isTruthy(reverse) ? host.call(reverse, [record])[0] : valueAtPath(record, replacement);
}

/** `table_path`, which indexes null as Lua does: with an error. */
function valueAtPath(record: Table, replacement: Data): Data | undefined {
  let value: Data | undefined = record;
  for (const key of items(index(replacement, "path"))) {
    value = index(value, key);
    if (value === undefined) return undefined;
  }
  return value;
}

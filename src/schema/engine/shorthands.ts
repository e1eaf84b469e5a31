import { Table, shallowCopy } from "./data.js";
import type { Data } from "./data.js";
import type { FieldDefinition, NamedDefinition, RecordDefinition } from "./definitions.js";
import type { Host } from "./host.js";
import { concat, display, index, isDeepEqual, isTruthy, items, pairs } from "./lua.js";
import type { Rules } from "./rules.js";
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
  if (definition.shorthands.length === 0 && definition.shorthandFunctions.length === 0) return undefined;
  const errors = new Table();
  for (const shorthand of definition.shorthands) {
    const { name, field } = shorthand;
    const value = record.get(name);
    if (value !== undefined) {
      const error = refusal(shorthand, value, record, host);
      if (error === undefined) convert(shorthand, value, record, host);
      else errors.set(name, error);
    }
    if (isRead && isShownInReading(field, host.rules)) record.set(name, shownValue(field, record, host));
  }
  for (const { name, func } of definition.shorthandFunctions) {
    const value = record.get(name);
    if (value === undefined) continue;
    record.set(name, undefined);
    const [converted] = host.call(func, [value]);
    for (const [key, item] of isTruthy(converted) ? pairs(converted) : []) record.set(key, item);
  }
  return errors.isEmpty ? undefined : errors;
}

/** Whether reading a record shows the shorthand with the value of the field that replaces it. */
export function isShownInReading(shorthand: FieldDefinition, { shownBy }: Rules): boolean {
  switch (shownBy) {
    case "deprecation":
      return replacements(shorthand).length > 0;
    case "translate_backwards":
      return shorthand.has("translate_backwards");
    case undefined:
      return false;
  }
}

function shownValue(shorthand: FieldDefinition, record: Table, host: Host): Data | undefined {
  const [replacement] = host.rules.shownBy === "deprecation" ? replacements(shorthand) : [];
  return replacement === undefined
    ? valueAtPath(record, shorthand.get("translate_backwards"))
    : replacedValue(replacement, record, host);
}

function refusal({ name, field }: NamedDefinition, value: Data, record: Table, host: Host): Data | undefined {
  const judged = validateField(field, value, host);
  if (!judged.ok && judged.error !== undefined) return judged.error;
  if (value === null || !host.rules.comparesDeprecatedShorthands) return undefined;
  for (const replacement of replacements(field)) {
    const mapped = replacedValue(replacement, record, host);
    const current = isTruthy(mapped) ? mapped : valueAtPath(record, index(replacement, "path"));
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
  const { comparesDeprecatedShorthands, mergesShorthandTables } = host.rules;
  // Where the shorthand is deprecated the real field wins, otherwise the shorthand does.
  const isWeak = comparesDeprecatedShorthands && field.has("deprecation");
  for (const [key, item] of pairs(converted)) {
    const current = record.get(key);
    if (item instanceof Table && mergesShorthandTables) {
      const isThere = isTruthy(current) && (current !== null || !comparesDeprecatedShorthands);
      const known = isThere ? current : new Table();
      record.set(key, isWeak ? merge(item, known, isSetOrNew) : merge(known, item, isAny));
    } else if (!isWeak || current === undefined || current === null) {
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

/** What the field that replaces a shorthand comes to. */
function replacedValue(replacement: Data, record: Table, host: Host): Data | undefined {
  const reverse = index(replacement, "reverse_mapping_function");
  return isTruthy(reverse) ? host.call(reverse, [record])[0] : valueAtPath(record, index(replacement, "path"));
}

/** `table_path`, which indexes null as Lua does: with an error. */
function valueAtPath(record: Table, path: Data | undefined): Data | undefined {
  let value: Data | undefined = record;
  for (const key of items(path)) {
    value = index(value, key);
    if (value === undefined) return undefined;
  }
  return value;
}

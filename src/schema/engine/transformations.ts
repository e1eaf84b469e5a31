import { Table, shallowCopy } from "./data.js";
import type { Data } from "./data.js";
import { valueAt } from "./definitions.js";
import type { RecordDefinition } from "./definitions.js";
import { addEntityError, isNonEmpty } from "./entity-checks.js";
import type { Host } from "./host.js";
import { display, index, isTruthy } from "./lua.js";
import { quotedList } from "./messages.js";

/** The fields that a transformation names are set all together or not at all (`run_transformation_checks`). */
export function runTransformationChecks(
  definition: RecordDefinition,
  record: Table,
  original: Table | undefined,
  errors: Table,
): void {
  const given = original ?? record;
  for (const transformation of definition.transformations) {
    const input = namesIn(transformation, "input");
    if (!input.some((name) => isNonEmpty(valueAt(given, name)))) continue;
    const names = [...input, ...namesIn(transformation, "needs")];
    if (!isAllOrNone(record, names)) addEntityError(errors, mutuallyRequired(names));
    else if (!isAllOrNone(given, input)) addEntityError(errors, mutuallyRequired(input));
  }
  const specialised = definition.subschemaOf(record)?.record;
  if (specialised !== undefined) runTransformationChecks(specialised, record, original, errors);
}

function mutuallyRequired(names: readonly string[]): string {
  return `all or none of these fields must be set: ${quotedList(names)}`;
}

function isAllOrNone(record: Table, names: readonly string[]): boolean {
  const set = names.filter((name) => isNonEmpty(valueAt(record, name))).length;
  return set === 0 || set === names.length;
}

function namesIn(transformation: Table, key: string): readonly string[] {
  const names = transformation.get(key);
  return names instanceof Table ? names.list.map(display) : [];
}

export type Transformed =
  { readonly ok: true; readonly record: Table } | { readonly ok: false; readonly error: string };

/** `Schema:transform`: what `on_write` makes of a filled record before it is stored, and `on_read` of a stored one. */
export function transformRecord(
  definition: RecordDefinition,
  record: Table,
  original: Table | undefined,
  direction: "on_write" | "on_read",
  host: Host,
): Transformed {
  let current = record;
  for (const transformation of definition.transformations) {
    const transform = transformation.get(direction);
    if (!isTruthy(transform)) continue;
    const args = argumentsOf(
      transformation,
      current,
      current === record ? original : undefined,
      original !== undefined,
    );
    if (args === undefined) continue;
    const [made, error] = host.call(transform, args);
    if (isTruthy(error)) return { ok: false, error: `transformation failed: ${display(error)}` };
    current = mergeValues(definition, made, current);
  }
  const specialised = definition.subschemaOf(record)?.record;
  return specialised === undefined
    ? { ok: true, record: current }
    : transformRecord(specialised, current, original, direction, host);
}

/** What a transformation's function is called with, or undefined where one of its fields is empty. */
function argumentsOf(
  transformation: Table,
  current: Table,
  givenFirst: Table | undefined,
  isWrite: boolean,
): readonly (Data | undefined)[] | undefined {
  const hasNames = isTruthy(transformation.get("input")) || isTruthy(transformation.get("needs"));
  if (!hasNames) return [current];
  const args: (Data | undefined)[] = [];
  for (const name of namesIn(transformation, "input")) {
    const value = valueAt(givenFirst ?? current, name);
    if (!isNonEmpty(value)) return undefined;
    args.push(isWrite ? valueAt(current, name) : value);
  }
  for (const name of namesIn(transformation, "needs")) {
    const value = valueAt(current, name);
    if (!isNonEmpty(value)) return undefined;
    args.push(value);
  }
  return args;
}

/** `Schema:merge_values`: records are merged field by field, everything else is replaced. */
function mergeValues(definition: RecordDefinition, over: Data | undefined, under: Data | undefined): Table {
  const merged = under instanceof Table ? shallowCopy(under) : new Table();
  for (const [key, value] of over instanceof Table ? over.entries() : []) merged.set(key, value);
  for (const { name, field } of definition.fields) {
    const value = index(over, name);
    if (value === undefined) merged.set(name, under instanceof Table ? under.get(name) : undefined);
    else if (field.type === "record" && !field.has("abstract") && value instanceof Table) {
      merged.set(name, mergeValues(field.record(), value, under instanceof Table ? under.get(name) : undefined));
    } else merged.set(name, value);
  }
  return merged;
}

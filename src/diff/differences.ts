import type { Difference, Site } from "../changes/difference.js";
import { checkName } from "../changes/words.js";
import { valueKey } from "../changes/value-key.js";
import type { EntityCheck, Field, FieldPath, RecordBody, SchemaTree, Value } from "../schema/model.js";
import { attributesOf } from "./attributes.js";
import { groupByName, pairByName } from "./pairs.js";
import { fieldKey } from "./same.js";
import { valueEdits } from "./values.js";

/** A difference, and the fields on the way to it. */
export interface LocatedDifference {
  readonly difference: Difference;
  readonly site: Site;
}

const nowhere: Site = { old: [], new: [] };

/** All that differs between two trees, each at the topmost place that explains it, in the order of the new tree. */
export function findDifferences(old: SchemaTree, now: SchemaTree): readonly LocatedDifference[] {
  const found: LocatedDifference[] = [];
  if (old.name !== now.name) {
    found.push({ difference: { subject: "plugin-name", path: [], old: old.name, new: now.name }, site: nowhere });
  }
  compareAttributes(
    found,
    [],
    nowhere,
    new Map(Object.entries(old.attributes)),
    new Map(Object.entries(now.attributes)),
  );
  compareBodies(found, [], nowhere, old, now);
  return found;
}

function compareFields(found: LocatedDifference[], path: FieldPath, above: Site, old: Field, now: Field): void {
  const site: Site = { old: [...above.old, old], new: [...above.new, now] };
  if (shapeOf(old) !== shapeOf(now)) {
    found.push({ difference: { subject: "definition", path, old, new: now }, site });
    return;
  }
  if (old.type !== now.type) found.push({ difference: { subject: "type", path, old, new: now }, site });
  compareAttributes(found, path, site, attributesOf(old), attributesOf(now));
  if (isList(old) && isList(now)) {
    compareFields(found, [...path, { in: "elements" }], site, old.elements, now.elements);
  } else if (old.type === "map" && now.type === "map") {
    compareFields(found, [...path, { in: "keys" }], site, old.keys, now.keys);
    compareFields(found, [...path, { in: "values" }], site, old.values, now.values);
  } else if (old.type === "record" && now.type === "record") {
    compareBodies(found, path, site, old, now);
  }
}

/** Fields of one shape have comparable parts; others are replaced whole. */
function shapeOf(field: Field): string {
  switch (field.type) {
    case "integer":
    case "number":
      return "number";
    case "array":
    case "set":
      return "list";
    case "opaque":
      return `opaque ${field.opaque}`;
    case "string":
    case "boolean":
    case "json":
    case "function":
    case "any":
    case "foreign":
    case "map":
    case "record":
      return field.type;
  }
}

function isList(field: Field): field is Extract<Field, { readonly elements: Field }> {
  return field.type === "array" || field.type === "set";
}

function compareAttributes(
  found: LocatedDifference[],
  path: FieldPath,
  site: Site,
  old: ReadonlyMap<string, Value>,
  now: ReadonlyMap<string, Value>,
): void {
  for (const attribute of new Set([...old.keys(), ...now.keys()])) {
    const before = old.get(attribute);
    const after = now.get(attribute);
    const edits = valueEdits(before, after);
    if (edits.length === 0) continue;
    found.push({ difference: { subject: "attribute", path, attribute, old: before, new: after, edits }, site });
  }
}

function compareBodies(
  found: LocatedDifference[],
  path: FieldPath,
  site: Site,
  old: RecordBody,
  now: RecordBody,
): void {
  const { removed, persisted, added } = pairByName(groupByName(old.fields), groupByName(now.fields));
  for (const [name, before] of removed) compareDefinitions(found, [...path, name], site, before, []);
  for (const [name, before, after] of persisted) compareDefinitions(found, [...path, name], site, before, after);
  for (const [name, after] of added) compareDefinitions(found, [...path, name], site, [], after);
  compareShorthands(found, path, site, old, now);
  compareChecks(found, path, site, old.entityChecks, now.entityChecks);
}

/** Compares all definitions of one name: the last is the one that Kong judges by. */
function compareDefinitions(
  found: LocatedDifference[],
  path: FieldPath,
  above: Site,
  old: readonly Field[],
  now: readonly Field[],
): void {
  const before = old.at(-1);
  const after = now.at(-1);
  if (before !== undefined && after !== undefined) compareFields(found, path, above, before, after);
  else if (before !== undefined) {
    const site = { old: [...above.old, before], new: above.new };
    found.push({ difference: { subject: "field-removal", path, old: before }, site });
  } else if (after !== undefined) {
    const site = { old: above.old, new: [...above.new, after] };
    found.push({ difference: { subject: "field-addition", path, new: after }, site });
  }
  const shadowedBefore = old.slice(0, -1);
  const shadowedAfter = now.slice(0, -1);
  if (sameDefinitions(shadowedBefore, shadowedAfter)) return;
  found.push({
    difference: { subject: "shadowed-definitions", path, old: shadowedBefore, new: shadowedAfter },
    site: above,
  });
}

function sameDefinitions(old: readonly Field[], now: readonly Field[]): boolean {
  return old.length === now.length && old.every((field, index) => sameField(field, now[index]));
}

function sameField(a: Field, b: Field | undefined): boolean {
  return b !== undefined && fieldKey(a) === fieldKey(b);
}

/** Shorthands are short: one that differs is replaced whole. */
function compareShorthands(
  found: LocatedDifference[],
  path: FieldPath,
  site: Site,
  old: RecordBody,
  now: RecordBody,
): void {
  const before = groupByName(old.shorthandFields);
  const after = groupByName(now.shorthandFields);
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const oldDefinitions = before.get(name) ?? [];
    const newDefinitions = after.get(name) ?? [];
    if (sameDefinitions(oldDefinitions, newDefinitions)) continue;
    found.push({
      difference: { subject: "shorthand", path: [...path, name], old: oldDefinitions, new: newDefinitions },
      site,
    });
  }
}

/**
 * Checks have no names, so equal ones are matched first, and then, in order, those that are of the same kind: a rule
 * that is replaced is one change, for a configuration may keep one of the two rules and not the other.
 */
function compareChecks(
  found: LocatedDifference[],
  path: FieldPath,
  site: Site,
  old: readonly EntityCheck[],
  now: readonly EntityCheck[],
): void {
  const left = [...now];
  const take = (matches: (check: EntityCheck) => boolean): EntityCheck | undefined => {
    const index = left.findIndex(matches);
    return index < 0 ? undefined : left.splice(index, 1)[0];
  };
  const unmatched = old.filter((before) => {
    const key = valueKey(before.check);
    return take((after) => valueKey(after.check) === key) === undefined;
  });
  for (const before of unmatched) {
    const after = take((check) => checkName(check.check) === checkName(before.check));
    const edits = valueEdits(before.check, after?.check);
    found.push({ difference: { subject: "entity-check", path, old: before, new: after, edits }, site });
  }
  for (const after of left) {
    const edits = valueEdits(undefined, after.check);
    found.push({ difference: { subject: "entity-check", path, old: undefined, new: after, edits }, site });
  }
}

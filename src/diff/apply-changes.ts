import type { Difference, FieldMove } from "../changes/difference.js";
import { partsOfMove } from "../changes/move.js";
import type { Change } from "../changes/registry.js";
import { valueKey } from "../changes/value-key.js";
import type { EntityCheck, Field, FieldPath, RecordBody, SchemaTree, Value, ValueMap } from "../schema/model.js";
import { withAttribute } from "./attributes.js";
import { ChangeError } from "./errors.js";
import { dataPlaneTree, type SchemaTrees } from "./trees.js";

/**
 * The schema that the changes lead to: `applyChanges(old, diffSchemas(old, new))` says the same as `new`.
 * Throws a `ChangeError` where a change does not fit the schema.
 */
export function applyChanges(oldSchema: SchemaTrees, changes: readonly Change[]): SchemaTrees {
  const controlPlane = applyToTree(
    oldSchema,
    changes.filter(({ role }) => role !== "data_plane"),
  );
  if (oldSchema.dataPlane === undefined && changes.every(({ role }) => role === undefined)) return controlPlane;
  const dataPlane = applyToTree(
    dataPlaneTree(oldSchema),
    changes.filter(({ role }) => role !== "control_plane"),
  );
  return { ...controlPlane, dataPlane };
}

/** All that is done to a tree: a move is several things. */
type Step = Exclude<Difference, FieldMove>;

/** What comes is there before it can be edited, and what goes is edited before it goes. */
const phases: readonly ((difference: Step) => boolean)[] = [
  ({ subject }) => subject === "field-addition",
  ({ subject }) => subject !== "field-addition" && subject !== "field-removal",
  ({ subject }) => subject === "field-removal",
];

function applyToTree(tree: SchemaTree, changes: readonly Change[]): SchemaTree {
  const { name, attributes, fields, shorthandFields, entityChecks } = tree;
  const start: SchemaTree = { name, attributes, fields, shorthandFields, entityChecks };
  const all = changes.flatMap((change): readonly Step[] =>
    change.subject === "field-move" ? partsOfMove(change) : [change],
  );
  return phases.flatMap((isNow) => all.filter(isNow)).reduce(applyStep, start);
}

function applyStep(tree: SchemaTree, change: Step): SchemaTree {
  const { path } = change;
  switch (change.subject) {
    case "plugin-name":
      return { ...tree, name: change.new };
    case "attribute":
      if (path.length === 0) return { ...tree, attributes: withEntry(tree.attributes, change.attribute, change.new) };
      return { ...tree, ...editField(tree, path, path, (field) => withAttribute(field, change.attribute, change.new)) };
    case "definition":
      return { ...tree, ...editField(tree, path, path, () => change.new) };
    case "type":
      return { ...tree, ...editField(tree, path, path, (field) => withType(field, change.new, path)) };
    case "field-addition":
      return editDefinitions(tree, path, "fields", (definitions) => [...definitions, change.new]);
    case "field-removal":
      return editDefinitions(tree, path, "fields", (definitions) => definitions.slice(0, -1));
    case "shadowed-definitions":
      return editDefinitions(tree, path, "fields", (definitions) => [...change.new, ...definitions.slice(-1)]);
    case "shorthand":
      return editDefinitions(tree, path, "shorthandFields", () => change.new);
    case "entity-check":
      return editRecord(tree, path, (body) => ({
        ...body,
        entityChecks: withCheck(body.entityChecks, change.old, change.new, path),
      }));
  }
}

/** Replaces the last definition at a path; `rest` is what is left of the whole path. */
function editField(body: RecordBody, path: FieldPath, rest: FieldPath, edit: (field: Field) => Field): RecordBody {
  const [name, ...below] = rest;
  const index = body.fields.findLastIndex((named) => named.name === name);
  const named = body.fields[index];
  if (named === undefined) throw new ChangeError(path);
  return { ...body, fields: body.fields.with(index, { ...named, field: editInside(named.field, path, below, edit) }) };
}

function editInside(field: Field, path: FieldPath, rest: FieldPath, edit: (field: Field) => Field): Field {
  const [segment, ...below] = rest;
  if (segment === undefined) return edit(field);
  if (typeof segment === "string") {
    if (field.type !== "record") throw new ChangeError(path);
    return { ...field, ...editField(field, path, rest, edit) };
  }
  switch (segment.in) {
    case "elements":
      if (field.type !== "array" && field.type !== "set") throw new ChangeError(path);
      return { ...field, elements: editInside(field.elements, path, below, edit) };
    case "keys":
      if (field.type !== "map") throw new ChangeError(path);
      return { ...field, keys: editInside(field.keys, path, below, edit) };
    case "values":
      if (field.type !== "map") throw new ChangeError(path);
      return { ...field, values: editInside(field.values, path, below, edit) };
  }
}

function editRecord(tree: SchemaTree, path: FieldPath, edit: (body: RecordBody) => RecordBody): SchemaTree {
  if (path.length === 0) return { ...tree, ...edit(tree) };
  const edited = editField(tree, path, path, (field) => {
    if (field.type !== "record") throw new ChangeError(path);
    return { ...field, ...edit(field) };
  });
  return { ...tree, ...edited };
}

/** Replaces all definitions of a path's last name. */
function editDefinitions(
  tree: SchemaTree,
  path: FieldPath,
  list: "fields" | "shorthandFields",
  edit: (definitions: readonly Field[]) => readonly Field[],
): SchemaTree {
  const name = path.at(-1);
  if (typeof name !== "string") throw new ChangeError(path);
  return editRecord(tree, path.slice(0, -1), (body) => {
    const definitions = body[list].filter((named) => named.name === name).map(({ field }) => field);
    const others = body[list].filter((named) => named.name !== name);
    return { ...body, [list]: [...others, ...edit(definitions).map((field) => ({ name, field }))] };
  });
}

/** Only types whose definitions have the same parts are exchanged alone. */
function withType(field: Field, now: Field, path: FieldPath): Field {
  const isList = (type: string): type is "array" | "set" => type === "array" || type === "set";
  const isNumber = (type: string): type is "integer" | "number" => type === "integer" || type === "number";
  if ((field.type === "array" || field.type === "set") && isList(now.type)) return { ...field, type: now.type };
  if ((field.type === "integer" || field.type === "number") && isNumber(now.type)) return { ...field, type: now.type };
  throw new ChangeError(path);
}

function withEntry(map: ValueMap, key: string, value: Value | undefined): ValueMap {
  const entries = new Map(Object.entries(map));
  if (value === undefined) entries.delete(key);
  else entries.set(key, value);
  return Object.fromEntries(entries);
}

function withCheck(
  checks: readonly EntityCheck[],
  old: EntityCheck | undefined,
  now: EntityCheck | undefined,
  path: FieldPath,
): readonly EntityCheck[] {
  const added = now === undefined ? [] : [now];
  if (old === undefined) return [...checks, ...added];
  const key = valueKey(old.check);
  const index = checks.findIndex(({ check }) => valueKey(check) === key);
  if (index < 0) throw new ChangeError(path);
  return checks.toSpliced(index, 1, ...added);
}

import { valueKey } from "../changes/value-key.js";
import type { Field, NamedField, RecordBody, SchemaTree } from "../schema/model.js";
import { attributesOf } from "./attributes.js";
import { groupByName } from "./pairs.js";
import { dataPlaneTree, type SchemaTrees } from "./trees.js";

/**
 * Whether two schemas say the same: the same names, attributes, functions and checks, in the trees of both roles. The
 * order of fields and checks, positions and the text of the sources do not count.
 */
export function sameSchema(a: SchemaTrees, b: SchemaTrees): boolean {
  return treeKey(a) === treeKey(b) && treeKey(dataPlaneTree(a)) === treeKey(dataPlaneTree(b));
}

function treeKey(tree: SchemaTree): string {
  return `${JSON.stringify(tree.name)} ${valueKey(tree.attributes)} ${bodyKey(tree)}`;
}

/** A text that two definitions share exactly when they are equal. */
export function fieldKey(field: Field): string {
  const attributes = [...attributesOf(field)].map(([name, value]) => `${JSON.stringify(name)}:${valueKey(value)}`);
  return `${field.type}{${attributes.sort().join(",")}}${insideKey(field)}`;
}

function insideKey(field: Field): string {
  switch (field.type) {
    case "array":
    case "set":
      return fieldKey(field.elements);
    case "map":
      return `${fieldKey(field.keys)}=${fieldKey(field.values)}`;
    case "record":
      return bodyKey(field);
    case "opaque":
      return JSON.stringify(field.opaque);
    case "string":
    case "number":
    case "integer":
    case "boolean":
    case "json":
    case "function":
    case "any":
    case "foreign":
      return "";
  }
}

function bodyKey(body: RecordBody): string {
  const checks = body.entityChecks.map(({ check }) => valueKey(check)).sort();
  return `(${namedKey(body.fields)})(${namedKey(body.shorthandFields)})(${checks.join(",")})`;
}

/** The order of names does not count; that of several definitions of one name does. */
function namedKey(fields: readonly NamedField[]): string {
  const groups = [...groupByName(fields)].map(
    ([name, definitions]) => `${JSON.stringify(name)}:${definitions.map(fieldKey).join(";")}`,
  );
  return groups.sort().join(",");
}

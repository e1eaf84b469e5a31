import { dataPlaneTree, type SchemaTrees } from "../diff/trees.js";
import { isValueMap, type NamedField, type SchemaTree, type Value } from "../schema/model.js";
import { besideNames, configOf, namesIn } from "./groups.js";

/** The part of a schema that these names make up: what stands beside it in the schema cannot change what is said of it. */
export function slice(schema: SchemaTrees, isWanted: (name: string) => boolean): SchemaTrees {
  const controlPlane = sliceTree(schema, isWanted);
  return schema.dataPlane === undefined
    ? controlPlane
    : { ...controlPlane, dataPlane: sliceTree(dataPlaneTree(schema), isWanted) };
}

function sliceTree(tree: SchemaTree, isWanted: (name: string) => boolean): SchemaTree {
  const { name, attributes, shorthandFields } = tree;
  const entityChecks = tree.entityChecks.filter(({ check }) => besideNames(check, tree)?.every(isWanted) ?? true);
  const fields = tree.fields.flatMap((named) => {
    if (named.name === "config") return [sliceConfig(named, tree, isWanted)];
    return isWanted(`@${named.name}`) ? [named] : [];
  });
  return { name, attributes, fields, shorthandFields, entityChecks };
}

function sliceConfig(named: NamedField, tree: SchemaTree, isWanted: (name: string) => boolean): NamedField {
  const { field } = named;
  // Of two definitions of `config` only the last is one; the other is left as it is.
  if (field.type !== "record" || field !== configOf(tree)) return named;
  const { default: preset } = field;
  return {
    ...named,
    field: {
      ...field,
      ...(preset === undefined ? {} : { default: sliceDefault(preset, isWanted) }),
      fields: field.fields.filter(({ name }) => isWanted(name)),
      shorthandFields: field.shorthandFields.filter(({ name }) => isWanted(name)),
      entityChecks: field.entityChecks.filter(({ check }) => namesIn(check, field)?.every(isWanted) ?? true),
    },
  };
}

function sliceDefault(preset: Value, isWanted: (name: string) => boolean): Value {
  if (!isValueMap(preset)) return preset;
  return Object.fromEntries(Object.entries(preset).filter(([name]) => isWanted(name)));
}

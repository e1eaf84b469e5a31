import { dataPlaneTree, type SchemaTrees } from "../diff/trees.js";
import { isValueMap, type NamedField, type SchemaTree, type Value, type ValueMap } from "../schema/model.js";
import { besideNames, configOf, namesIn } from "./groups.js";

/** Which part of a schema is looked at. */
export interface Scope {
  readonly isWanted: (name: string) => boolean;
  /** Whether the function that judges the whole configuration belongs to it. */
  readonly withFunction: boolean;
}

/** The part of a schema that some names make up: what stands beside it in the schema cannot change what is said of it. */
export function slice(schema: SchemaTrees, scope: Scope): SchemaTrees {
  const controlPlane = sliceTree(schema, scope);
  return schema.dataPlane === undefined
    ? controlPlane
    : { ...controlPlane, dataPlane: sliceTree(dataPlaneTree(schema), scope) };
}

function sliceTree(tree: SchemaTree, scope: Scope): SchemaTree {
  const { isWanted } = scope;
  const { name, attributes, shorthandFields } = tree;
  const entityChecks = tree.entityChecks.filter(({ check }) => besideNames(check, tree)?.every(isWanted) ?? true);
  const fields = tree.fields.flatMap((named) => {
    if (named.name === "config") return [sliceConfig(named, tree, scope)];
    return isWanted(`@${named.name}`) ? [named] : [];
  });
  return { name, attributes, fields, shorthandFields, entityChecks };
}

function sliceConfig(named: NamedField, tree: SchemaTree, { isWanted, withFunction }: Scope): NamedField {
  const { field } = named;
  // Of two definitions of `config` only the last is one; the other is left as it is.
  if (field.type !== "record" || field !== configOf(tree)) return named;
  const { default: preset } = field;
  return {
    ...named,
    field: {
      ...field,
      attributes: withFunction ? field.attributes : withoutValidator(field.attributes),
      ...(preset === undefined ? {} : { default: sliceDefault(preset, isWanted) }),
      fields: field.fields.filter(({ name }) => isWanted(name)),
      shorthandFields: field.shorthandFields.filter(({ name }) => isWanted(name)),
      entityChecks: field.entityChecks.filter(({ check }) => namesIn(check, field)?.every(isWanted) ?? true),
    },
  };
}

function withoutValidator(attributes: ValueMap): ValueMap {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => name !== "custom_validator"));
}

function sliceDefault(preset: Value, isWanted: (name: string) => boolean): Value {
  if (!isValueMap(preset)) return preset;
  return Object.fromEntries(Object.entries(preset).filter(([name]) => isWanted(name)));
}

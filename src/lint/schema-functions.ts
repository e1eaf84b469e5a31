import { isLuaFunction, isOpaque, isValueMap } from "../schema/model.js";
import type {
  EntityCheck,
  Field,
  FieldPath,
  LuaFunction,
  NamedField,
  Opaque,
  SchemaTree,
  Value,
} from "../schema/model.js";

/** A function of the schema that judges values, or what stands in its place and comes from a module that is not visible. */
export interface Validator {
  /** The field, or the record that has the entity check. */
  readonly path: FieldPath;
  readonly attribute: "custom_validator" | "custom_entity_check";
  readonly function: LuaFunction | Opaque;
}

/** All validation functions of a schema that its author wrote; those of Kong's typedefs are not among them. */
export function findValidators(tree: SchemaTree): readonly Validator[] {
  const found = [...ofChecks([], tree.entityChecks)];
  for (const { name, field } of namedFields(tree)) found.push(...ofField([name], field));
  return found;
}

function ofField(path: FieldPath, field: Field): Validator[] {
  const validator = field.attributes["custom_validator"];
  const found = isOwn(validator) ? [{ path, attribute: "custom_validator" as const, function: validator }] : [];
  switch (field.type) {
    case "array":
    case "set":
      return [...found, ...ofField([...path, { in: "elements" }], field.elements)];
    case "map":
      return [
        ...found,
        ...ofField([...path, { in: "keys" }], field.keys),
        ...ofField([...path, { in: "values" }], field.values),
      ];
    case "record":
      return [
        ...found,
        ...ofChecks(path, field.entityChecks),
        ...namedFields(field).flatMap(({ name, field: inner }) => ofField([...path, name], inner)),
      ];
    case "string":
    case "number":
    case "integer":
    case "boolean":
    case "json":
    case "function":
    case "any":
    case "foreign":
    case "opaque":
      return found;
  }
}

function namedFields({
  fields,
  shorthandFields,
}: Pick<SchemaTree, "fields" | "shorthandFields">): readonly NamedField[] {
  return [...fields, ...shorthandFields];
}

function ofChecks(path: FieldPath, checks: readonly EntityCheck[]): Validator[] {
  return checks.flatMap(({ check }) => {
    const custom = isValueMap(check) ? check["custom_entity_check"] : undefined;
    const validator = isValueMap(custom) ? custom["fn"] : undefined;
    return isOwn(validator) ? [{ path, attribute: "custom_entity_check" as const, function: validator }] : [];
  });
}

function isOwn(value: Value | undefined): value is LuaFunction | Opaque {
  return isOpaque(value) || (isLuaFunction(value) && value.luaFunction.startsWith("lua:"));
}

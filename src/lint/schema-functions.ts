import { isLuaFunction, isOpaque, isValueMap, showPath } from "../schema/model.js";
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
  readonly attribute: "custom_validator" | "custom_entity_check";
  readonly function: LuaFunction | Opaque;
  /** The fields that have it, and the records whose entity check it is. */
  readonly paths: readonly FieldPath[];
}

/** All validation functions of a schema that its author wrote, each once; those of Kong's typedefs are not among them. */
export function findValidators(tree: SchemaTree): readonly Validator[] {
  const uses = [...ofChecks([], tree.entityChecks)];
  for (const { name, field } of namedFields(tree)) uses.push(...ofField([name], field));
  const found = new Map<string, Validator>();
  for (const use of uses) {
    const { function: validator, attribute, path } = use;
    const key = `${attribute} ${isOpaque(validator) ? validator.opaque : validator.luaFunction}`;
    found.set(key, { attribute, function: validator, paths: [...(found.get(key)?.paths ?? []), path] });
  }
  return [...found.values()];
}

/** `config.a`, `config.a and 2 other places`. */
export function showPlaces({ paths: [first = [], ...others] }: Validator): string {
  const shown = first.length === 0 ? "the plugin" : showPath(first);
  if (others.length === 0) return shown;
  return `${shown} and ${others.length === 1 ? "another place" : `${others.length} other places`}`;
}

interface Use extends Omit<Validator, "paths"> {
  readonly path: FieldPath;
}

function ofField(path: FieldPath, field: Field): Use[] {
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

function ofChecks(path: FieldPath, checks: readonly EntityCheck[]): Use[] {
  return checks.flatMap(({ check }) => {
    const custom = isValueMap(check) ? check["custom_entity_check"] : undefined;
    const validator = isValueMap(custom) ? custom["fn"] : undefined;
    return isOwn(validator) ? [{ path, attribute: "custom_entity_check" as const, function: validator }] : [];
  });
}

function isOwn(value: Value | undefined): value is LuaFunction | Opaque {
  return isOpaque(value) || (isLuaFunction(value) && value.luaFunction.startsWith("lua:"));
}

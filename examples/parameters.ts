// A walk through the typed tree: every parameter of a plugin with its type and its cell in Kong's table.
import { readFileSync } from "node:fs";
import { type Field, type FieldPath, type NamedField, readSchema, showPath, tableColumn } from "kong-schema-advisor";

const schema = readSchema(readFileSync("examples/new/quota-guard/schema.lua", "utf8"));
for (const line of schema.fields.flatMap((named) => describe(named, []))) console.log(line);

function describe({ name, field }: NamedField, above: FieldPath): string[] {
  const path = [...above, name];
  return [`${showPath(path)}: ${field.type} (${tableColumn(field)})`, ...inside(field, path)];
}

function inside(field: Field, path: FieldPath): string[] {
  switch (field.type) {
    case "record":
      return field.fields.flatMap((named) => describe(named, path));
    case "array":
    case "set":
      return inside(field.elements, [...path, { in: "elements" }]);
    case "map":
      return inside(field.values, [...path, { in: "values" }]);
    case "string":
    case "number":
    case "integer":
    case "boolean":
    case "json":
    case "function":
    case "any":
    case "foreign":
    case "opaque":
      return [];
  }
}

import type { Json } from "../../changes/json.js";
import { samplesOf } from "../../prove/samples.js";
import type { Field } from "../../schema/model.js";

/** Maps and records of many samples are not tried in every combination. */
const mostTried = 12;

/**
 * Some values that a field may take, to see whether there is an edit at all where its owner has not chosen one yet. They
 * are tried, and never proposed.
 */
export function sampleValues(field: Field): readonly Json[] {
  return [...samplesOf(field), ...composed(field)].slice(0, mostTried);
}

function composed(field: Field): readonly Json[] {
  switch (field.type) {
    case "array":
    case "set":
      return [[], ...sampleValues(field.elements).map((value) => [value])];
    case "map":
      return [
        {},
        ...sampleValues(field.keys).flatMap((key) =>
          typeof key === "string" ? sampleValues(field.values).map((value) => ({ [key]: value })) : [],
        ),
      ];
    case "record": {
      const required = field.fields.filter((named) => named.field.required === true);
      return [{}, Object.fromEntries(required.map(({ name, field: inner }) => [name, sampleValues(inner)[0] ?? null]))];
    }
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

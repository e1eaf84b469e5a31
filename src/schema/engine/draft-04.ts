import { fromJson } from "./data.js";

const self = { $ref: "#" };
const count = { type: "integer", minimum: 0 };
const text = { type: "string" };
const boolean = { type: "boolean" };
const schemaOrBoolean = { anyOf: [boolean, self] };
const schemas = { type: "array", minItems: 1, items: self };
const schemasByName = { type: "object", additionalProperties: self };
const strings = { type: "array", items: text, minItems: 1, uniqueItems: true };
const simpleType = { enum: ["array", "boolean", "integer", "null", "number", "object", "string"] };

export const draft04 = "http://json-schema.org/draft-04/schema#";

/** What JSON schema draft 4 says a schema is: http://json-schema.org/draft-04/schema, as far as it judges. */
export const draft04Metaschema = fromJson({
  id: draft04,
  type: "object",
  properties: {
    id: text,
    $schema: text,
    title: text,
    description: text,
    default: {},
    multipleOf: { type: "number", minimum: 0, exclusiveMinimum: true },
    maximum: { type: "number" },
    exclusiveMaximum: boolean,
    minimum: { type: "number" },
    exclusiveMinimum: boolean,
    maxLength: count,
    minLength: { allOf: [count, {}] },
    pattern: text,
    additionalItems: schemaOrBoolean,
    items: { anyOf: [self, schemas] },
    maxItems: count,
    minItems: { allOf: [count, {}] },
    uniqueItems: boolean,
    maxProperties: count,
    minProperties: { allOf: [count, {}] },
    required: strings,
    additionalProperties: schemaOrBoolean,
    definitions: schemasByName,
    properties: schemasByName,
    patternProperties: schemasByName,
    dependencies: { type: "object", additionalProperties: { anyOf: [self, strings] } },
    enum: { type: "array", minItems: 1, uniqueItems: true },
    type: { anyOf: [simpleType, { type: "array", items: simpleType, minItems: 1, uniqueItems: true }] },
    allOf: schemas,
    anyOf: schemas,
    oneOf: schemas,
    not: self,
  },
  dependencies: { exclusiveMaximum: ["maximum"], exclusiveMinimum: ["minimum"] },
});

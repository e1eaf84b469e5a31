import { describe, expect, it } from "vitest";
import { evaluate } from "../../src/lua/evaluate.js";
import { LuaTable } from "../../src/lua/value.js";
import { checkMetaschema, checkSecondLoad } from "../../src/schema/check-metaschema.js";

interface Given {
  readonly gatewayVersion?: string;
  readonly edition?: "enterprise" | "oss";
  readonly pluginName?: string;
}

function loaded(source: string, options: Given = {}) {
  const { value, functions } = evaluate(source, { role: "control_plane", ...options });
  if (!(value instanceof LuaTable)) throw new Error("the source returns no table");
  return { value, options: { ...options, functions } };
}

function problemOf(source: string, given?: Given) {
  const { value, options } = loaded(source, given);
  return checkMetaschema(value, options);
}

/** The message for one field `n` of `config`. */
function messageOf(field: string, given?: Given): string | undefined {
  return problemOf(
    `return { name = "p", fields = { { config = { type = "record", fields = { { n = { ${field} } } } } } } }`,
    given,
  )?.message;
}

const nested = (line: string) => `schema violation (fields.1: {\n  fields = {\n    {\n      ${line}\n    }\n  }\n})`;

describe("A schema that Kong refuses", () => {
  it("is reported in Kong's words, with its tree and the place in the source", () => {
    const source = `return {
  name = "p",
  fields = {
    { config = { type = "record", fields = {
      { ttl = { type = "integer", default = "60" } },
    } } },
  },
}`;
    expect(problemOf(source)).toEqual({
      message: nested(`default = "expected an integer"`),
      errorTree: { fields: { 1: { fields: { 1: { default: "expected an integer" } } } } },
      position: { file: "schema.lua", line: 5, column: 35 },
    });
  });

  it("is placed at the attribute that its type cannot have, however deep it stands", () => {
    const source = `return { name = "p", fields = { { config = { type = "record", fields = {
  { list = { type = "array", elements = { type = "boolean",
    one_of = { true } } } },
} } } } }`;
    expect(problemOf(source)).toMatchObject({
      message: "schema violation (list: field of type 'boolean' cannot have attribute 'one_of')",
      position: { line: 3, column: 5 },
    });
  });

  it("names the plugin by the name under which Kong loads it", () => {
    const source = `return { name = "p", fields = { { ttl = { type = "integer" } } } }`;
    expect(problemOf(source, { pluginName: "rate" })).toMatchObject({
      message: "error initializing schema for plugin: error in definition of 'rate': ttl: cannot create a new field",
      position: { line: 1, column: 35 },
    });
  });

  it("may be one for the open source edition only", () => {
    const source = `return { name = "p", fields = { { consumer_group = { type = "foreign", reference = "consumer_groups" } } } }`;
    expect(problemOf(source)).toBeUndefined();
    expect(problemOf(source, { edition: "oss" })?.message).toMatch(/consumer_group: cannot create a new field$/);
  });

  it("may refer to an entity that does not exist", () => {
    const source = `return { name = "p", fields = { { consumer = { type = "foreign", reference = "people" } } } }`;
    expect(problemOf(source)?.message).toBe(
      "error initializing schema for plugin: schema refers to an invalid foreign entity: people",
    );
  });

  it("may have a default that the field's own attributes cannot judge", () => {
    expect(messageOf(`type = "string", gt = 1, default = "x"`)).toBe(
      nested(`default = "error in schema prevents from validating this field"`),
    );
  });

  it("may have a JSON schema that is none", () => {
    expect(messageOf(`type = "json", json_schema = { inline = { type = "strin" } }`)).toContain(
      "property type validation failed: object needs one of the following rectifications",
    );
    expect(
      messageOf(`type = "json", json_schema = { inline = { type = "object", required = { "a" } } }`),
    ).toBeUndefined();
  });
});

describe("What a release does not know", () => {
  it.each([
    [`type = "string", description = "ten characters"`, "3.3", `description = "unknown field"`],
    [`type = "string", examples = { "x" }`, "3.5", `examples = "unknown field"`],
    [
      `type = "string", deprecation = { message = "m", removal_in_version = "4" }`,
      "3.6",
      `deprecation = "unknown field"`,
    ],
    [`type = "string", transient = true`, "3.7", `transient = "unknown field"`],
    [`type = "number", between = { 0.5, 1 }`, "3.3", `between = {\n        "expected an integer"\n      }`],
  ])("{ %s } is refused by %s and not by 3.9", (field, gatewayVersion, line) => {
    expect(messageOf(field, { gatewayVersion })).toBe(nested(line));
    expect(messageOf(field, { gatewayVersion: "3.9" })).toBeUndefined();
  });

  it("is a type too", () => {
    const field = `type = "json", json_schema = { inline = { type = "object" } }`;
    expect(messageOf(field, { gatewayVersion: "3.4" })).toContain("expected one of: array, set, string");
    expect(messageOf(field, { gatewayVersion: "3.5" })).toBeUndefined();
  });

  it("is an attribute of 2.8 since 3.0", () => {
    const field = `type = "string", legacy = true`;
    expect(messageOf(field, { gatewayVersion: "2.8" })).toBeUndefined();
    expect(messageOf(field, { gatewayVersion: "3.0" })).toBe(nested(`legacy = "unknown field"`));
  });
});

describe("A schema that a data plane refuses, though a control plane loads it", () => {
  it("has a default that lacks what a record within it requires", () => {
    const { value, options } = loaded(`
return { name = "p", fields = { { config = { type = "record", fields = {
  { r = { type = "record", default = { x = "1" }, fields = {
    { x = { type = "string" } },
    { inner = { type = "record", fields = { { y = { type = "string", required = true } } } } },
  } } },
} } } } }`);
    expect(checkMetaschema(value, options)).toBeUndefined();
    expect(checkSecondLoad(value, options)).toMatchObject({
      errorTree: { fields: { 1: { fields: { 1: { default: { inner: { y: "required field missing" } } } } } } },
      position: { line: 3 },
    });
  });
});

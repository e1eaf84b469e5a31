import { describe, expect, it } from "vitest";
import { describeChange } from "../../src/changes/registry.js";
import { applyChanges } from "../../src/diff/apply-changes.js";
import { diffSchemas } from "../../src/diff/diff-schemas.js";
import { sameSchema } from "../../src/diff/same.js";
import type { PluginSchema } from "../../src/schema/model.js";
import { readSchema } from "../../src/schema/read.js";

/** A schema whose `config` record has these fields, and what else is given. */
function schema(fields: string, { config = "", plugin = "", before = "" } = {}): PluginSchema {
  return readSchema(
    `${before}\nreturn { name = "example", fields = { { config = { type = "record", fields = { ${fields} }, ${config} } } }, ${plugin} }`,
  );
}

function told(old: PluginSchema, now: PluginSchema): readonly string[] {
  const changes = diffSchemas(old, now);
  expect(sameSchema(applyChanges(old, changes), now)).toBe(true);
  return changes.map((change) => `${change.kind}: ${describeChange(change)}`);
}

/** A schema with a type this many lists down, built in a loop: its source is not deep. */
function deep(levels: number, type: string): PluginSchema {
  return readSchema(`
    local field = { type = "${type}" }
    for _ = 1, ${levels} do field = { type = "array", elements = field } end
    return { name = "example", fields = { { config = { type = "record", fields = { { n = field } } } } } }`);
}

describe("diffSchemas", () => {
  it("finds nothing where only white space, comments, local names and order differ", () => {
    const plain = schema(
      `{ url = { type = "string", required = true, custom_validator = function(value) return value ~= "" end } },
       { ttl = { type = "integer", gt = 0 } }`,
      {
        config: `entity_checks = { { at_least_one_of = { "url", "ttl" } }, { mutually_required = { "url", "ttl" } } }`,
      },
    );
    const rewritten = schema(
      `ttl, -- first\n { url = { required = true, custom_validator = check, type = "string" } }`,
      {
        before: `local ttl = { ttl = { gt = 0, type = "integer" } }
        local check = function(value)
          -- not empty
          return   value ~= ""
        end`,
        config: `entity_checks = { { mutually_required = { "url", "ttl" } }, { at_least_one_of = { "url", "ttl" } } }`,
      },
    );
    expect(told(plain, rewritten)).toEqual([]);
  });

  it("finds nothing where a typedef is written out, or fields are made in a loop", () => {
    const typedef = schema(
      `{ port = typedefs.port { default = 80 } }, { a = { type = "string" } }, { b = { type = "string" } }`,
      {
        before: `local typedefs = require "kong.db.schema.typedefs"`,
      },
    );
    const looped = readSchema(`
      local fields = { { port = { type = "integer", between = { 0, 65535 }, default = 80 } } }
      for _, name in ipairs({ "a", "b" }) do fields[#fields + 1] = { [name] = { type = "string" } } end
      return { name = "example", fields = { { config = { type = "record", fields = fields } } } }`);
    expect(told(typedef, looped)).toEqual([]);
  });

  it("reports a whole record once, at the top", () => {
    const redis = `{ redis = { type = "record", fields = { { host = { type = "string" } }, { port = { type = "integer" } } } } }`;
    expect(told(schema(""), schema(redis))).toEqual(["field-added: config.redis (record) was added"]);
    expect(told(schema(redis), schema(""))).toEqual(["field-removed: config.redis (record) was removed"]);
  });

  it("finds changes inside elements, keys and values, at any depth", () => {
    const old = schema(
      `{ l = { type = "array", elements = { type = "map", keys = { type = "string" }, values = { type = "record", fields = { { x = { type = "string" } } } } } } }`,
    );
    const now = schema(
      `{ l = { type = "array", elements = { type = "map", keys = { type = "string", len_max = 9 }, values = { type = "record", fields = { { x = { type = "integer" } }, { y = { type = "string" } } } } } } }`,
    );
    expect(told(old, now)).toEqual([
      "constraint-tightened: len_max of config.l[]{key} was added: 9, so fewer values pass",
      "type-changed: config.l[]{}.x was string and is now integer",
      "field-added: config.l[]{}.y (string) was added",
    ]);
  });

  it("tells integer and number, array and set apart from all else that changes in them", () => {
    const old = schema(
      `{ n = { type = "integer", default = 1 } }, { l = { type = "array", elements = { type = "string" } } }`,
    );
    const now = schema(
      `{ n = { type = "number", default = 1.5 } }, { l = { type = "set", elements = { type = "integer" } } }`,
    );
    expect(told(old, now)).toEqual([
      "type-widened: config.n was integer and is now the wider number",
      "default-changed: the default of config.n was 1 and is now 1.5",
      "array-became-set: config.l was an array and is now a set",
      "element-type-changed: config.l[] was string and is now integer",
    ]);
  });

  it("reports a function whose upvalue has another value, though its text is the same", () => {
    const withLimit = (limit: number) =>
      schema(`{ n = { type = "integer", custom_validator = function(value) return value < limit end } }`, {
        before: `local limit = ${limit}`,
      });
    expect(told(withLimit(1), withLimit(1))).toEqual([]);
    expect(told(withLimit(1), withLimit(2))).toEqual([
      "custom-validator-changed: the custom validator of config.n is another function",
    ]);
  });

  it("keeps the last definition of a name, and loses none before it", () => {
    const old = schema(`{ n = { type = "string" } }, { n = { type = "integer" } }`);
    expect(told(old, schema(`{ n = { type = "integer" } }`))).toEqual([
      "shadowed-definition-changed: config.n is defined more than once, and not the last definition differs",
    ]);
    expect(told(old, schema(`{ n = { type = "integer" } }, { n = { type = "string" } }`))).toEqual([
      "type-changed: config.n was integer and is now string",
      "shadowed-definition-changed: config.n is defined more than once, and not the last definition differs",
    ]);
    expect(told(old, schema(""))).toEqual([
      "field-removed: config.n (integer) was removed",
      "shadowed-definition-changed: config.n is defined more than once, and not the last definition differs",
    ]);
  });

  it("reports what is not visible, and never takes it for something else", () => {
    const opaque = (path: string) => schema(`{ n = require("example.types").${path} }`);
    expect(told(opaque("a"), opaque("a"))).toEqual([]);
    expect(told(opaque("a"), opaque("b"))).toEqual([
      "opaque-changed: config.n comes from a module that is not visible here, on one side at least, and is not the same",
    ]);
    expect(
      told(
        schema(`{ n = { type = "integer", default = 1 } }`),
        schema(`{ n = { type = "integer", default = require("m").x } }`),
      ),
    ).toEqual(["default-changed: the default of config.n was 1 and is now m.x (not visible here)"]);
  });

  it("takes a record among records that loses `required = false` for required, and one among elements not", () => {
    const record = (required: string) => `type = "record", ${required} fields = { { x = { type = "string" } } }`;
    const among = (required: string) => schema(`{ r = { ${record(required)} } }`);
    const elements = (required: string) =>
      schema(
        `{ l = { type = "array", elements = { type = "record", fields = { { r = { ${record(required)} } } } } } }`,
      );
    expect(told(among("required = false,"), among(""))).toEqual([
      "became-required: config.r became required and has no default",
    ]);
    expect(told(among(""), among("required = true,"))).toEqual([
      "no-effect-edit: required of config.r was added: true; it means the same",
    ]);
    expect(told(elements("required = false,"), elements(""))).toEqual([
      "no-effect-edit: required of config.l[].r was removed: it was false; it means the same",
    ]);
  });

  it("compares what Kong asks of a switch: `uuid = false` checks as `uuid = true` does", () => {
    expect(
      told(schema(`{ n = { type = "string", uuid = true } }`), schema(`{ n = { type = "string", uuid = false } }`)),
    ).toEqual(["no-effect-edit: uuid of config.n was true and is now false; it means the same"]);
  });

  it("reports plugin-level fields as what they are", () => {
    const typedefs = `local typedefs = require "kong.db.schema.typedefs"\n`;
    const withFields = (fields: string) =>
      readSchema(
        `${typedefs} return { name = "example", fields = { ${fields} { config = { type = "record", fields = {} } } } }`,
      );
    expect(
      told(withFields(""), withFields("{ consumer = typedefs.no_consumer }, { protocols = typedefs.protocols_http },")),
    ).toEqual([
      "scope-restricted: what the plugin may be attached to is restricted: consumer",
      "protocols-narrowed: fewer protocols are allowed: grpc, grpcs, http, https (before: all)",
    ]);
    expect(told(withFields("{ protocols = typedefs.protocols },"), withFields(""))).toEqual([
      "no-effect-edit: protocols is written in another way and means the same",
    ]);
  });

  it("compares the trees of both roles, and says which one a change is in", () => {
    const byRole = (fields: string) =>
      readSchema(`local fields = { { a = { type = "string" } } }
        if kong.configuration.role == "data_plane" then fields[2] = { d = { type = "string" } } else ${fields} end
        return { name = "example", fields = { { config = { type = "record", fields = fields } } } }`);
    const old = byRole("fields[2] = { c = { type = 'string' } }");
    const now = byRole("fields[1] = { a = { type = 'integer' } }");
    const changes = diffSchemas(old, now);
    expect(changes.map((change) => [change.role, describeChange(change)])).toEqual([
      ["control_plane", "config.c (string) was removed"],
      ["control_plane", "config.a was string and is now integer"],
    ]);
    expect(sameSchema(applyChanges(old, changes), now)).toBe(true);
  });

  it("reads field names as names, whatever they mean to JavaScript", () => {
    const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
    const fields = names.map((name) => `{ ["${name}"] = { type = "string" } }`).join(", ");
    expect(told(schema(""), schema(fields))).toEqual(
      names.map((name) => `field-added: config.${name} (string) was added`),
    );
  });

  it("works as deep down as a schema can be read", () => {
    expect(told(deep(90, "string"), deep(90, "integer"))).toEqual([
      `element-type-changed: config.n${"[]".repeat(90)} was string and is now integer`,
    ]);
  });

  it("says where inside a value it differs", () => {
    const withDefault = (port: number) =>
      schema(
        `{ r = { type = "record", default = { host = "h", ports = { 1, ${port} } }, fields = { { host = { type = "string" } }, { ports = { type = "array", elements = { type = "integer" } } } } } }`,
      );
    const [change] = diffSchemas(withDefault(2), withDefault(3));
    expect(change).toMatchObject({ kind: "default-changed", edits: [{ path: ["ports", 1], old: 2, new: 3 }] });
  });
});

describe("applyChanges", () => {
  it("refuses a change that does not fit the schema", () => {
    const changes = diffSchemas(schema(`{ n = { type = "string" } }`), schema(`{ n = { type = "integer" } }`));
    expect(() => applyChanges(schema(""), changes)).toThrow(expect.objectContaining({ code: "change-does-not-fit" }));
  });
});

import { describe, expect, it } from "vitest";
import { ConfigError } from "../../src/errors.js";
import { fillConfig } from "../../src/schema/fill-config.js";
import { configSchema } from "./config-schema.js";

const insert = { role: "control_plane", context: "insert" } as const;
const reRead = { role: "control_plane", context: "select" } as const;
const forHandler = { role: "data_plane", context: "select" } as const;

describe("What a control plane stores", () => {
  it("has every field: its default, or null where it is optional; a required one without default stays absent", () => {
    const schema = configSchema(`
      { host = { type = "string" } },
      { port = { type = "integer", default = 80 } },
      { key = { type = "string", required = true } },
      { on = { type = "boolean", default = false } },
    `);
    expect(fillConfig(schema, {}, insert)).toEqual({ host: null, port: 80, on: false });
  });

  it("keeps a null that was given, even where a default stands ready", () => {
    const schema = configSchema(`{ port = { type = "integer", default = 80 } }`);
    expect(fillConfig(schema, { port: null }, insert)).toEqual({ port: null });
  });

  it("builds a record in a record from its own fields, unless it says that it is not required", () => {
    const schema = configSchema(`
      { redis = { type = "record", fields = { { host = { type = "string" } }, { port = { type = "integer", default = 6379 } } } } },
      { other = { type = "record", required = false, fields = { { host = { type = "string" } } } } },
    `);
    expect(fillConfig(schema, {}, insert)).toEqual({ redis: { host: null, port: 6379 }, other: null });
  });

  it("keeps an optional record's own default as it is written", () => {
    const schema = configSchema(`
      { r = { type = "record", required = false, default = { a = "x" }, fields = { { a = { type = "string" } }, { b = { type = "integer", default = 1 } } } } },
    `);
    expect(fillConfig(schema, {}, insert)).toEqual({ r: { a: "x" } });
  });

  it("fills records in lists and maps", () => {
    const record = `{ type = "record", fields = { { x = { type = "integer", default = 1 } } } }`;
    const schema = configSchema(`
      { l = { type = "array", elements = ${record} } },
      { m = { type = "map", keys = { type = "string" }, values = ${record} } },
    `);
    expect(fillConfig(schema, { l: [{}], m: { k: {} } }, insert)).toEqual({ l: [{ x: 1 }], m: { k: { x: 1 } } });
  });

  it("drops a user's duplicates from a set, and not those of its default", () => {
    const schema = configSchema(`
      { given = { type = "set", elements = { type = "string" } } },
      { fallback = { type = "set", elements = { type = "string" }, default = { "a", "a" } } },
    `);
    expect(fillConfig(schema, { given: ["b", "a", "b"] }, insert)).toEqual({ given: ["b", "a"], fallback: ["a", "a"] });
  });

  it("writes an empty object that was given for a list as a list, and leaves the one for a map", () => {
    const schema = configSchema(`
      { l = { type = "array", elements = { type = "string" } } },
      { m = { type = "map", keys = { type = "string" }, values = { type = "string" } } },
    `);
    expect(fillConfig(schema, { l: {}, m: {} }, insert)).toEqual({ l: [], m: {} });
  });

  it("leaves what a partial update does not mention", () => {
    const schema = configSchema(`{ a = { type = "string", default = "d" } }, { b = { type = "string" } }`);
    expect(fillConfig(schema, { b: "x" }, { role: "control_plane", context: "update" })).toEqual({ b: "x" });
  });

  it("makes up neither clock nor chance", () => {
    const schema = configSchema(`
      { id = { type = "string", uuid = true, auto = true } },
      { key = { type = "string", auto = true } },
      { created_at = { type = "integer", timestamp = true, auto = true } },
    `);
    const first = fillConfig(schema, {}, insert);
    expect(fillConfig(schema, {}, insert)).toEqual(first);
    expect(first).toEqual({ id: "00000000-0000-4000-8000-000000000000", key: "0".repeat(32), created_at: 1 });
  });
});

describe("Shorthand fields", () => {
  const renamed = (deprecation: string) =>
    configSchema(`{ n = { type = "string" } }`, {
      more: `shorthand_fields = { { m = { type = "string", ${deprecation} func = function(v) return { n = v } end } } },`,
    });
  const deprecated = renamed(
    `deprecation = { message = "use n", removal_in_version = "4.0", replaced_with = { { path = { "n" } } } },`,
  );

  it("become the real field and vanish", () => {
    expect(fillConfig(renamed(""), { m: "v" }, insert)).toEqual({ n: "v" });
  });

  it("win over the real field, unless they are deprecated and say the same", () => {
    expect(fillConfig(renamed(""), { m: "v", n: "w" }, insert)).toEqual({ n: "v" });
    expect(fillConfig(deprecated, { m: "v", n: "v" }, insert)).toEqual({ n: "v" });
  });

  it("are refused beside another value of the field that replaces them", () => {
    let caught: unknown;
    try {
      fillConfig(deprecated, { m: "v", n: "w" }, insert);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(ConfigError);
    expect(caught).toMatchObject({
      code: "config-refused",
      message: "schema violation (m: both deprecated and new field are used but their values mismatch: m = v vs n = w)",
      errors: { m: "both deprecated and new field are used but their values mismatch: m = v vs n = w" },
    });
  });

  it("run even for null", () => {
    expect(fillConfig(renamed(""), { m: null, n: "z" }, insert)).toEqual({ n: null });
    expect(fillConfig(deprecated, { m: null, n: "z" }, insert)).toEqual({ n: "z" });
  });

  it("come back in reading where they name their replacement", () => {
    expect(fillConfig(deprecated, { n: "v" }, reRead)).toEqual({ n: "v", m: "v" });
    expect(fillConfig(renamed(""), { n: "v" }, reRead)).toEqual({ n: "v" });
  });
});

describe("What is read of a stored configuration", () => {
  const schema = configSchema(`
    { added = { type = "string", default = "d" } },
    { now_required = { type = "integer", required = true, default = 3 } },
    { count = { type = "integer" } },
    { text = { type = "string" } },
    { secret = { type = "string", referenceable = true } },
  `);
  const stored = { now_required: null, count: 1.5, text: "", secret: "{vault://env/secret}", removed: 1 };

  it("is brought to the schema of the control plane: defaults, whole numbers, no unknown keys, no empty texts", () => {
    expect(fillConfig(schema, stored, reRead)).toEqual({
      added: "d",
      now_required: 3,
      count: 1,
      text: null,
      secret: "{vault://env/secret}",
    });
  });

  it("reaches the handler without nulls, and with the references that nothing resolves here", () => {
    expect(fillConfig(schema, stored, forHandler)).toEqual({
      added: "d",
      now_required: 3,
      count: 1,
      secret: "",
      $refs: { secret: "{vault://env/secret}" },
    });
  });

  it("comes without a value where an older release could not resolve a reference", () => {
    const older = configSchema(`{ secret = { type = "string", referenceable = true } }`, { gatewayVersion: "2.8" });
    expect(fillConfig(older, { secret: "{vault://env/secret}" }, forHandler)).toEqual({});
  });
});

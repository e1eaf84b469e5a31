import { describe, expect, it } from "vitest";
import { formatErrors } from "../../src/schema/format-errors.js";
import { validateConfig } from "../../src/schema/validate-config.js";
import { configSchema } from "./config-schema.js";

const onControlPlane = { role: "control_plane" } as const;
const onDataPlane = { role: "data_plane" } as const;

function errorsOf(fields: string, config: unknown, more = ""): unknown {
  const result = validateConfig(configSchema(fields, { more }), config, onControlPlane);
  if (result.verdict !== "refused") return result.verdict;
  expect(Object.keys(result.errors)).toEqual(["config"]);
  return result.errors["config"];
}

describe("The verdict", () => {
  const schema = configSchema(`{ ttl = { type = "integer", gt = 0, default = 60 } }`);

  it("carries the filled configuration where it is accepted", () => {
    expect(validateConfig(schema, {}, onControlPlane)).toEqual({ verdict: "accepted", ok: true, config: { ttl: 60 } });
  });

  it("carries Kong's tree, from the instance on, where it is refused", () => {
    expect(validateConfig(schema, { ttl: 0, x: 1 }, onControlPlane)).toEqual({
      verdict: "refused",
      ok: false,
      errors: { config: { ttl: "value must be greater than 0", x: "unknown field" } },
    });
  });

  it("leaves out what entity checks make on the way to a field deep inside another one", () => {
    const checked = configSchema(
      `{ a = { type = "map", keys = { type = "string" }, values = { type = "record", fields = { { c = { type = "string" } } } } } }`,
      {
        more: `entity_checks = { { conditional = { if_field = "a", if_match = { eq = "x" }, then_field = "a.b.c", then_match = { required = true } } } },`,
      },
    );
    expect(validateConfig(checked, { a: {} }, onControlPlane)).toEqual({
      verdict: "accepted",
      ok: true,
      config: { a: {} },
    });
  });

  it.each([
    ["a set", `type = "set", elements = { type = "string" }, len_min = 2, default = { "a", "a" }`],
    [
      "a set in a map",
      `type = "map", keys = { type = "string" }, values = { type = "set", elements = { type = "string" }, len_min = 2 }, default = { x = { "a", "a" } }`,
    ],
  ])("counts what a default has twice in %s once, when it is filled in again to be judged", (_, attributes) => {
    for (const role of [onControlPlane, onDataPlane]) {
      expect(validateConfig(configSchema(`{ n = { ${attributes} } }`), {}, role)).toMatchObject({
        verdict: "refused",
        errors: { config: { n: "length must be at least 2" } },
      });
    }
  });

  it("is the role's own where a function asks for the role when it is called", () => {
    const asking = configSchema(`
      { ttl = { type = "integer", custom_validator = function() return kong.configuration.role == "data_plane", kong.configuration.role end } },
    `);
    for (const config of [{ ttl: 1 }, { ttl: 2 }]) {
      expect(validateConfig(asking, config, onDataPlane).verdict).toBe("accepted");
      expect(validateConfig(asking, config, onControlPlane)).toMatchObject({
        errors: { config: { ttl: "control_plane" } },
      });
    }
  });

  it("is unknown where a validator needs what is not here, unless something else is refused", () => {
    const host = configSchema(`
      { cert = { type = "string", custom_validator = function(v) return require("resty.openssl.x509").new(v) end } },
      { n = { type = "integer" } },
    `);
    expect(validateConfig(host, {}, onControlPlane).verdict).toBe("accepted");
    expect(validateConfig(host, { cert: "x" }, onControlPlane)).toMatchObject({ verdict: "unknown", ok: false });
    expect(validateConfig(host, { cert: "x", n: "y" }, onControlPlane)).toMatchObject({
      verdict: "refused",
      errors: { config: { n: "expected an integer" } },
    });
  });

  it("differs by role for a null under an unknown name", () => {
    const config = { gone: null };
    expect(validateConfig(schema, config, onControlPlane)).toMatchObject({
      errors: { config: { gone: "unknown field" } },
    });
    expect(validateConfig(schema, config, onDataPlane)).toEqual({
      verdict: "accepted",
      ok: true,
      config: { gone: null, ttl: 60 },
    });
  });

  it("is a refusal with the reason where Kong's own code raises", () => {
    const raising = configSchema(`{ n = { type = "integer", len_min = 1 } }`);
    expect(validateConfig(raising, { n: 5 }, onDataPlane)).toEqual({
      verdict: "refused",
      ok: false,
      errors: { "@raised": "attempt to get length of a number value" },
    });
  });

  it("keeps names as they are, whatever JavaScript makes of them", () => {
    const config: unknown = JSON.parse(`{ "__proto__": 1, "constructor": 2 }`);
    const result = validateConfig(schema, config, onControlPlane);
    expect(JSON.stringify(result.verdict === "refused" && result.errors)).toBe(
      `{"config":{"__proto__":"unknown field","constructor":"unknown field"}}`,
    );
  });

  it("refuses what Kong cannot read as JSON for its depth", () => {
    let config: unknown = {};
    for (let depth = 0; depth < 50_000; depth++) config = { a: config };
    expect(validateConfig(schema, config, onControlPlane)).toEqual({
      verdict: "refused",
      ok: false,
      errors: { "@raised": "Found too many nested data structures (1001)" },
    });
  });
});

describe("Validators", () => {
  it.each([
    [`type = "string", not_one_of = { "a", "b" }`, "a", "must not be one of: a, b"],
    [`type = "string", ne = "a"`, "a", "value must not be a"],
    [`type = "string", eq = "x"`, null, "value must be x"],
    [`type = "boolean", eq = false`, null, "value must be false"],
    [`type = "boolean", ne = false`, null, "accepted"],
    [`type = "string", ne = ngx.null`, null, "value must not be null"],
    [`type = "string", len_eq = 2`, "é", "accepted"],
    [`type = "string", len_max = 1`, "é", "length must be at most 1"],
    [`type = "string", not_match = "^%d"`, "1a", "invalid value: 1a"],
    [`type = "string", match = "^[\\128-\\255]+$"`, "é", "accepted"],
    [`type = "string", match_all = { { pattern = "a", err = "no a" }, { pattern = "b", err = "no b" } }`, "a", "no b"],
    [`type = "string", match_none = { { pattern = "a" } }`, "a", "invalid value: a"],
    [`type = "string", match_any = { patterns = { "a", "b" }, err = "neither" }`, "c", "neither"],
    [`type = "string", starts_with = "/"`, "x", "should start with: /"],
    [`type = "string", uuid = true`, "x", "expected a valid UUID"],
    [`type = "string", is_regex = true`, "(", "not a valid regex: ("],
    [`type = "string", err = "own words", match = "a"`, "b", "own words"],
    [`type = "string"`, "", "length must be at least 1"],
    [`type = "string", len_min = 0`, "", "accepted"],
    [`type = "string", referenceable = true, len_max = 1`, "{vault://env/x}", "accepted"],
    [`type = "number", between = { 0.5, 1.5 }`, 2, "value should be between 0 and 1"],
    [`type = "number", timestamp = true`, 0, "expected a valid timestamp"],
    [`type = "number", one_of = { 1, 2.5 }`, 3, "expected one of: 1, 2.5"],
    [`type = "integer"`, 3.0, "accepted"],
    [`type = "integer"`, 3.5, "expected an integer"],
    [`type = "boolean", eq = true`, false, "value must be true"],
    [`type = "array", elements = { type = "string" }, contains = "a"`, ["b"], "expected to contain: a"],
    [`type = "array", elements = { type = "string" }`, { a: 1 }, "expected an array"],
    [
      `type = "array", elements = { type = "string" }`,
      ["a", 1, "b", 2],
      { 2: "expected a string", 4: "expected a string" },
    ],
    [
      `type = "set", elements = { type = "string" }, mutually_exclusive_subsets = { { "a", "b" }, { "c" } }`,
      ["a", "c"],
      "these sets are mutually exclusive: ('a', 'b'), ('c')",
    ],
    [
      `type = "map", keys = { type = "string", match = "^x" }, values = { type = "string" }`,
      { y: "1" },
      "invalid value: y",
    ],
    [
      `type = "map", keys = { type = "string" }, values = { type = "string" }, len_max = 1`,
      { a: "1", b: "2" },
      "length must be at most 1",
    ],
    [`type = "string", custom_validator = function(v) return nil, "never" end`, "x", "never"],
    [`type = "string", custom_validator = function(v) return false end`, "x", "failed validating: x"],
    [
      `type = "string", custom_validator = function(v) return nil, { deep = { "first" } } end`,
      "x",
      { deep: { 1: "first" } },
    ],
    [`type = "foreign", reference = "services"`, {}, { id: "missing primary key" }],
    [`type = "json", json_schema = { inline = { type = "object", required = { "a" } } }`, {}, "property a is required"],
    [`type = "json", json_schema = { inline = { type = "string" } }`, null, "wrong type: expected string, got null"],
  ])("{ %s } of %j: %j", (field, value, expected) => {
    const errors = errorsOf(`{ n = { ${field} } }`, { n: value });
    expect(errors).toEqual(expected === "accepted" ? "accepted" : { n: expected });
  });
});

describe("Entity checks", () => {
  const fields = `{ a = { type = "string" } }, { b = { type = "string" } }, { on = { type = "boolean" } }`;
  const checked = (check: string, config: unknown) => errorsOf(fields, config, `entity_checks = { { ${check} } },`);
  const failure = (text: string) => ({ "@entity": { 1: text } });

  it.each([
    [`at_least_one_of = { "a", "b" }`, {}, "at least one of these fields must be non-empty: 'a', 'b'"],
    [`at_least_one_of = { "on" }`, { on: false }, "accepted"],
    [`only_one_of = { "a", "b" }`, { a: "x", b: "y" }, "exactly one of these fields must be non-empty: 'a', 'b'"],
    [`distinct = { "a", "b" }`, { a: "x", b: "x" }, "values of these fields must be distinct: 'a', 'b'"],
    [`mutually_required = { "a", "b" }`, { a: "x" }, "all or none of these fields must be set: 'a', 'b'"],
    [`mutually_exclusive = { "a", "b" }`, { a: "x", b: "y" }, "only one or none of these fields must be set: 'a', 'b'"],
    [
      `mutually_exclusive_sets = { set1 = { "a" }, set2 = { "b", "on" } }`,
      { a: "x", on: false },
      "these sets are mutually exclusive: ('a'), ('on')",
    ],
    [
      `conditional_at_least_one_of = { if_field = "a", if_match = { eq = "x" }, then_at_least_one_of = { "b" }, then_err = "x wants %s" }`,
      { a: "x" },
      "x wants 'b'",
    ],
    [
      `custom_entity_check = { field_sources = { "a" }, fn = function(e) return nil, "no " .. e.a end }`,
      { a: "x" },
      "no x",
    ],
  ])("%s", (check, config, expected) => {
    expect(checked(check, config)).toEqual(expected === "accepted" ? expected : failure(expected));
  });

  it("name the field that a conditional check misses", () => {
    const check = `conditional = { if_field = "a", if_match = { eq = "x" }, then_field = "b", then_match = { required = true } }`;
    expect(checked(check, { a: "x" })).toEqual({
      b: "required field missing",
      ...failure("failed conditional validation given value of field 'a'"),
    });
  });

  it("are skipped where they would have to look into a vault", () => {
    const schema = configSchema(`{ a = { type = "string", referenceable = true } }, { b = { type = "string" } }`, {
      more: `entity_checks = { { mutually_required = { "a", "b" } } },`,
    });
    expect(validateConfig(schema, { a: "{vault://env/x}" }, onControlPlane).verdict).toBe("accepted");
  });
});

describe("Fields of the instance", () => {
  const schema = configSchema(`{ a = { type = "string" } }`, {
    level: `{ consumer = typedefs.no_consumer }, { protocols = typedefs.protocols_http },`,
  });

  it("are judged and filled in beside the configuration", () => {
    expect(validateConfig(schema, {}, { ...onControlPlane, instance: { protocols: ["http"] } })).toEqual({
      verdict: "accepted",
      ok: true,
      config: { a: null },
      instance: { name: "p", protocols: ["http"], enabled: true },
    });
  });

  it.each([onControlPlane, onDataPlane])("are refused where the plugin rules them out, on a $role", (role) => {
    const instance = { consumer: { id: "22222222-2222-4222-8222-222222222222" }, protocols: ["tcp"] };
    const result = validateConfig(schema, {}, { ...role, instance });
    expect(result.verdict === "refused" && result.errors).toEqual({
      consumer: "value must be null",
      protocols: { 1: "expected one of: grpc, grpcs, http, https" },
    });
  });

  it("may name a consumer instead of giving its id", () => {
    const open = configSchema(`{ a = { type = "string" } }`);
    const instance = { consumer: { username: "bob" } };
    expect(validateConfig(open, {}, { ...onControlPlane, instance }).verdict).toBe("accepted");
  });

  it("say that a plugin is not there under another name", () => {
    const result = validateConfig(schema, {}, { ...onDataPlane, instance: { name: "q" } });
    expect(result.verdict === "refused" && formatErrors(result.errors, "data-plane-log")).toBe(
      "unable to update running config: bad config received from control plane in 'plugins':\n" +
        "  - in entry 1 of 'plugins':\n" +
        "    in 'name': plugin 'q' not enabled; add it to the 'plugins' configuration property",
    );
  });
});

describe("Releases", () => {
  it("before 3.3 validate a field named updated_at", () => {
    const fields = `{ updated_at = { type = "integer" } }`;
    const config = { updated_at: "x" };
    expect(validateConfig(configSchema(fields), config, onControlPlane).verdict).toBe("accepted");
    expect(validateConfig(configSchema(fields, { gatewayVersion: "3.2" }), config, onControlPlane)).toMatchObject({
      errors: { config: { updated_at: "expected an integer" } },
    });
  });

  it("before 3.0 know shorthands as bare functions", () => {
    const schema = configSchema(`{ n = { type = "string" } }`, {
      more: `shorthands = { { m = function(v) return { n = v } end } },`,
      gatewayVersion: "2.8",
    });
    expect(validateConfig(schema, { m: "v" }, onControlPlane)).toMatchObject({ config: { n: "v" } });
  });

  it("before 3.6 let a shorthand's table take the place of the one that is there", () => {
    const read = (gatewayVersion: string) =>
      configSchema(
        `{ r = { type = "record", fields = { { a = { type = "string" } }, { b = { type = "string" } } } } }`,
        {
          more: `shorthand_fields = { { b = { type = "string", func = function(v) return { r = { b = v } } end } } },`,
          gatewayVersion,
        },
      );
    const config = { r: { a: "x" }, b: "y" };
    expect(validateConfig(read("3.5"), config, onControlPlane)).toMatchObject({ config: { r: { a: null, b: "y" } } });
    expect(validateConfig(read("3.6"), config, onControlPlane)).toMatchObject({ config: { r: { a: "x", b: "y" } } });
  });
});

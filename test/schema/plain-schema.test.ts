import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SchemaError } from "../../src/errors.js";
import { releaseOf } from "../../src/kong/release.js";
import { evaluate } from "../../src/lua/evaluate.js";
import { LuaTable } from "../../src/lua/value.js";
import { checkMetaschema, judgeByEngine } from "../../src/schema/check-metaschema.js";
import { metaFieldOf } from "../../src/schema/metaschema.js";
import { findDefaults } from "../../src/schema/plain-schema.js";
import { damagedSchema } from "../fuzz/lua.js";

const releases = ["2.8", "3.0", "3.4", "3.7", "3.9.1"];

const examples = readdirSync("examples", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith("schema.lua"))
  .map((name) => [name, readFileSync(join("examples", name), "utf8")] as const);

const cases = readFileSync("test/conformance/schema-cases.jsonl", "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as { id: string; schema: string });

interface Loaded {
  readonly value: LuaTable;
  readonly functions: ReturnType<typeof evaluate>["functions"];
}

/** A table in a state of its own; undefined where the source gives none. */
function load(source: string, gatewayVersion: string): Loaded | undefined {
  try {
    const limits = { instructions: 200_000 };
    const { value, functions } = evaluate(source, { role: "control_plane", gatewayVersion, limits });
    return value instanceof LuaTable ? { value, functions } : undefined;
  } catch (error) {
    if (error instanceof SchemaError) return undefined;
    throw error;
  }
}

function expectAgreement(source: string, gatewayVersion: string): void {
  const [one, other] = [load(source, gatewayVersion), load(source, gatewayVersion)];
  if (one === undefined || other === undefined) return;
  expect(checkMetaschema(one.value, { ...one, gatewayVersion })).toEqual(
    judgeByEngine(other.value, { ...other, gatewayVersion }),
  );
}

// prettier-ignore
const attributes = [
  "required = true", "required = 1", "default = 5", "default = -5", "default = 'b'", "default = 'x'", "default = ''", "default = true", "default = {}",
  "default = { 'a' }", "default = { 5 }", "default = { a = 'b' }", "default = { a = 5 }", "default = ngx.null", "default = { {} }", "eq = ngx.null", "eq = 5",
  "ne = 5", "gt = 0", "gt = 'a'", "between = { 0, 9 }", "between = { 0 }", "between = { 0, 1.5 }", "one_of = { 'a', 'b' }", "one_of = {}",
  "one_of = { a = 1 }", "one_of = { ngx.null }", "not_one_of = { 'b' }", "len_min = 0", "len_max = 0", "len_eq = 1", "len_min = 1.5", "match = '^b'",
  "match = ''", "match_all = { { pattern = '^b', err = 'no' } }", "match_none = { { pattern = 'x' } }", "match_any = { patterns = { 'b' } }", "uuid = true",
  "custom_validator = even", "custom_validator = 'even'", "custom_validator = once", "description = 'short'", "description = 'long enough to be one'",
  "referenceable = true", "encrypted = true", "unique = true", "unique_across_ws = true", "abstract = true", "reference = 'services'", "legacy = true",
  "err = 'own words'", "starts_with = 'b'", "contains = 'a'", "is_regex = true", "timestamp = true", "auto = true", "examples = { 'a', {} }",
  "deprecation = { message = 'm', removal_in_version = '4.0' }", "deprecation = { message = 'm' }", "no_such = 1", "[1] = 'x'", "err = opaque.err",
  "mutually_exclusive_subsets = { { 'a' }, { 'b' } }", "json_schema = { inline = { type = 'object' } }", "on_delete = 'cascade'", "on_delete = 'x'",
  "elements = { type = 'string' }", "fields = { { a = { type = 'string' } } }", "fields = {}", "fields = { {} }", "transient = true", "elements = 1",
  "entity_checks = { { at_least_one_of = { 'a' } } }", "entity_checks = { { at_least_one_of = {} } }", "entity_checks = { { no_such = {} } }",
  "entity_checks = { { conditional = { if_field = 'a', if_match = { eq = 1 }, then_field = 'a', then_match = { required = true } } } }",
  "entity_checks = { { custom_entity_check = { field_sources = { 'a' }, fn = even } } }", "entity_checks = { { distinct = { 'a' }, only_one_of = { 'a' } } }",
  "shorthand_fields = { { s = { type = 'string', func = even } } }", "shorthand_fields = { { s = { type = 'string' } } }",
];

/** Scalar fields with a default and something to judge it by. */
// prettier-ignore
const judged = [
  "type = 'string', default = 'a', one_of = { 'a', 'b' }", "type = 'string', default = 'c', one_of = { 'a', 'b' }", "type = 'string', default = '', len_min = 0",
  "type = 'integer', default = 5, between = { 0, 9 }", "type = 'integer', default = 10, between = { 0, 9 }", "type = 'integer', default = 1.5",
  "type = 'integer', default = 5, custom_validator = even", "type = 'string', default = 'a', custom_validator = once", "type = 'number', default = 0, gt = 0",
  "type = 'string', default = 'x', match_all = { { pattern = '^b', err = 'no' } }", "type = 'boolean', required = true, default = false",
  "type = 'array', elements = { type = 'string', one_of = { 'a' } }, default = { 'b' }", "type = 'set', elements = { type = 'string', len_min = 2 }, default = { 'bb' }",
  "type = 'map', keys = { type = 'string' }, values = { type = 'integer', gt = 5 }, default = { a = 5 }",
  "type = 'array', elements = { type = 'record', fields = {} }, default = {}",
];

/** The Lua text of a field that is mostly right. */
const field = fc.letrec<{ field: string }>((tie) => {
  const types = ["string", "number", "integer", "boolean", "foreign"].map((type) => `type = "${type}"`);
  const inner = fc.oneof(
    { maxDepth: 2, depthIdentifier: "field" },
    fc.constantFrom(...types, ...judged, `type = "json"`, `type = "x"`),
    fc.constantFrom("array", "set").chain((type) => tie("field").map((item) => `type = "${type}", elements = ${item}`)),
    tie("field").map((value) => `type = "map", keys = { type = "string" }, values = ${value}`),
    fc.tuple(tie("field"), tie("field")).map(([a, b]) => `type = "record", fields = { { a = ${a} }, { b = ${b} } }`),
  );
  const further = fc.oneof(
    { weight: 6, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom(...attributes), { minLength: 1, maxLength: 2 }) },
  );
  return { field: fc.tuple(inner, further).map(([type, more]) => `{ ${[type, ...more].join(", ")} }`) };
}).field;

const definition = fc
  .tuple(
    field,
    field,
    fc.constantFrom(
      "",
      "{ protocols = typedefs.protocols },",
      "{ consumer = typedefs.no_consumer },",
      "{ x = { type = 'string' } },",
    ),
  )
  .map(
    ([a, b, level]) => `
local typedefs = require "kong.db.schema.typedefs"
local opaque = require "opaque"
local calls = 0
local function even(value) calls = calls + 1; return calls % 2 == 0, "call " .. calls end
local function once(value) calls = calls + 1; return calls == 1, "call " .. calls end
return { name = "p", fields = { ${level} { config = { type = "record", fields = { { a = ${a} }, { b = ${b} } } } } } }`,
  );

describe("A schema that is judged without the engine", () => {
  it.each(examples)("%s is one", (_, text) => {
    const root = load(text, "3.9.1")?.value;
    expect(root && findDefaults(root, metaFieldOf(releaseOf("3.9.1")))).toBeInstanceOf(Array);
  });

  it("is accepted by the engine too: examples and Kong's own answers", () => {
    for (const release of releases) {
      for (const [, text] of examples) expectAgreement(text, release);
      for (const { schema } of cases) expectAgreement(schema, release);
    }
  });

  it("is accepted by the engine too: random definitions, and functions that count their calls", () => {
    const law = fc.property(definition, fc.constantFrom(...releases), expectAgreement);
    fc.assert(law, { numRuns: 1000 });
  });

  it("is accepted by the engine too: damaged schemas", () => {
    const law = fc.property(damagedSchema, fc.constantFrom(...releases), expectAgreement);
    fc.assert(law, { numRuns: 300 });
  });
});

import { describe, expect, it } from "vitest";
import { diffSchemas } from "../../src/diff/diff-schemas.js";
import { findLikelyRenames } from "../../src/diff/likely-renames.js";
import { planMigration } from "../../src/plan/plan-migration.js";
import { showPath } from "../../src/schema/model.js";
import { readSchema } from "../../src/schema/read.js";

function schema(fields: string) {
  return readSchema(
    `return { name = "example", fields = { { config = { type = "record", fields = { ${fields} } } } } }`,
  );
}

function likely(before: string, after: string): readonly string[] {
  const [old, now] = [schema(before), schema(after)];
  return findLikelyRenames(old, now, diffSchemas(old, now)).map(
    ({ from, to, evidence }) => `${showPath(from)} → ${showPath(to)}: ${evidence.join(", ")}`,
  );
}

describe("likely renames", () => {
  it.each([
    [
      "names of the same words",
      `{ redis_host = { type = "string" } }`,
      `{ redis = { type = "record", fields = { { host = { type = "string" } } } } }`,
      ["config.redis_host → config.redis.host: are string, have the same words in their names"],
    ],
    [
      "a name that is gone from a record that is gone",
      `{ redis = { type = "record", fields = { { port = { type = "integer" } } } } }`,
      `{ redis_port = { type = "number" } }`,
      ["config.redis.port → config.redis_port: are number, have the same words in their names"],
    ],
    [
      "descriptions",
      `{ a = { type = "string", description = "The host that counters are kept on." } }`,
      `{ b = { type = "string", description = "The host which counters are kept on." } }`,
      ["config.a → config.b: are string, have similar descriptions"],
    ],
    [
      "a default and a rule",
      `{ code = { type = "integer", default = 429, between = { 400, 599 } } }`,
      `{ status = { type = "integer", default = 429, between = { 400, 599 } } }`,
      ["config.code → config.status: are integer, have the default 429, have the same between"],
    ],
    [
      "records of the same fields, and nothing in them",
      `{ r = { type = "record", fields = { { a = { type = "string" } }, { b = { type = "string" } } } } }`,
      `{ s = { type = "record", fields = { { a = { type = "string" } }, { b = { type = "string" } } } } }`,
      ["config.r → config.s: are record, have 2 of 2 fields in common"],
    ],
    [
      "the one demand that goes and the one that comes",
      `{ namespace = { type = "string", required = true } }, { x = { type = "string" } }`,
      `{ key_prefix = { type = "string", required = true } }, { y = { type = "string" } }`,
      [
        "config.namespace → config.key_prefix: are string, are the only ones of their side that are required without a default",
      ],
    ],
    [
      "places in the same list",
      `{ l = { type = "array", elements = { type = "record", fields = { { max_size = { type = "integer" } } } } } }`,
      `{ l = { type = "array", elements = { type = "record", fields = { { size_max = { type = "integer" } } } } } }`,
      ["config.l[].max_size → config.l[].size_max: are integer, have the same words in their names"],
    ],
  ])("are seen by %s", (_, before, after, expected) => {
    expect(likely(before, after)).toEqual(expected);
  });

  it.each([
    [
      "types differ",
      `{ host = { type = "string" } }`,
      `{ r = { type = "record", fields = { { host = { type = "integer" } } } } }`,
    ],
    ["only the type is the same", `{ a = { type = "string" } }`, `{ b = { type = "string" } }`],
    [
      "two fit as well",
      `{ timeout = { type = "integer", default = 60 } }`,
      `{ read_timeout = { type = "integer", default = 60 } }, { send_timeout = { type = "integer", default = 60 } }`,
    ],
    [
      "only common defaults and switches are the same",
      `{ a = { type = "boolean", default = true } }`,
      `{ b = { type = "boolean", default = true } }`,
    ],
    [
      "one is in a list",
      `{ size = { type = "integer" } }`,
      `{ l = { type = "array", elements = { type = "record", fields = { { size = { type = "integer" } } } } } }`,
    ],
    [
      "the old one is still there",
      `{ host = { type = "string" } }`,
      `{ host = { type = "string" } }, { r = { type = "record", fields = { { host = { type = "string" } } } } }`,
    ],
  ])("are none where %s", (_, before, after) => {
    expect(likely(before, after)).toEqual([]);
  });

  it("are asked about in the plan, and change nothing else in it", () => {
    const old = schema(`{ host = { type = "string" } }`);
    const now = schema(`{ r = { type = "record", required = false, fields = { { host = { type = "string" } } } } }`);
    const asked = planMigration(old, now);
    expect(asked.findings.filter(({ id }) => id === "likely-rename")).toEqual([
      {
        id: "likely-rename",
        severity: "note",
        message:
          "Was config.host renamed to config.r.host? Both are string and have the same name. If so, plan again with --rename config.host=config.r.host: its value is then moved, and not dropped.",
      },
    ]);
    expect([asked.path, asked.proof?.path]).toEqual(["long", "long"]);
    const answered = planMigration(old, now, { renames: [{ from: "config.host", to: "config.r.host" }] });
    expect(answered.findings.filter(({ id }) => id === "likely-rename")).toEqual([]);
  });
});

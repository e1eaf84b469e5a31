import { describe, expect, it } from "vitest";
import { describeChange } from "../../src/changes/registry.js";
import type { Rename } from "../../src/changes/rename.js";
import { applyChanges } from "../../src/diff/apply-changes.js";
import { diffSchemas } from "../../src/diff/diff-schemas.js";
import { sameSchema } from "../../src/diff/same.js";
import { readSchema } from "../../src/schema/read.js";

function schema(fields: string, { shorthands = "", gatewayVersion = "3.9.1" } = {}) {
  return readSchema(
    `return { name = "example", fields = { { config = { type = "record", fields = { ${fields} }, shorthand_fields = { ${shorthands} } } } } }`,
    { gatewayVersion },
  );
}

type Schema = ReturnType<typeof schema>;

function told(old: Schema, now: Schema, renames: readonly Rename[] = []): readonly string[] {
  const changes = diffSchemas(old, now, { renames });
  expect(sameSchema(applyChanges(old, changes), now)).toBe(true);
  return changes.map((change) => `${change.kind}: ${describeChange(change)}`);
}

const string = `{ type = "string" }`;
const redis = (fields: string) => `{ redis = { type = "record", fields = { ${fields} } } }`;

/** A shorthand that says what it stands for, as Kong Gateway 3.8 and later have it. */
function deprecated(name: string, ...targets: readonly string[]): string {
  const paths = targets.map((target) => `{ path = { ${target} } }`).join(", ");
  return `{ ${name} = { type = "string", deprecation = { message = "x", removal_in_version = "4.0", replaced_with = { ${paths} } }, func = function(value) return { other = value } end } }`;
}

describe("a parameter whose old name goes on as a shorthand", () => {
  const flat = schema(`{ redis_host = ${string} }, { redis_port = { type = "integer" } }`);

  it("is moved into a record that is new, which is a change of its own", () => {
    const nested = schema(redis(`{ host = ${string} }, { port = { type = "integer" } }`), {
      shorthands: `${deprecated("redis_host", `"redis", "host"`)}, ${deprecated("redis_port", `"redis", "port"`)}`,
    });
    expect(told(flat, nested)).toEqual([
      "field-moved: config.redis_host (string) is now config.redis.host; the old name goes on as a shorthand",
      "field-moved: config.redis_port (integer) is now config.redis.port; the old name goes on as a shorthand",
      "field-added: config.redis (record) was added",
    ]);
    expect(told(nested, flat)).toEqual([
      "field-removed: config.redis (record) was removed",
      "field-moved: config.redis.host (string) is now config.redis_host",
      "field-moved: config.redis.port (integer) is now config.redis_port",
    ]);
  });

  it("is recognised by what Kong Gateway 3.6 to 3.8 translate backwards", () => {
    const options = { gatewayVersion: "3.6.1" };
    const old = schema(`{ blacklist = ${string} }`, options);
    const now = schema(`{ deny = ${string} }`, {
      ...options,
      shorthands: `{ blacklist = { type = "string", translate_backwards = { "deny" }, func = function(value) return { deny = value } end } }`,
    });
    expect(told(old, now)).toEqual([
      "field-renamed: config.blacklist (string) is now config.deny; the old name goes on as a shorthand",
    ]);
    expect(told(now, old)).toEqual(["field-renamed: config.deny (string) is now config.blacklist"]);
  });

  it("becomes a shorthand where it stands for several, or does not say for which", () => {
    const old = schema(`{ timeout = ${string} }`);
    const now = schema(`{ read = ${string} }, { write = ${string} }`, {
      shorthands: deprecated("timeout", `"read"`, `"write"`),
    });
    const silent = schema(`{ read = ${string} }`, {
      shorthands: `{ timeout = { type = "string", func = function(value) return { read = value } end } }`,
    });
    expect(told(old, now)).toEqual([
      "field-became-shorthand: config.timeout (string) is now a shorthand for config.read and config.write",
    ]);
    expect(told(now, old)).toEqual([
      "shorthand-became-field: config.timeout (string) was a shorthand for config.read and config.write and is now a parameter of its own",
    ]);
    expect(told(old, silent)).toEqual([
      "field-became-shorthand: config.timeout (string) is now a shorthand",
      "field-added: config.read (string) was added",
    ]);
  });

  it("may go on as a parameter that was there before, or as the same one as others", () => {
    const old = schema(`{ blacklist = ${string} }, { blocked = ${string} }, { deny = ${string} }`);
    const now = schema(`{ deny = ${string} }`, {
      shorthands: `${deprecated("blacklist", `"deny"`)}, ${deprecated("blocked", `"deny"`)}`,
    });
    expect(told(old, now)).toEqual([
      "field-renamed: config.blacklist (string) is now config.deny; the old name goes on as a shorthand",
      "field-renamed: config.blocked (string) is now config.deny; the old name goes on as a shorthand",
    ]);
  });
});

describe("a rename that a caller declares", () => {
  const old = schema(
    `{ host = ${string} }, { bursts = { type = "array", elements = { type = "record", fields = { { size = { type = "integer" } } } } } }`,
  );
  const now = schema(
    `${redis(`{ host = ${string} }`)}, { bursts = { type = "array", elements = { type = "record", fields = { { limit = { type = "number" } } } } } }`,
  );

  it("is one change with what goes, as far as that comes and goes by itself", () => {
    expect(told(old, now, [{ from: "config.host", to: "config.redis.host" }])).toEqual([
      "field-moved: config.host (string) is now config.redis.host",
      "field-removed: config.bursts[].size (integer) was removed",
      "field-added: config.bursts[].limit (number) was added",
      "field-added: config.redis (record) was added",
    ]);
    expect(told(old, now, [{ from: "config.bursts[].size", to: "config.bursts[].limit" }])).toEqual([
      "field-removed: config.host (string) was removed",
      "field-renamed: config.bursts[].size (integer) is now config.bursts[].limit (number)",
      "field-added: config.redis (record) was added",
    ]);
  });

  it("may lead inside the parameter itself, which is then of another type", () => {
    const wrapped = schema(`{ host = { type = "record", fields = { { name = ${string} } } } }`);
    expect(told(schema(`{ host = ${string} }`), wrapped, [{ from: "config.host", to: "config.host.name" }])).toEqual([
      "type-changed: config.host was string and is now record",
    ]);
  });

  it.each([
    ["config.nothing", "config.redis.host", "the old schema has no parameter config.nothing"],
    ["config.host", "config.redis.nothing", "the new schema has no parameter config.redis.nothing"],
    ["config.bursts", "config.redis", "the new schema still has the parameter config.bursts"],
    ["config..host", "config.redis.host", '"config..host" is no path of a parameter'],
  ])("is refused where it is none: %s to %s", (from, to, reason) => {
    expect(() => diffSchemas(old, now, { renames: [{ from, to }] })).toThrow(
      expect.objectContaining({
        code: "rename-does-not-fit",
        message: `${from} cannot be renamed to ${to}: ${reason}`,
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { classifyChanges } from "../../src/classify/classify-changes.js";
import type { ClassifiedChange } from "../../src/classify/classified-change.js";
import { diffSchemas } from "../../src/diff/diff-schemas.js";
import type { UpdatePath } from "../../src/kong/update-paths.js";
import { showPath } from "../../src/schema/model.js";
import { readSchema } from "../../src/schema/read.js";

const typedefs = `local typedefs = require "kong.db.schema.typedefs"\n`;

function schema(fields: string, config = "") {
  return readSchema(
    `${typedefs}return { name = "example", fields = { { config = { type = "record", fields = {\n${fields}\n}, ${config} } } } }`,
    { filename: "schema.lua" },
  );
}

function classify(oldFields: string, newFields: string, oldConfig = "", newConfig = ""): readonly ClassifiedChange[] {
  const old = schema(oldFields, oldConfig);
  const now = schema(newFields, newConfig);
  return classifyChanges(old, now, diffSchemas(old, now));
}

/** The one change between two lists of fields. */
function single(oldFields: string, newFields: string): ClassifiedChange {
  const [only, ...others] = classify(oldFields, newFields);
  expect(others).toEqual([]);
  if (only === undefined) throw new Error("there is no change");
  return only;
}

function paths(changes: readonly ClassifiedChange[]) {
  return changes.map(({ change, officialPath, path }) => [
    `${change.kind} ${showPath(change.path)}`,
    officialPath,
    path,
  ]);
}

/** Attributes of each column of the table. */
const columns = {
  "required-default": `required = true, default = "d"`,
  "required-no-default": `required = true`,
  "optional-default": `default = "d"`,
  "optional-no-default": "",
} as const;

/** https://developer.konghq.com/custom-plugins/konnect-hybrid-mode/ */
const cells: readonly (readonly [string, keyof typeof columns, UpdatePath])[] = [
  ["added", "required-default", "short"],
  ["added", "required-no-default", "long"],
  ["added", "optional-default", "short"],
  ["added", "optional-no-default", "short"],
  ["removed", "required-default", "long"],
  ["removed", "required-no-default", "cp-dp-sync"],
  ["removed", "optional-default", "long"],
  ["removed", "optional-no-default", "long"],
  ["type-changed", "required-default", "cp-dp-sync"],
  ["type-changed", "required-no-default", "cp-dp-sync"],
  ["type-changed", "optional-default", "cp-dp-sync"],
  ["type-changed", "optional-no-default", "cp-dp-sync"],
];

describe("the table of developer.konghq.com/custom-plugins/konnect-hybrid-mode/", () => {
  it.each(cells)("has %s × %s: %s", (row, column, path) => {
    const field = `{ n = { type = "string", ${columns[column]} } }`;
    const found =
      row === "added"
        ? single("", field)
        : row === "removed"
          ? single(field, "")
          : single(`{ n = { type = "boolean" } }`, field);
    expect(found).toMatchObject({ row, column, officialPath: path });
    expect(found.documentedNonBreaking).toBe(row !== "type-changed" && column === "optional-no-default");
  });

  it("says Short and non-breaking of the page's own example", () => {
    const added = classify(
      "",
      `{ new_ttl = { type = "integer", gt = 0 } }, { new_response_header = typedefs.header_name }`,
    );
    expect(paths(added)).toEqual([
      ["field-added config.new_ttl", "short", "short"],
      ["field-added config.new_response_header", "short", "short"],
    ]);
    expect(added.map(({ documentedNonBreaking }) => documentedNonBreaking)).toEqual([true, true]);
  });

  it("takes the column of a removed parameter from the old schema, of any other from the new one", () => {
    expect(
      single(`{ n = { type = "boolean", required = true } }`, `{ n = { type = "string", default = "d" } }`),
    ).toMatchObject({
      row: "type-changed",
      column: "optional-default",
    });
  });

  it.each(["false", `""`, "{}", "0"])("takes %s for a default", (value) => {
    const type = { false: "boolean", '""': "string", "{}": "map", "0": "integer" }[value];
    const rest =
      type === "map"
        ? `, keys = { type = "string" }, values = { type = "string" }`
        : type === "string"
          ? ", len_min = 0"
          : "";
    expect(single("", `{ n = { type = "${type}", default = ${value}${rest} } }`).column).toBe("optional-default");
  });
});

describe("a change at the top of others", () => {
  it("covers every parameter beneath it, and takes the strictest path", () => {
    const added = single(
      "",
      `{ redis = { type = "record", fields = {
         { host = { type = "string", required = true } },
         { ports = { type = "array", elements = { type = "record", fields = { { port = { type = "integer", default = 1 } } } } } } } } }`,
    );
    expect(added).toMatchObject({
      row: "added",
      column: "optional-no-default",
      effectiveColumn: "required-default",
      officialPath: "long",
      documentedNonBreaking: false,
    });
    expect(added.covers.map(({ path, ...rest }) => ({ path: showPath(path), ...rest }))).toEqual([
      { path: "config.redis.host", row: "added", column: "required-no-default", officialPath: "long" },
      { path: "config.redis.ports", row: "added", column: "optional-no-default", officialPath: "short" },
      { path: "config.redis.ports[].port", row: "added", column: "optional-default", officialPath: "short" },
    ]);
    expect(added.reason).toBe(
      "config.redis (record) was added. It is optional, without a default; for adding such a parameter Kong's table says Short. " +
        "config.redis.host (required, without a default) comes or goes with it, and for that the table says Long. " +
        "Kong's engine refuses some stored configurations on a data plane node with the new schema, and on one with the old schema every edit of them that was tried. " +
        "The two differ: Long is from https://developer.konghq.com/custom-plugins/konnect-hybrid-mode/, CP/DP sync required from https://github.com/Kong/kong/blob/3.9.1/kong/db/schema/init.lua.",
    );
  });

  it("covers what goes and what comes where a type is replaced", () => {
    const replaced = single(
      `{ n = { type = "record", fields = { { a = { type = "string", required = true } } } } }`,
      `{ n = { type = "map", keys = { type = "string" }, values = { type = "record", fields = { { b = { type = "string" } } } } } }`,
    );
    expect(replaced.change.kind).toBe("record-became-map");
    expect(replaced.covers.map(({ path, row, officialPath }) => [showPath(path), row, officialPath])).toEqual([
      ["config.n.a", "removed", "cp-dp-sync"],
      ["config.n{}.b", "added", "short"],
    ]);
  });
});

describe("what is not visible here", () => {
  it("has no column, and the strictest path that its row can have", () => {
    expect(single("", `{ n = require("m").field }`)).toMatchObject({
      row: "added",
      column: null,
      officialPath: null,
      provenPath: "unknown",
      path: "cp-dp-sync",
    });
    expect(single(`{ n = require("m").field }`, "")).toMatchObject({
      row: "removed",
      column: null,
      officialPath: null,
      path: "cp-dp-sync",
    });
  });

  it("has an official path where all its columns have the same", () => {
    expect(single("", `{ n = { type = "string", default = require("m").x } }`)).toMatchObject({
      column: null,
      officialPath: "short",
    });
    expect(single("", `{ n = { type = "string", required = true, default = require("m").x } }`)).toMatchObject({
      column: null,
      officialPath: null,
    });
  });
});

describe("where the table is silent", () => {
  it.each([
    [
      "an optional parameter became required",
      `{ n = { type = "string" } }`,
      `{ n = { type = "string", required = true } }`,
      "long",
    ],
    [
      "a required parameter became optional",
      `{ n = { type = "string", required = true } }`,
      `{ n = { type = "string" } }`,
      "short",
    ],
    ["a constraint is tighter", `{ n = { type = "integer", gt = 0 } }`, `{ n = { type = "integer", gt = 9 } }`, "long"],
    ["a constraint is looser", `{ n = { type = "integer", gt = 9 } }`, `{ n = { type = "integer", gt = 0 } }`, "short"],
    [
      "a constraint is another one",
      `{ n = { type = "string", match = "a" } }`,
      `{ n = { type = "string", match = "b" } }`,
      "long",
    ],
    [
      "a constraint of a required parameter is another one",
      `{ n = { type = "string", required = true, match = "^a" } }`,
      `{ n = { type = "string", required = true, match = "^b" } }`,
      "cp-dp-sync",
    ],
    [
      "a default is another one",
      `{ n = { type = "integer", default = 1 } }`,
      `{ n = { type = "integer", default = 2 } }`,
      "short",
    ],
    [
      "a required parameter has no default any more",
      `{ n = { type = "integer", required = true, default = 1 } }`,
      `{ n = { type = "integer", required = true } }`,
      "short",
    ],
    [
      "a vault reference is no longer taken",
      `{ n = { type = "string", referenceable = true } }`,
      `{ n = { type = "string" } }`,
      "short",
    ],
    [
      "a vault reference is no longer taken, and does not pass the validators",
      `{ n = { type = "string", referenceable = true, len_max = 5 } }`,
      `{ n = { type = "string", len_max = 5 } }`,
      "long",
    ],
  ] as const)("has no official path and a proven one: %s", (_, old, now, path) => {
    expect(single(old, now)).toMatchObject({
      row: null,
      column: null,
      officialPath: null,
      path,
      documentedNonBreaking: false,
    });
  });
});

describe("what to plan with", () => {
  const old = schema("");
  const now = schema(`{ n = { type = "string", required = true } }`);

  it.each([
    [undefined, "cp-dp-sync"],
    ["official", "long"],
    ["proven", "cp-dp-sync"],
    ["table", "long"],
  ] as const)("is, trusting %s, %s for a required parameter without a default", (trust, path) => {
    const [added] = classifyChanges(old, now, diffSchemas(old, now), { trust });
    const provenPath = trust === "table" ? "unknown" : "cp-dp-sync";
    expect(added).toMatchObject({ officialPath: "long", provenPath, path });
  });

  it("is the proven path in any case where the table is silent", () => {
    const before = schema(`{ n = { type = "integer", gt = 0 } }`);
    const after = schema(`{ n = { type = "integer", gt = 9 } }`);
    const [tighter] = classifyChanges(before, after, diffSchemas(before, after), { trust: "official" });
    expect(tighter).toMatchObject({ officialPath: null, provenPath: "long", path: "long" });
  });

  it("is what changes of the kind ask for at worst where the table is silent and nobody asks the engine", () => {
    const before = schema(`{ n = { type = "integer", gt = 0 } }`);
    const after = schema(`{ n = { type = "integer", gt = 0, one_of = { 1, 2 } } }`);
    const [narrower] = classifyChanges(before, after, diffSchemas(before, after), { trust: "table" });
    expect(narrower).toMatchObject({
      officialPath: null,
      path: "long",
      proof: { path: "unknown", freeze: "none", argument: { by: "not-asked" } },
      reason:
        "one_of of config.n was added: { 1, 2 }, so fewer values pass. Kong's table has no row for this. An instance whose value no longer passes must be edited before a data plane node gets the new schema; a value that passes now passes under the old schema too.",
    });
  });
});

describe("a move that keeps the old name as a shorthand", () => {
  function moved(oldType: string, shorthandType: string, newType: string): UpdatePath | undefined {
    const func = `func = function(value) return { new = value } end`;
    const replaced = `deprecation = { message = "m", removal_in_version = "4.0", replaced_with = { { path = { "new" } } } }`;
    const old = schema(`{ old = { type = "${oldType}" } }`);
    const now = schema(
      `{ new = { type = "${newType}" } }`,
      `shorthand_fields = { { old = { type = "${shorthandType}", ${func}, ${replaced} } } }`,
    );
    const [move, ...others] = classifyChanges(old, now, diffSchemas(old, now), { trust: "table" });
    expect([move?.change.kind, others]).toEqual(["field-renamed", []]);
    return move?.path;
  }

  it.each([
    ["integer", "integer", "integer", "short"],
    ["integer", "number", "number", "short"],
    ["string", "string", "integer", "short"],
    ["number", "integer", "integer", "cp-dp-sync"],
    ["string", "integer", "integer", "cp-dp-sync"],
  ] as const)(
    "is, from %s by a shorthand of %s to %s and without a proof, %s",
    (oldType, shorthandType, newType, path) => {
      expect(moved(oldType, shorthandType, newType)).toBe(path);
    },
  );
});

describe("the positions of a change", () => {
  it("are where the parameter stands, the old side first", () => {
    const same = `{ a = { type = "string" } },`;
    expect(
      single(`${same}\n  { n = { type = "string" } }`, `  { n = { type = "integer" } },\n${same}`).positions,
    ).toEqual([
      { side: "old", file: "schema.lua", line: 4, column: 5 },
      { side: "new", file: "schema.lua", line: 3, column: 5 },
    ]);
    expect(single("", `{ n = { type = "string" } }`).positions).toEqual([
      { side: "new", file: "schema.lua", line: 3, column: 3 },
    ]);
    expect(single(`{ n = { type = "string" } }`, "").positions).toEqual([
      { side: "old", file: "schema.lua", line: 3, column: 3 },
    ]);
  });

  it("are where the plugin's name stands", () => {
    const named = (name: string) =>
      readSchema(
        `local here\nreturn {\n  name = "${name}", fields = { { config = { type = "record", fields = {} } } } }`,
      );
    const [old, now] = [named("a"), named("b")];
    const [renamed] = classifyChanges(old, now, diffSchemas(old, now));
    expect(renamed?.positions).toEqual([
      { side: "old", file: "schema.lua", line: 3, column: 3 },
      { side: "new", file: "schema.lua", line: 3, column: 3 },
    ]);
  });

  it("are where a function and an entity check stand", () => {
    const validator = (body: string) => `{ n = {\n type = "string",\n custom_validator = function() ${body} end } }`;
    expect(single(validator("return true"), validator("return false")).positions).toEqual([
      { side: "old", file: "schema.lua", line: 5, column: 21 },
      { side: "new", file: "schema.lua", line: 5, column: 21 },
    ]);
    const [check] = classify(
      `{ a = { type = "string" } }`,
      `{ a = { type = "string" } }`,
      "",
      `entity_checks = {\n { at_least_one_of = { "a" } } }`,
    );
    expect(check?.positions).toEqual([{ side: "new", file: "schema.lua", line: 5, column: 2 }]);
  });
});

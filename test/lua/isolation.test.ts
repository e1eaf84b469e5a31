import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { readSchema } from "../../src/schema/read.js";
import { validateConfig } from "../../src/schema/validate-config.js";
import { problemOf, run, valueOf } from "./evaluate-lua.js";

/** What a schema sees of its surroundings. */
const look = `
  local typedefs = require "kong.db.schema.typedefs"
  local rand = require "kong.tools.rand"
  return {
    ("x"):upper(), string.rep("a", 2), tostring(1), type({}), typedefs.port, typedefs.host.type, left_behind, math.random(1000),
    rand.random_string(), require("cjson").encode({ 1 }), ngx.null, rawget(_G, "string") == string, #("abc"), next({}) == nil,
    getmetatable("").__index == string, coroutine.isyieldable(), bit.bor(1, 2),
  }`;

const poisons = [
  "left_behind = 'something'",
  "string.upper, string.rep, tostring, type, next, rawget = nil, nil, nil, nil, nil, nil",
  "getmetatable('').__index = function() return function() return 'poisoned' end end",
  "setmetatable(_G, { __index = function() return 'poisoned' end })",
  "local t = require 'kong.db.schema.typedefs'; t.port.between[1] = 7; t.host.type = 'poisoned'; t.sni = nil",
  "local m = getmetatable(require 'kong.db.schema.typedefs'); m.__index = function() return 'poisoned' end",
  "getmetatable(require('kong.db.schema.typedefs').port).__call = function() return 'poisoned' end",
  "math.randomseed(7); for i = 1, 9 do math.random() end; require('kong.tools.rand').random_string()",
  "require('cjson').encode = nil; require('cjson').null = 1; ngx.null = 2; kong.log = nil",
  "table.insert(string, 'x'); bit.bor = bit.band; coroutine.wrap = nil",
];

describe("one schema", () => {
  it.each(poisons)("cannot change what the next one sees: %s", (poison) => {
    const before = valueOf(look);
    try {
      run(poison);
    } catch {
      // an error of the schema's own is none of the next one's business
    }
    expect(valueOf(look)).toEqual(before);
  });

  it("cannot change the typedefs of another that is in use", () => {
    const source = (poison: string) => `
      local typedefs = require "kong.db.schema.typedefs"
      ${poison}
      return { name = "p", fields = { { config = { type = "record", fields = { { port = typedefs.port } } } } } }`;
    const schema = readSchema(source(""));
    readSchema(source("typedefs.port.between[1] = 9000"));
    expect(validateConfig(schema, { port: 80 }, { role: "control_plane" }).verdict).toBe("accepted");
  });
});

describe("nothing of a schema", () => {
  const names = [
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "__defineGetter__",
    "prototype",
    "then",
    "toJSON",
  ];
  const source = `return { name = "p", fields = { { config = { type = "record", fields = {
    ${names.map((name) => `{ ["${name}"] = { type = "map", keys = { type = "string" }, values = { type = "string" }, default = { ["${name}"] = "own", a = "b" } } },`).join("\n")}
  } } } }, ["__proto__"] = nil }`;

  it("touches a prototype", () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const schema = readSchema(source);
    const answer = validateConfig(schema, {}, { role: "control_plane" });
    expect(answer.verdict).toBe("accepted");
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect(Object.getOwnPropertyDescriptor(Object.prototype, "polluted")).toBeUndefined();
  });

  it("is more than an own property of plain data, whatever its name", () => {
    const schema = readSchema(source);
    const [config] = schema.fields;
    const fields = config?.field.type === "record" ? config.field.fields : [];
    expect(fields.map(({ name }) => name)).toEqual(names);
    for (const { name, field } of fields) {
      expect(Object.getPrototypeOf(field.default)).toBe(Object.prototype);
      expect(Object.entries(field.default ?? {})).toEqual([
        [name, "own"],
        ["a", "b"],
      ]);
    }
    expect(structuredClone(schema)).toEqual(schema);
  });

  it("is a getter, a function or an instance of a class, and all of it is frozen", () => {
    const schema = readSchema(source);
    const seen = new Set<unknown>();
    const walk = (data: unknown): void => {
      expect(typeof data).not.toBe("function");
      if (typeof data !== "object" || data === null || seen.has(data)) return;
      seen.add(data);
      expect(Object.isFrozen(data)).toBe(true);
      expect([Object.prototype, Array.prototype]).toContain(Object.getPrototypeOf(data));
      for (const descriptor of Object.values(Object.getOwnPropertyDescriptors(data))) {
        expect("value" in descriptor).toBe(true);
        walk(descriptor.value);
      }
    };
    walk(schema);
    expect(seen.size).toBeGreaterThan(50);
  });
});

describe("readSchema", () => {
  const schema = `return { name = "p", fields = { { config = { type = "record", fields = { { a = { type = "string" } } } } } } }`;

  it.each([undefined, null, 7, {}, [], Symbol("x"), () => "return 1", Buffer.from(schema), new String(schema)])(
    "refuses a source that is no text: %s",
    (source) => {
      expect(problemOf(() => readSchema(source as string)).code).toBe("source-not-text");
    },
  );

  it.each([
    ["null", null],
    ["a text", "x"],
    ["a list", []],
    ["a filename that is no text", { filename: 7 }],
    ["a plugin name that is no text", { pluginName: {} }],
    ["an unknown version", { gatewayVersion: "latest" }],
    ["an unknown edition", { edition: "community" }],
    ["modules that are no object", { modules: "x" }],
    ["a module that is no text", { modules: { m: 7 } }],
    ["an unknown limit", { limits: { seconds: 1 } }],
    ["a limit that is no number", { limits: { instructions: "many" } }],
    ["a negative limit", { limits: { instructions: -1 } }],
    ["a limit that is not a number", { limits: { instructions: Number.NaN } }],
    [
      "a getter that throws",
      {
        get filename(): string {
          throw new Error("no");
        },
      },
    ],
  ])("refuses options that are wrong: %s", (_, options) => {
    expect(problemOf(() => readSchema(schema, options as object)).code).toBe("option-invalid");
  });

  it("keeps the options that it knows, leaves the caller's alone, and passes over others", () => {
    const options = {
      filename: "s.lua",
      edition: "oss",
      modules: { m: "return 1" },
      limits: {},
      extra: () => 1,
    } as const;
    expect(readSchema(schema, options).options).toEqual({
      filename: "s.lua",
      edition: "oss",
      modules: { m: "return 1" },
      limits: {},
    });
    expect(Object.isFrozen(options.modules)).toBe(false);
  });

  it("works on sources and options of another realm", () => {
    const options = runInContext("({ modules: { m: 'return 1' } })", createContext({})) as object;
    expect(readSchema(schema, options).name).toBe("p");
  });
});

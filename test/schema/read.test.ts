import { describe, expect, it } from "vitest";
import { SchemaError } from "../../src/errors.js";
import { readSchema } from "../../src/schema/read.js";
import { problemOf } from "../lua/evaluate-lua.js";

describe("a source with no Lua in it", () => {
  it.each([
    ["nothing", ""],
    ["blanks", " \t\r\n\n"],
    ["a byte order mark", "\uFEFF"],
    ["a byte order mark and a line end", "\uFEFF\r\n"],
    ["comments", "-- return {}\n--[==[ return {}\n ]==] --"],
  ])("is refused as empty, with its place: %s", (_, source) => {
    expect(problemOf(() => readSchema(source))).toEqual({
      code: "source-empty",
      line: 1,
      message: "the source is empty: there is no Lua in it",
    });
  });

  it("is named in the error", () => {
    expect.assertions(1);
    try {
      readSchema("", { filename: "plugins/a/schema.lua" });
    } catch (error) {
      expect(error).toMatchObject({ position: { file: "plugins/a/schema.lua", line: 1, column: 1 } });
    }
  });

  it.each([
    ["a comment without end", "--[[ return {}", "lua-syntax"],
    ["a statement", "local schema = {}", "schema-not-a-table"],
    ["nil", "return nil -- yet", "schema-not-a-table"],
  ])("is not one with %s", (_, source, code) => {
    expect(problemOf(() => readSchema(source))).toMatchObject({ code, line: 1 });
  });
});

describe("a source that returns no schema", () => {
  it("is refused where it returns, or where it begins", () => {
    const first = "\uFEFFlocal schema = {}\n\n";
    expect(
      [`${first}return nil`, `${first}return function() return schema end`, `${first}schema.name = "p"`].map((source) =>
        problemOf(() => readSchema(source)),
      ),
    ).toEqual([
      { code: "schema-not-a-table", line: 3, message: "the source returns nothing (nil), not a table" },
      { code: "schema-not-a-table", line: 3, message: "the source returns a function, not a table" },
      { code: "schema-not-a-table", line: 1, message: "the source returns nothing (nil), not a table" },
    ]);
  });
});

describe("a schema in the format of before Kong 1.0", () => {
  it.each([
    ["parameters by name", "return { fields = { ttl = { type = 'number' } } }"],
    ["and what stood beside them", "return { no_consumer = true, fields = {} }"],
    ["and a check of its own", "return { fields = {}, self_check = function() return true end }"],
  ])("is said to be one: %s", (_, source) => {
    const { code, message } = problemOf(() => readSchema(source));
    expect([code, message.split("; ", 1)]).toEqual([
      "schema-legacy",
      ["the schema has the format of before Kong 1.0, where `fields` named the parameters itself"],
    ]);
  });

  it("is not one that only names its config instead of listing it", () => {
    const source = "return { name = 'p', fields = { config = { type = 'record', fields = {} } } }";
    expect(problemOf(() => readSchema(source)).code).toBe("schema-refused");
  });
});

describe("a schema that is read under another name than its own", () => {
  it("says whose instances are meant", () => {
    const source = `return { name = "p", fields = { { config = { type = "record", fields = {} } } } }`;
    expect(readSchema(source, { pluginName: "p" }).findings).toEqual([]);
    expect(readSchema(source, { pluginName: "q" }).findings).toEqual([
      {
        id: "name-differs",
        severity: "warning",
        message:
          "the schema is called p and is read as the plugin q: instances of q are taken to be its instances, and those of p are not",
        position: { file: "schema.lua", line: 1, column: 10 },
      },
    ]);
  });
});

describe("a schema with an attribute that another release knows", () => {
  it.each([
    [
      "3.9.1",
      `{ a = { type = "string", translate_backwards = { "b" } } }`,
      "translate_backwards: Kong Gateway 3.6 to before 3.9",
    ],
    [
      "3.6",
      `{ a = { type = "string", deprecation = { message = "m", removal_in_version = "4.0" } } }`,
      "deprecation: Kong Gateway 3.7 and later",
    ],
    ["3.9.1", `{ a = { type = "string", legacy = true, no_such = 1 } }`, "legacy: Kong Gateway before 3.0"],
  ])("is refused under %s with the releases that know it: %s", (gatewayVersion, field, releases) => {
    expect.assertions(1);
    const isShorthand = field.includes("translate");
    const list = isShorthand ? `fields = {}, shorthand_fields = { ${field} }` : `fields = { ${field} }`;
    try {
      readSchema(`return { name = "p", fields = { { config = { type = "record", ${list} } } } }`, { gatewayVersion });
    } catch (error) {
      expect(error).toMatchObject({
        code: "schema-refused",
        nextStep: expect.stringContaining(`For a schema of another release (${releases}) name it`) as string,
      });
    }
  });
});

describe("a numeral", () => {
  it("may be binary, as in LuaJIT, and is no FFI number", () => {
    const source = (number: string) =>
      `return { name = "p", fields = { { config = { type = "record", fields = { { a = { type = "integer", default = ${number} } } } } } } }`;
    const [config] = readSchema(source("0b101")).fields;
    expect(config?.field.type === "record" && config.field.fields[0]?.field.default).toBe(5);
    expect(problemOf(() => readSchema(`\n${source("5ULL")}`))).toEqual({
      code: "lua-syntax",
      line: 2,
      message: "5ULL is a number of LuaJIT's FFI, which a schema does not get here",
    });
  });
});

describe("a schema of which the outside is not visible", () => {
  const source = (name: string, field = "") =>
    `local hidden = require "my.constants"\nreturn { name = ${name}, fields = { ${field} { config = { type = "record", fields = {} } } } }`;

  it("has the name under which it is read, or says where its own comes from", () => {
    expect(readSchema(source("hidden.NAME"), { pluginName: "p" }).name).toBe("p");
    expect(problemOf(() => readSchema(source("hidden.NAME")))).toEqual({
      code: "schema-refused",
      line: 2,
      message: "the plugin's name is my.constants.NAME, which is not visible here",
    });
  });

  it("has fields whose names are not visible, told apart by what they are", () => {
    const fieldsOf = (type: string) => {
      const [field] = readSchema(
        `local hidden = require "my.constants"
        return { name = "p", fields = { { config = { type = "record", fields = { { [hidden.FIELD] = { type = "${type}" } } } } } } }`,
      ).fields;
      return field?.field.type === "record" ? field.field.fields.map(({ name }) => name) : [];
    };
    expect(["string", "number"].flatMap(fieldsOf)).toEqual([
      `([my.constants.FIELD] = {"type":"string"})`,
      `([my.constants.FIELD] = {"type":"number"})`,
    ]);
    const [first] = fieldsOf(`string", custom_validator = function(v) return v ~= "" end, err = "no`);
    const [moved] = fieldsOf(`string", \n\n custom_validator = function(v) return v ~= "" end, err = "no`);
    expect(moved).toBe(first);
  });

  it("says in its findings what is not visible, why, and what hangs on it", () => {
    const text = `local hidden = require "my.constants"
      local broken = require "my.broken"
      return { name = "p", fields = { { config = { type = "record", fields = { { a = { type = "string", required = hidden.on == true } } } } } } }`;
    const modules = { "my.broken": "local x = nil\nreturn x.y" };
    expect(readSchema(text, { modules }).findings).toEqual([
      {
        id: "opaque-module",
        severity: "note",
        message:
          "what comes from module my.constants is not visible here: give its source (option `modules`, on the command line --module-path) to have it compared",
        position: { line: 1, column: 1 },
      },
      {
        id: "broken-module",
        severity: "warning",
        message:
          "the source that was given for module my.broken cannot be run here, so what comes from it is not visible: attempt to index a nil value (local 'x')",
        position: { file: "my.broken.lua", line: 2, column: 1 },
      },
      {
        id: "opaque-decision",
        severity: "warning",
        message:
          "which way the schema goes here hangs on my.constants.on, which is not visible: it was read as if that were true and equal to nothing, and what Kong makes of it otherwise is not compared; give the module's source",
        position: { file: "schema.lua", line: 3, column: 1 },
      },
    ]);
  });

  it.each([
    ["fails", `for index = hidden.FIRST, 3 do error(index) end return {}`],
    ["never ends", `while hidden.next() do end return {}`],
  ])("asks for the module where the source %s without it", (_, rest) => {
    expect.assertions(1);
    try {
      readSchema(`local hidden = require "my.constants"\n${rest}`);
    } catch (error) {
      expect(error).toMatchObject({
        nextStep:
          "The source works with module my.constants, which is not visible here: give the source (option `modules`, on the command line --module-path). If it fails all the same, Kong's LuaJIT shows the same error.",
      });
    }
  });

  it.each([
    ["a field", source(`"p"`, `{ [hidden.FIELD] = { type = "string" } },`)],
    ["a key of the schema", `return { [coroutine.running()] = 1, 2 }`],
    ["a key of a field", source(`"p"`, `{ consumer = { [hidden] = 1, type = "foreign", reference = "consumers" } },`)],
    ["an entity", source(`"p"`, `{ consumer = { type = "foreign", reference = hidden.ENTITY } },`)],
  ])("is read, or refused with a code: %s", (_, text) => {
    expect(["read", "schema-refused"]).toContain(codeOf(text));
  });

  function codeOf(text: string): unknown {
    try {
      readSchema(text);
      return "read";
    } catch (error) {
      return error instanceof SchemaError ? error.code : error;
    }
  }
});

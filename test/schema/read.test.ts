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

import { describe, expect, it } from "vitest";
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

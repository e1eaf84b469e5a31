import { describe, expect, it } from "vitest";
import { readLuaFacts } from "../../src/lua/static/facts.js";
import { problemOf, run, valueOf } from "./evaluate-lua.js";

/** What a LuaJIT answers that is built as Kong builds it, with LUAJIT_ENABLE_LUA52COMPAT; none of it is in an ordinary one. */
describe("the Lua of Kong's LuaJIT", () => {
  it.each([
    ["a call on another line", "local f = function(x) return x end\nreturn f\n(1)", 1],
    [
      "a call of what a text of many lines gives",
      "local f = function() return string.len end\nreturn f[[\n\n]]('x')",
      1,
    ],
    ["a method of such a text", "return ([[\na\n]]):len()", 2],
    ["statements without any word", ";;; local a = 1;; return a;", 1],
    ["something behind a break", "for i = 1, 2 do break; local a end return 1", 1],
    ["labels of one name in two blocks", "do goto a ::a:: do goto a ::a:: end end return 1", 1],
    ["escapes of newer Lua", String.raw`return #"\u{20AC}\x41\z    b"`, 5],
  ])("has %s", (_, source, value) => {
    expect(valueOf(`return { (function() ${source} end)() }`)).toEqual([value]);
    expect(readLuaFacts(source).comments).toEqual([]);
  });

  it.each([
    ["return 7 // 2", "//", 10],
    ["return (1) & 2", "&", 12],
    ["local a = 1 | 2", "|", 13],
    ["local a = 1 ~ 2", "~", 13],
    ["local a = ~2", "~", 11],
    ["local a = 1 << 2", "<<", 13],
    ["local a = f() >> 2 >> 3", ">>", 15],
  ])("has no operator of newer Lua: %s", (source, operator, column) => {
    for (const read of [run, readLuaFacts]) {
      expect(() => read(source)).toThrow(
        expect.objectContaining({
          code: "lua-not-luajit",
          message: `LuaJIT has no operator \`${operator}\`: it is of a newer Lua`,
        }),
      );
    }
    expect(positionOf(() => run(source))).toMatchObject({ line: 1, column });
  });

  it.each([
    ["a name that is a word of the language", "local goto = 1"],
    ["a semicolon behind the end", "return 1;;"],
    ["an unknown escape", String.raw`return "\q"`],
    ["a break outside of a loop", "break"],
    ["one label twice", "::a:: ::a::"],
    ["an attribute", "local a <const> = 1"],
  ])("refuses %s", (_, source) => {
    expect(problemOf(() => readLuaFacts(source)).code).toBe("lua-syntax");
    expect(problemOf(() => run(source)).code).toBe("lua-syntax");
  });

  it("has the numerals of FFI", () => {
    expect(readLuaFacts("local a = { 10LL, 0xFFULL, 1i, 0x7fll, 5ull } return {}").requires).toEqual([]);
  });
});

describe("positions", () => {
  it("are right behind comments and indentation, which Lua does not see", () => {
    const source = "--first\n  local a = 1--[[long\n ]]local b--c\n\t  --d\r\n   --e\r  error(--f\n   'x')";
    expect(() => run(source)).toThrow(
      expect.objectContaining({ position: { file: "schema.lua", line: 6, column: 1 } }),
    );
    expect(valueOf("return--a\n  {--b\n  1--c\n  ,--d\n\t2}--e")).toEqual([1, 2]);
  });

  it("are right behind calls on other lines and texts of many lines", () => {
    const source = [
      "local f = function() return function(t) return t end end",
      "local made = f [[",
      "",
      "]] {",
      "  a = 1,",
      "}",
      "local more = f",
      "  ()",
      "  { b = 2 }",
      "return { made, more }",
    ].join("\r\n");
    expect(run(source).value).toMatchObject({
      entries: [
        { value: { position: { line: 4, column: 4 }, entries: [{ key: "a", position: { line: 5, column: 3 } }] } },
        { value: { position: { line: 9, column: 3 }, entries: [{ key: "b", position: { line: 9, column: 5 } }] } },
      ],
    });
  });
});

function positionOf(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error instanceof Error && "position" in error ? error.position : error;
  }
}

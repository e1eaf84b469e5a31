import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LuaFunctionValue, LuaTable } from "../../src/lua/value.js";
import { run } from "./evaluate-lua.js";

/** The digests of the functions in a list that a source returns, or of the one function. */
function digests(source: string): readonly string[] {
  const { value } = run(source);
  const items = value instanceof LuaTable ? value.entries.map((entry) => entry.value) : [value];
  return items.map((item) => (item instanceof LuaFunctionValue ? item.digest : "no function"));
}

function digest(source: string): string {
  return digests(source)[0] ?? "";
}

describe("a function's digest", () => {
  const plain = digest("return function(value) return value ~= 'x' or nil, 'bad' end");

  it("does not hang on white space, comments, numbers' places or the rest of the source", () => {
    const written = [
      "return function ( value )\n  return value ~= 'x'\n    or nil, 'bad'\nend",
      "-- what it does\nreturn function(value) --[[ why ]] return value ~= 'x' or nil, 'bad' --[==[ long ]==] end",
      "local other = { 1, 2 }\nlocal function unused() return other end\nreturn function(value)\r\nreturn value ~= 'x' or nil, 'bad' end",
    ];
    expect(written.map(digest)).toEqual(written.map(() => plain));
  });

  it("does not hang on what the function is called", () => {
    const written = [
      "local function check(value) return value ~= 'x' or nil, 'bad' end return check",
      "local M = {} function M.check(value) return value ~= 'x' or nil, 'bad' end return M.check",
      "local check check = function(value) return value ~= 'x' or nil, 'bad' end return check",
      "function check --[[ ( ]] (value) return value ~= 'x' or nil, 'bad' end return check",
    ];
    expect(written.map(digest)).toEqual(written.map(() => plain));
    const method = "local M = {} function M:check(value) return value ~= 'x' or nil, 'bad' end return M.check";
    expect(digest(method)).not.toBe(plain);
    expect(digest(method.replace("M:check", "M:other").replace("M.check", "M.other"))).toBe(digest(method));
    expect(digest("return load('return (1)')")).not.toBe(digest("return load('return 2, (1)')"));
  });

  it("hangs on each token", () => {
    const others = [
      "return function(value) return value ~= 'y' or nil, 'bad' end",
      "return function(value) return value ~= \"x\" or nil, 'bad' end",
      "return function(values) return values ~= 'x' or nil, 'bad' end",
      "return function(value) return value ~= 'x ' or nil, 'bad' end",
      "return function(value) return value ~= 'x' or nil, 'bad', nil end",
    ];
    expect(new Set([plain, ...others.map(digest)]).size).toBe(6);
  });

  it("hangs on the values that it takes from outside", () => {
    const withLimit = (value: string) => digest(`local limit = ${value} return function(n) return n < limit end`);
    const values = [
      "1",
      "2",
      "'1'",
      "true",
      "nil",
      "-0",
      "0",
      "{ 1 }",
      "{ 2 }",
      "{ 1, 1 }",
      "{ a = { 1 } }",
      "ngx.null",
      "string.rep",
      "string.sub",
      "require('m').a",
      "require('m').b",
      "function() return 1 end",
      "function() return 2 end",
      "ngx.encode_base64",
      "ngx.decode_base64",
      "'\\1\\17'",
      "'\\17\\1'",
      "setmetatable({ 1 }, { __index = { 2 } })",
    ];
    expect(new Set(values.map(withLimit)).size).toBe(values.length);
    expect(withLimit("1 + 1")).toBe(withLimit("2"));
    expect(withLimit("{ a = 1, b = 2 }")).toBe(withLimit("{ b = 2, a = 1 }"));
    expect(withLimit("(function() local t = {} t.b = 2 t.a = 1 return t end)()")).toBe(withLimit("{ a = 1, b = 2 }"));
  });

  it("hangs on what a value is when the source ends, not when the function is made", () => {
    const [first, second] = digests(
      "local n = 1 local f = function() return n end local g = function() return n  end n = 2 return { f, g }",
    );
    expect(first).toBe(second);
    expect(first).toBe(digest("local n = 2 return function() return n end"));
  });

  it("hangs on helper functions of the source, local or global, and on those that they call", () => {
    const text = (factor: number, scope: string) =>
      `${scope} function third(x) return x * ${factor} end\n${scope} function second(x) return third(x) end\nreturn function(x) return second(x) end`;
    for (const scope of ["local", ""]) {
      expect(digest(text(2, scope))).not.toBe(digest(text(3, scope)));
      expect(digest(text(2, scope))).toBe(digest(text(2, scope).replaceAll(" * ", "*")));
    }
  });

  it("hangs on the globals that it names, where the source has changed them, and on no others", () => {
    const text = "return function(x) return tostring(x) end";
    expect(digest(`unused = 1 ${text}`)).toBe(digest(text));
    expect(digest(`tostring = tonumber ${text}`)).not.toBe(digest(text));
    expect(digest(`${text.replace("return", "local f =")} setfenv(f, { tostring = tonumber }) return f`)).not.toBe(
      digest(text),
    );
  });

  it("is the same for functions that hold each other, wherever one begins", () => {
    const text = (n: number) => `
      local a, b
      function a(x) return x == 0 and ${n} or b(x - 1) end
      function b(x) return x == 0 or a(x - 1) end
      local M = { a = a, b = b }
      M.c = function() return M.a, M.b, M end
      return { a, b, M.c }`;
    const [first, second] = [digests(text(1)), digests(text(1).replaceAll("  ", "\t"))];
    expect(first).toEqual(second);
    expect(new Set(first).size).toBe(3);
    const other = digests(text(2));
    expect(first.map((one, at) => one === other[at])).toEqual([false, false, false]);
  });

  it("is made in a time that grows with the source, not with the ways through it", () => {
    const layers = Array.from(
      { length: 60 },
      (_, at) => `local f${at + 1} = function() return f${at}, f${at}, { f${at}, f${at} } end`,
    );
    const ladder = `local f0 = function() end ${layers.join(" ")} return f60`;
    const knot = `local M = {} ${Array.from({ length: 40 }, (_, at) => `M.f${at} = function() return M, M.f${(at * 7) % 40} end`).join(" ")} return M.f0`;
    const used = [ladder, knot].map((text) => run(text).usage().instructions);
    expect(Math.max(...used)).toBeLessThan(100_000);
  });

  it("survives any change of layout", () => {
    const tokens = [
      "function",
      "(",
      "a",
      ",",
      "...",
      ")",
      "local",
      "b",
      "=",
      "a",
      "..",
      "'--[[ no comment'",
      "..",
      "[==[ ] ]==]",
      "if",
      "not",
      "b",
      "then",
      "return",
      "-",
      "1",
      "end",
      "return",
      "{",
      "b",
      ";",
      "[",
      "1",
      "]",
      "=",
      "0x10",
      "}",
      ",",
      "...",
      "end",
    ];
    const gap = fc.constantFrom(" ", "\n", "\t", "\r\n", " --x\n", " --[[y]] ", " --[=[\n]=]", " \n\n ");
    const expected = digest(`return ${tokens.join(" ")}`);
    fc.assert(
      fc.property(fc.array(gap, { minLength: tokens.length, maxLength: tokens.length }), (gaps) => {
        expect(digest(`return ${tokens.map((token, at) => token + (gaps[at] ?? " ")).join("")}`)).toBe(expected);
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  it("tells all simple values of an upvalue apart", () => {
    const leaf = fc.oneof(
      fc.integer({ min: -9, max: 9 }).map(String),
      fc.constantFrom("true", "false", "nil", "'a'", "'b'", "''", "ngx.null"),
    );
    const { value } = fc.letrec<{ value: string }>((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        leaf,
        fc
          .array(tie("value"), { maxLength: 3 })
          .map((items) => `{ ${items.map((item, at) => `k${at} = ${item}`).join(", ")} }`),
      ),
    }));
    const of = (text: string) => digest(`local v = ${text} return function() return v end`);
    const withoutNil = (text: string) =>
      text
        .replaceAll(/k\d+ = nil,? ?/g, "")
        .replaceAll(", }", " }")
        .replaceAll("{  }", "{ }")
        .replaceAll("-0", "0");
    fc.assert(
      fc.property(value, value, (a, b) => {
        if (withoutNil(a) === withoutNil(b)) return;
        expect(of(a)).not.toBe(of(b));
      }),
      { seed: 8, numRuns: 200 },
    );
  });
});

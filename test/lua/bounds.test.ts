import { describe, expect, it } from "vitest";
import { defaultLimits, type Limits } from "../../src/lua/limits.js";
import { problemOf, run, valueOf } from "./evaluate-lua.js";

/** For each bound, a source that passes it, and the code and line of the error. */
const passed: Record<keyof Limits, { source: string; limit: number; code: string; line: number }> = {
  sourceBytes: { source: "return 'a long text'", limit: 10, code: "limit-source-size", line: 1 },
  sourceDepth: { source: "return\n{ { { 1 } } }", limit: 2, code: "limit-source-depth", line: 2 },
  instructions: {
    source: "local n = 0\nfor i = 1, 1000 do\n  n = n + i\nend",
    limit: 900,
    code: "limit-instructions",
    line: 2,
  },
  memoryBytes: {
    source: "local t = {}\nfor i = 1, 1000 do t[i] = {} end",
    limit: 50_000,
    code: "limit-memory",
    line: 2,
  },
  stringBytes: { source: "local s = 'abc'\ns = s .. s\nreturn s .. s", limit: 10, code: "limit-string", line: 3 },
  stackSlots: {
    source: "local function f()\n  return 1 + f()\nend\nf()",
    limit: 100,
    code: "limit-recursion",
    line: 2,
  },
  tableEntries: { source: "return {\n  { 1, 2, 3 } }", limit: 2, code: "limit-table", line: 2 },
  dataDepth: { source: "return { {\n  { 1 } } }", limit: 2, code: "limit-data-depth", line: 2 },
  dataNodes: { source: "local t = { 1, 2, 3 }\nreturn { t, t }", limit: 8, code: "limit-data-size", line: 1 },
};

describe("a bound", () => {
  it.each(Object.entries(passed))(
    "on %s refuses what passes it, with the place",
    (name, { source, limit, code, line }) => {
      expect(problemOf(() => run(source, { limits: { [name]: limit } }))).toMatchObject({ code, line });
      expect(() => run(source, { limits: { ...defaultLimits } })).not.toThrow(code);
    },
  );

  it("counts exactly: one step less is too little", () => {
    const source = "local t = {} for i = 1, 50 do if i % 2 == 0 then t[#t + 1] = ('x'):rep(i) end end return #t";
    const { instructions, memoryBytes } = run(source).usage();
    expect(valueOf(source, { limits: { instructions, memoryBytes } })).toBe(25);
    expect(problemOf(() => run(source, { limits: { instructions: instructions - 1 } })).code).toBe(
      "limit-instructions",
    );
    expect(problemOf(() => run(source, { limits: { memoryBytes: memoryBytes - 1 } })).code).toBe("limit-memory");
  });

  it("counts what is run, not what stands there", () => {
    const skipped = `local function f(x) if x then return 1 end ${"x = x + 1 ".repeat(500)} end`;
    const compiled = run(skipped).usage().instructions;
    const used = run(`${skipped} for i = 1, 100 do f(true) end`).usage().instructions;
    expect(used - compiled).toBeLessThan(5000);
  });

  it("cannot be got around by raising errors in a loop", () => {
    const source = `
      local function f(t) for i = 1, 10 do if i > 5 then return t.x.y end end ${"local a = 1 ".repeat(50)} end
      while true do pcall(f) pcall(f, {}) end`;
    expect(problemOf(() => run(source, { limits: { instructions: 100_000 } })).code).toBe("limit-instructions");
  });

  it("gives the same error whether or not it is caught", () => {
    for (const code of [
      "while true do end",
      "local s = 'x' while true do s = s .. s end",
      "local function f() f() end f()",
    ]) {
      const plain = problemOf(() => run(code));
      const caught = problemOf(() => run(`pcall(function() ${code} end)`));
      const inside = problemOf(() => run(`coroutine.wrap(function() ${code} end)()`));
      expect([caught.code, inside.code]).toEqual([plain.code, plain.code]);
    }
  });

  it("holds for each call of a function anew, and for memory over all of them", () => {
    const { value, functions } = run(
      "local kept = {} return function(n) for i = 1, n do kept[#kept + 1] = {} end return #kept end",
      {
        limits: { instructions: 20_000, memoryBytes: 1_000_000 },
      },
    );
    const id = value instanceof Object && "id" in value ? value.id : "";
    expect(functions.call(id, [300])).toMatchObject({ values: [300] });
    expect(functions.call(id, [300])).toMatchObject({ values: [600] });
    expect(problemOf(() => functions.call(id, [900])).code).toBe("limit-memory");
  });
});

describe("an error", () => {
  it("has the place and Lua's words, cut where they are endless", () => {
    expect(problemOf(() => run("local t = nil\nreturn t.x", { filename: "s.lua" }))).toEqual({
      code: "lua-runtime",
      line: 2,
      message: "the source fails when it is run: attempt to index a nil value (local 't')",
    });
    expect(problemOf(() => run("error(('long '):rep(10000))")).message).toMatch(
      /^the source fails when it is run: (long )+…$/,
    );
  });

  it("tells broken Lua from newer Lua", () => {
    expect(problemOf(() => run("return {\n  a = = 1 }"))).toMatchObject({ code: "lua-syntax", line: 2 });
    expect(problemOf(() => run("return 7 // 2"))).toMatchObject({ code: "lua-not-luajit", line: 1 });
    expect(problemOf(() => run("local x <const> = 1"))).toMatchObject({ code: "lua-syntax" });
  });
});

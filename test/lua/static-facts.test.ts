import { describe, expect, it } from "vitest";
import { readLuaFacts } from "../../src/lua/static/facts.js";

const at = (line: number, column: number) => ({ line, column });

describe("calls of require", () => {
  const modulesOf = (source: string) => readLuaFacts(source).requires.map(({ module }) => module);

  it.each([
    ["in its three spellings", `require "a"; require 'b'; require("c"); require [[d]]`, ["a", "b", "c", "d"]],
    ["through a local", `local load = require; load("a")`, ["a"]],
    ["through a local of a local", `local one = require; local two = one; two "a"`, ["a"]],
    ["through a local that is set later", `local load; load = require; load("a")`, ["a"]],
    ["through a name that hides nothing", `require = require; require("a")`, ["a"]],
    ["through _G", `_G.require("a"); _G["re" .. "quire"]("b")`, ["a", "b"]],
    ["through one of two names", `local load = custom or require; load("a")`, ["a"]],
    ["through pcall and xpcall", `pcall(require, "a"); local p, r = pcall, require; xpcall(r, print, "b")`, ["a", "b"]],
    ["through a table", `local T = { load = require }; T.load("a")`, ["a"]],
    ["with a joined name", `local base = "a."; require(base .. "b" .. "." .. 1)`, ["a.b.1"]],
    [
      "with a formatted name",
      `require(("a.%s.%d"):format("b", 2)); require(string.format("%s%%", "c"))`,
      ["a.b.2", "c%"],
    ],
    ["with a concatenated name", `require(table.concat({ "a", "b" }, "."))`, ["a.b"]],
    ["with an escaped name", `require("\\97\\x2eb\\z   c")`, ["a.bc"]],
    ["with one of two names", `local name = "a"; if x then name = "b" end; require(name)`, ["a", "b"]],
    [
      "with a name of run time",
      `require(name); require("a" .. name); local function f(m) require(m) end`,
      [undefined, undefined, undefined],
    ],
    ["inside functions", `return { f = function() return function() require("a") end end }`, ["a"]],
  ])("are found %s", (_, source, modules) => {
    expect(modulesOf(source)).toEqual(modules);
  });

  it.each([
    ["a local of the same name", `local require = function() end; require("a")`],
    ["a parameter of the same name", `local function f(require) require("a") end`],
    ["a field of the same name", `local T = {}; T.require("a"); T:require("b")`],
    ["comments and strings", `-- require("a")\nlocal s = 'require("a")'`],
  ])("are not taken for %s", (_, source) => {
    expect(modulesOf(source)).toEqual([]);
  });

  it("have the beginning of a name of run time, as far as it is written out", () => {
    expect(readLuaFacts(`require("a." .. "b." .. name .. ".c")`).requires).toEqual([
      { beginning: "a.b.", position: at(1, 1) },
    ]);
  });

  it("have the place where they stand", () => {
    expect(readLuaFacts(`local a =\n  require("a")`, { filename: "x.lua" }).requires).toEqual([
      { module: "a", position: { file: "x.lua", line: 2, column: 3 } },
    ]);
  });
});

describe("uses of what the host gives", () => {
  const places = (source: string, path: string) =>
    readLuaFacts(source).uses.flatMap((use) => (use.path === path ? [use.position] : []));

  it.each([
    ["directly", `ngx.timer.at(0, f)`, [at(1, 1)]],
    ["by text keys", `ngx["timer"]["a" .. "t"](0, f)`, [at(1, 1)]],
    ["through locals, where the value is taken", `local at = ngx.timer.at\nat(0, f)`, [at(1, 12)]],
    ["through a local of a part", `local timer = ngx.timer\ntimer.at(0, f)`, [at(2, 1)]],
    ["through a required name", `local n = require "ngx"\nn.timer.at(0, f)`, [at(2, 1)]],
    ["as an argument", `pcall(ngx.timer.at, 0, f)`, [at(1, 7)]],
    ["behind a condition", `local timer = ngx and ngx.timer\ntimer.at(0, f)`, [at(2, 1)]],
  ])("are found %s", (_, source, expected) => {
    expect(places(source, "ngx.timer.at")).toEqual(expected);
  });

  it("have a star for a key of run time", () => {
    expect(places(`ngx.timer[name](0, f)`, "ngx.timer.*")).toEqual([at(1, 1)]);
  });

  it("are not those of a local with the name of a global", () => {
    expect(places(`local ngx = { timer = {} }\nngx.timer.at(0, f)`, "ngx.timer.at")).toEqual([]);
  });
});

describe("the table that a source returns", () => {
  const shapeOf = (source: string) => {
    const { fields, isWhole } = readLuaFacts(source).returned;
    return { isWhole, fields: Object.fromEntries([...fields].map(([name, { value }]) => [name, value])) };
  };
  const text = (value: string) => ({ kind: "text", text: value });
  const number = (value: number) => ({ kind: "number", number: value });
  const fn = { kind: "function" };

  it.each([
    [
      "a constructor",
      `return { VERSION = "1.0.0", ["PRIORITY"] = 10, access = function() end }`,
      { VERSION: text("1.0.0"), PRIORITY: number(10), access: fn },
    ],
    [
      "a local with methods",
      `local M = {}\nfunction M:access() end\nfunction M.log() end\nreturn M`,
      { access: fn, log: fn },
    ],
    [
      "fields set later, the last one counting",
      `local M = { V = 1 }\nM.V = -2 * 5\nM["a" .. "b"] = access\nlocal N = M\nN.n = nil\nreturn N`,
      { V: number(-10), ab: { kind: "unknown" }, n: { kind: "nil" } },
    ],
    ["a global name", `Handler = {}\nfunction Handler:access() end\nreturn Handler`, { access: fn }],
    [
      "the class of an older Kong",
      `local Base = require "kong.plugins.base_plugin"\nlocal M = Base:extend()\nM.PRIORITY = 1\nreturn M`,
      { PRIORITY: number(1) },
    ],
    ["a function by its local name", `local function access() end\nreturn { access = access }`, { access: fn }],
    ["a table that is only looked at", `local M = {}\nfor k in pairs(M) do print(k) end\nassert(M)\nreturn M`, {}],
  ])("is read from %s", (_, source, fields) => {
    expect(shapeOf(source)).toEqual({ isWhole: true, fields });
  });

  it.each([
    ["nothing is returned", `local M = {}`],
    ["another module is returned", `return require("kong.plugins.x.impl")`],
    ["it has a metatable", `return setmetatable({}, { __index = require "x" })`],
    ["it is handed to a function", `local M = {}\nrequire("x").extend(M)\nreturn M`],
    ["a key is decided at run time", `local M = {}\nM[name] = 1\nreturn M`],
    ["a key of the constructor is", `return { [name] = 1 }`],
    ["it may be another table", `return custom or {}`],
    ["a parameter is returned", `local function f(M) return M end\nreturn f({})`],
  ])("is not known whole where %s", (_, source) => {
    expect(shapeOf(source).isWhole).toBe(false);
  });

  it("is the chunk's and not that of a function in it", () => {
    expect(shapeOf(`local function make() return { a = 1 } end\nreturn { b = 2 }`).fields).toEqual({ b: number(2) });
  });

  it("has the places of its fields, and its own", () => {
    const { position, fields } = readLuaFacts(`local M = {\n  a = 1,\n}\nfunction M:b() end\nreturn M`).returned;
    expect(position).toEqual(at(5, 8));
    expect([...fields].map(([name, field]) => [name, field.position])).toEqual([
      ["a", at(2, 3)],
      ["b", at(4, 10)],
    ]);
  });
});

describe("what a function needs", () => {
  const source = `local json = require "cjson"
local function decode(text)
  return json.decode(text)
end
local helpers = {}
function helpers.check(value)
  return decode(value) and kong.log
end
return {
  one = function(value) return helpers.check(value) end,
  two = function(value) return value > 0 end,
}`;
  const needsOf = (line: number, column: number) => {
    const needs = readLuaFacts(source).needsOf(at(line, column));
    return needs && { modules: needs.requires.map(({ module }) => module), uses: needs.uses.map(({ path }) => path) };
  };

  it("is found through other functions and tables of the source", () => {
    expect(needsOf(10, 9)).toEqual({ modules: ["cjson"], uses: ["require", "kong.log", "kong"] });
  });

  it("is nothing for a function that is self-contained", () => {
    expect(needsOf(11, 9)).toEqual({ modules: [], uses: [] });
  });

  it("is not known of a place where no function begins", () => {
    expect(needsOf(1, 1)).toBeUndefined();
  });
});

describe("comments", () => {
  it("have their text and their lines, and know whether code stands before them", () => {
    const { comments } = readLuaFacts(`-- one\nlocal a = 1 -- two\n  --[[ three\n  four ]] local b`);
    expect(comments).toEqual([
      { position: at(1, 1), lastLine: 1, text: " one", isBesideCode: false },
      { position: at(2, 13), lastLine: 2, text: " two", isBesideCode: true },
      { position: at(3, 3), lastLine: 4, text: " three\n  four ", isBesideCode: false },
    ]);
  });
});

describe("a hostile source", () => {
  it.each([
    ["names that lead to each other", `local a = b\nb = a\nlocal c = c\na(c)\nreturn a`],
    ["doubling texts", `local a = "x"\n${"a = a .. a\n".repeat(1000)}require(a)`],
    ["a long chain of operators", `return ${"a or ".repeat(50_000)}b`],
    ["a long chain of fields", `return a${".b".repeat(50_000)}`],
    ["one name that is set and called very often", "x = y\nx()\n".repeat(20_000)],
    [
      "a chain of aliases",
      Array.from({ length: 20_000 }, (_, i) => `a${i + 1} = a${i}`).join("\n") + "\nreturn a20000",
    ],
    ["very many functions", "local function f() f() end\n".repeat(20_000)],
    ["a byte order mark", "\uFEFFreturn {}"],
  ])("is read to its end: %s", (_, source) => {
    expect(readLuaFacts(source).returned).toBeDefined();
  });

  it.each([
    ["is not Lua", "return {", "lua-syntax"],
    ["is Lua of a later version", "return 1 // 2", "lua-not-luajit"],
    ["is nested beyond all measure", "{".repeat(5000), "limit-source-depth"],
    ["is too long", " ".repeat(2 ** 20 + 1), "limit-source-size"],
  ])("is refused with a code where it %s", (_, source, code) => {
    expect(() => readLuaFacts(source)).toThrow(expect.objectContaining({ code }));
  });
});

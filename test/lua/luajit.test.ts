import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run, valueOf, valuesOf } from "./evaluate-lua.js";

/** Calls and what LuaJIT 2.1 gave for them: numbers as `%.17g`, strings in hexadecimal with an `h` behind. */
const recorded = readFileSync(join(import.meta.dirname, "luajit-answers.jsonl"), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line) as [call: string, answer: string]);

const show = `
local function show(v)
  local kind = type(v)
  if kind == "number" then return string.format("%.17g", v) end
  if kind == "string" then return (string.gsub(v, ".", function(c) return string.format("%02x", string.byte(c)) end)) .. "h" end
  if kind == "function" then return kind end
  if kind ~= "table" then return tostring(v) end
  local items = {}
  for i = 1, table.maxn(v) do items[i] = show(v[i]) end
  return "{" .. table.concat(items, ",") .. "}"
end
local function pack(...) return { n = select("#", ...), ... } end
local function try(call)
  local results = pack(pcall(call))
  if not results[1] then return "false" end
  local items = {}
  for i = 1, results.n do items[i] = show(results[i]) end
  return table.concat(items, " ")
end
local function all(f, ...) local t, n = {}, 0 for a, b, c in f, ... do n = n + 1 t[n] = { a, b, c } if n > 50 then break end end return t end
local function each(f, s, i) local t = {} for k, v in f, s, i do t[#t + 1] = k t[#t + 1] = v end return t end
local function ins(t, ...) table.insert(t, ...) return t end
local function rem(t, ...) return table.remove(t, ...), t end
local function srt(t, f) table.sort(t, f) return t end
local function pr(t) local o = {} for k, v in pairs(t) do o[#o + 1] = k o[#o + 1] = v end return o end
local function fe(t) local o = {} table.foreach(t, function(k, v) o[#o + 1] = k o[#o + 1] = v end) return o end
local function mv(t, a, b, c) return table.move(t, a, b, c) end
local function id(x) return x end
local N = nil
`;

describe("the sandbox's Lua", () => {
  it(`answers ${recorded.length} calls of the libraries as LuaJIT does`, () => {
    const calls = recorded.map(([call]) => `  try(function() return ${call} end),`);
    const answers = valueOf(`${show}return {\n${calls.join("\n")}\n}`);
    expect(answers).toEqual(recorded.map(([, answer]) => answer));
  });

  it("has doubles as its only numbers", () => {
    expect(
      valuesOf(
        "2147483647 + 1",
        "#('x'):rep(50000) * #('x'):rep(50000)",
        "0xffffffff",
        "'0xffffffff' + 0",
        "1024 * 1024 * 4096",
        "7 / 2",
        "-7 % 3",
        "5.5 % -2",
        "2 ^ 53",
        "10 == '10'",
        "'10' + 5",
        "' 0x10 ' * 1",
        "1e308 * 10",
        "'abc' < 'abd'",
      ),
    ).toEqual([
      2147483648,
      2.5e9,
      4294967295,
      4294967295,
      4294967296,
      3.5,
      2,
      -0.5,
      9007199254740992,
      false,
      15,
      16,
      Infinity,
      true,
    ]);
  });

  it("keeps keys from pairs as doubles too", () => {
    expect(valueOf("for k in pairs({ [2000000000] = true }) do return k + k end")).toBe(4e9);
  });

  it("writes numbers as LuaJIT does", () => {
    expect(
      valuesOf(
        "1 .. ''",
        "0.1 .. ''",
        "1e15 .. ''",
        "1e14 .. ''",
        "-0 .. ''",
        "1/0 .. ''",
        "2^63 .. ''",
        "tostring(1e100)",
      ),
    ).toEqual(["1", "0.1", "1e+15", "1e+14", "-0", "inf", "9.2233720368548e+18", "1e+100"]);
  });

  it("tells strings with control characters apart and orders them by their bytes", () => {
    const source = String.raw`
      local t = { ["\1\17"] = "a", ["\17\1"] = "b" }
      local x, y = "\1\17", "\17" .. "\1"
      t["\10" .. "\10"] = "c"
      t["\170"] = "d"
      return { t[x], t[y], t["\10\10"], t["\170"], "\9" < "0", "\n\n" == "\170", "a\nb", [[
c
d]], "\\", '\'' }`;
    expect(valueOf(source)).toEqual(["a", "b", "c", "d", true, false, "a\nb", "c\nd", "\\", "'"]);
  });

  it("has goto, closures, varargs and multiple results", () => {
    const source = `
      local out = {}
      for i = 1, 3 do
        if i == 2 then goto continue end
        out[#out + 1] = function() i = i + 10 return i end
        ::continue::
      end
      local function many(...) return select("#", ...), ... end
      return { out[1](), out[1](), out[2](), { many(nil, "x", nil) }, (many(1, 2)) }`;
    expect(valueOf(source)).toEqual([
      11,
      21,
      13,
      {
        luaTable: [
          [1, 3],
          [3, "x"],
        ],
      },
      2,
    ]);
  });

  it("asks metatables as LuaJIT does", () => {
    const source = `
      local Base = { greet = function(self) return "hello " .. self.name end }
      Base.__index = Base
      local log = {}
      local t = setmetatable({ name = "n" }, {
        __index = Base, __newindex = function(t, k, v) rawset(t, k, v * 2) end, __call = function(self, x) return x + 1 end,
        __concat = function(a, b) return type(a) .. "+" .. type(b) end, __eq = function() return true end,
        __lt = function() return true end, __unm = function() return "minus" end, __add = function(a, b) return b end,
        __tostring = function() return "shown" end, __len = function() return 42 end, __metatable = "locked",
      })
      t.x = 4
      return { t:greet(), t.x, t(1), "s" .. t, 1 .. t, t .. "a" .. "b", -t, t + 5, tostring(t), getmetatable(t), #t, pcall(setmetatable, t, {}) }`;
    expect(valueOf(source)).toEqual([
      "hello n",
      8,
      2,
      "string+table",
      "number+table",
      "table+string",
      "minus",
      5,
      "shown",
      "locked",
      42,
      false,
      "cannot change a protected metatable",
    ]);
  });

  it("walks the list in a table first, in order, and the rest in the order of setting", () => {
    const source = `
      local function keys(t) local out = {} for k in pairs(t) do out[#out + 1] = k end return out end
      local late = { x = true }
      late[1], late[2] = "a", "b"
      return { keys({ "a", "b", "c" }), keys({ z = 1, "a", y = 2, "b" }), keys(late) }`;
    expect(valueOf(source)).toEqual([
      [1, 2, 3],
      [1, 2, "z", "y"],
      [1, 2, "x"],
    ]);
  });

  it("lets a table be emptied while it is walked", () => {
    expect(
      valueOf(
        "local t = { 1, 2, 3, a = 1, b = 2 } local n = 0 for k in pairs(t) do t[k] = nil n = n + 1 end return { n, next(t) == nil }",
      ),
    ).toEqual([5, true]);
  });

  it("counts the values of a constructor that begins or ends with nil", () => {
    expect(
      valueOf(
        "local function f() return nil, 'error' end return { select('#', unpack({ f() })), (select(2, unpack({ f() }))), #{ 1, 2, nil } }",
      ),
    ).toEqual([2, "error", 2]);
  });

  it("passes errors of any kind through pcall, xpcall and coroutines", () => {
    const source = `
      local thrown = { code = 7 }
      local _, caught = pcall(error, thrown)
      local _, place = pcall(function() error("here") end)
      local _, plain = pcall(error, "plain", 0)
      local _, handled = xpcall(function() local t = nil; return t.x end, function(m) return "handled: " .. m end)
      local co = coroutine.create(function(a) local b = coroutine.yield(a + 1) error({ b }) end)
      local r = { coroutine.resume(co, 1) }
      local s = { coroutine.resume(co, "b") }
      return { caught == thrown, place, plain, handled, r[2], s[1], s[2][1], coroutine.status(co), select(2, coroutine.resume(co)) }`;
    expect(valueOf(source, { filename: "f.lua" })).toEqual([
      true,
      "f.lua:4: here",
      "plain",
      "handled: f.lua:6: attempt to index a nil value (local 't')",
      2,
      false,
      "b",
      "dead",
      "cannot resume dead coroutine",
    ]);
  });

  it("has setfenv, getfenv, loadstring and load with an environment", () => {
    const source = `
      local f = loadstring("x = (x or 0) + 1 return x")
      local env = { x = 10 }
      setfenv(f, env)
      local g = load("return y", "chunk", "t", { y = "given" })
      local bad, message = loadstring("return +", "bad")
      local none, binary = loadstring("\\27Lua")
      return { f(), f(), x == nil, g(), getfenv(f) == env, bad == nil, message ~= nil, none == nil, getfenv(1) == _G }`;
    expect(valueOf(source)).toEqual([11, 12, true, "given", true, true, true, true, true]);
  });

  it("reads and writes JSON as lua-cjson does", () => {
    const source = String.raw`
      local cjson = require "cjson"
      local safe = require "cjson.safe"
      local data = cjson.decode('{"a": [1, 2.5, null, true], "b": {"c": "/\\u00e9"}}')
      return {
        cjson.encode({ 1, "x/y", true, cjson.null }), cjson.encode({ a = 1 }), cjson.encode({}),
        data.a[3] == cjson.null, data.b.c, #data.a, { safe.decode("{") }, pcall(cjson.decode, "nonsense"),
      }`;
    expect(valueOf(source)).toEqual([
      String.raw`[1,"x\/y",true,null]`,
      '{"a":1}',
      "{}",
      true,
      "/é",
      4,
      { luaTable: [[2, "Expected value but found invalid token"]] },
      false,
      "Expected value but found invalid token",
    ]);
  });

  it("gives the same random numbers in each evaluation", () => {
    const source = "math.randomseed(os and 1 or 2) return { math.random(), math.random(10), math.random(5, 6) }";
    expect(valueOf(source)).toEqual(valueOf(source));
  });

  it("counts the same for the same source", () => {
    const source = `${show} local t = {} for i = 1, 100 do t[i] = show(i) end return t`;
    expect(run(source).usage()).toEqual(run(source).usage());
  });
});

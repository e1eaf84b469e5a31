import { describe, expect, it } from "vitest";
import { functionNames } from "../../src/lua/library/names.js";
import { LuaFunctionValue } from "../../src/lua/value.js";
import { LuaVm } from "../../src/lua/vm.js";
import { problemOf, run, valueOf } from "./evaluate-lua.js";

describe("A library of a state", () => {
  it.each(Object.entries(functionNames))("%j holds what is listed for it, in this order", (name, members) => {
    const { host } = new LuaVm({ role: "control_plane" }).thread.l_G;
    expect(Object.keys(host?.library(name) ?? {})).toEqual(members);
  });
});

describe("require", () => {
  const modules = {
    "my.list": "return { 'a', 'b', name = ... }",
    "my.counter": "local n = 0 return function() n = n + 1 return n end",
    "my.nothing": "loaded = (loaded or 0) + 1",
    "my.failing": "error('needs a database')",
    "my.broken": "return {",
    "my.circle": "return { inner = require('my.circle') }",
  };

  it("runs the modules that the caller gave, once", () => {
    const source = `
      local list = require "my.list"
      local again = require "my.list"
      require "my.nothing" require "my.nothing"
      return { list == again, list.name, list[2], require("my.counter")(), require("my.counter")(), loaded, require "my.nothing" }`;
    expect(valueOf(source, { modules })).toEqual([true, "my.list", "b", 1, 2, 1, true]);
  });

  it("gives the libraries and lua-cjson under their names, whatever became of the globals", () => {
    const source = `
      local upper = string.upper
      string = nil
      return { require("string").upper == upper, require("table.new")(3, 0), require("cjson").null == ngx.null, require("bit").bor(1, 2) }`;
    expect(valueOf(source)).toEqual([true, [], true, 3]);
  });

  it("warns of what is deprecated without a trace", () => {
    const source = `
      local deprecation = require "kong.deprecation"
      return { select("#", deprecation("x is deprecated", { after = "4.0" })), deprecation.raise("x") == nil, #deprecation }`;
    expect(valueOf(source)).toEqual([0, true, 0]);
  });

  it("gives opaque values for all other modules, and for those that fail", () => {
    const source = `
      local meta, failing = require "kong.meta", require "my.failing"
      return {
        meta._VERSION, meta.new({ a = 1, "x" }).y["a b"], "v" .. meta.x, meta.x + 1, -meta.x, #meta, type(meta),
        failing.x, require "my.broken", require "my.circle", tostring(meta.z), ("x"):rep(meta.n), meta == require "kong.meta",
      }`;
    const { value, opaqueModules } = run(source, { modules });
    expect(opaqueModules).toEqual(["kong.meta", "my.failing", "my.broken", "my.circle"]);
    expect(valueOf(source, { modules })).toEqual([
      { opaque: "kong.meta._VERSION" },
      { opaque: 'kong.meta.new({["a"]=1,[1]="x"}).y.a b' },
      { opaque: '("v" .. opaque kong.meta.x)' },
      { opaque: "(opaque kong.meta.x + 1)" },
      { opaque: "(opaque kong.meta.x - opaque kong.meta.x)" },
      { opaque: "#kong.meta" },
      "table",
      { opaque: "my.failing.x" },
      { opaque: "my.broken" },
      { inner: { opaque: "my.circle" } },
      { opaque: "tostring(opaque kong.meta.z)" },
      { opaque: 'string.rep("x", opaque kong.meta.n)' },
      true,
    ]);
    expect(value).toBeDefined();
  });

  it("tells why a module that was given is opaque all the same", () => {
    const { brokenModules } = run("return { require 'my.failing', require 'my.broken' }", { modules });
    expect(Object.fromEntries(brokenModules)).toMatchObject({
      "my.failing": { message: "needs a database", position: { file: "my.failing.lua", line: 1 } },
      "my.broken": {
        message: expect.stringContaining("the source is not Lua") as string,
        position: { file: "my.broken.lua", line: 1 },
      },
    });
  });

  it("gives opaque values to whoever goes over one, once, and to what is made of them", () => {
    const source = `
      local m = require "my.mod"
      local seen = {}
      for key, value in pairs(m.set) do seen[#seen + 1] = { key, value } end
      for key in next, m.set do seen[#seen + 1] = key end
      for index, item in ipairs(m.list) do seen[#seen + 1] = { index, item } end
      for index = 1, #m.list do seen[#seen + 1] = m.list[index] end
      return {
        seen, (unpack(m.list)), table.concat({ "a", m.x }, ","), rawget(m.t, "x"), rawlen(m.t), m[1], setmetatable({}, m),
        coroutine.wrap(m.f), loadstring(m.code),
      }`;
    expect(valueOf(source)).toEqual([
      [
        [{ opaque: "a key of my.mod.set" }, { opaque: "my.mod.set[…]" }],
        { opaque: "a key of my.mod.set" },
        [1, { opaque: "my.mod.list[…]" }],
        { opaque: "my.mod.list[1]" },
      ],
      { opaque: "unpack(opaque my.mod.list)" },
      { opaque: 'table.concat({[1]="a",[2]=opaque my.mod.x}, ",")' },
      { opaque: 'rawget(opaque my.mod.t, "x")' },
      { opaque: "rawlen(opaque my.mod.t)" },
      { opaque: "my.mod[1]" },
      { opaque: "setmetatable({}, opaque my.mod)" },
      { opaque: "coroutine.wrap(opaque my.mod.f)" },
      { opaque: "loadstring(opaque my.mod.code)" },
    ]);
  });

  const decisions: readonly (readonly [source: string, decides: string | undefined])[] = [
    ["return m.x and 1 or 2", "my.mod.x"],
    ["return m.x or 2", "my.mod.x"],
    ["if m.x then return 1 end", "my.mod.x"],
    ["while m.x do return 1 end", "my.mod.x"],
    ["return not m.x", "my.mod.x"],
    ["return m.x == 1", "my.mod.x"],
    ["return 'long enough to be worth a look, with more than sixty-four characters' == m.x", "my.mod.x"],
    ["return m.x ~= nil", "my.mod.x"],
    ["return m.x == m.y", "my.mod.x"],
    ["return m.x == m.x", undefined],
    ["return m.x < 1", "my.mod.x"],
    ["return 1 >= m.x", "my.mod.x"],
    ["return type(m.x)", "my.mod.x"],
    ["for index = 1, m.x do return index end", "my.mod.x"],
    ["return ({ x = 1 })[m.x]", "my.mod.x"],
    ["return assert(m.x)", "my.mod.x"],
    ["for _, item in ipairs(m.x) do return item end", undefined],
    ["return assert(m) and m ~= nil and not m and m.x", undefined],
    ["return m == 1", "my.mod"],
    ["return type(m)", "my.mod"],
  ];

  it.each(decisions)("knows which way a source goes by an opaque value: %s", (statement, decides) => {
    const source = `local m = require "my.mod"\n${statement}`;
    const { opaqueDecisions } = run(source);
    expect([...opaqueDecisions]).toEqual(
      decides === undefined ? [] : [[decides, { file: "schema.lua", line: 2, column: 1 }]],
    );
  });

  it("leaves a function that goes by an opaque value without an answer, whether it or another one got it", () => {
    const bodies = ["if x then return 1 end", "return x == 1", "return not x", "for _ in pairs(x) do end", "return #x"];
    for (const body of [...bodies, "for _, y in ipairs(x) do return y end", "return type(x)", "return next(x)"]) {
      const { value, functions } = run(`local x = require("my.mod").x return function() ${body} end`);
      const id = value instanceof LuaFunctionValue ? value.id : "";
      expect([body, functions.call(id, [])]).toEqual([
        body,
        { outcome: "unknown", missing: ["my.mod.x"], argumentsAfter: [] },
      ]);
    }
  });

  it.each([
    [
      "a set of hidden names",
      "for _, name in ipairs(m.list) do seen[name] = true end return function(v) return seen[v] end",
      "my.mod.list",
    ],
    ["a count", "for _ in pairs(m.list) do seen[#seen + 1] = 1 end return function() return #seen end", "my.mod.list"],
    [
      "a count by an iterator",
      "for _ in m.each() do seen[#seen + 1] = 1 end return function() return #seen end",
      "my.mod.each()",
    ],
    ["an entry under a hidden name", "seen[m.x] = true return function(v) return seen[v] end", "my.mod.x"],
    ["a hidden switch", "if m.on then seen.x = true end return function() return seen.x end", "my.mod.on"],
  ])("leaves a function without an answer that may have got another value from Kong: %s", (_, rest, missing) => {
    const { value, functions } = run(`local m = require "my.mod" local seen = {} ${rest}`);
    const id = value instanceof LuaFunctionValue ? value.id : "";
    expect(functions.call(id, ["x"])).toMatchObject({
      outcome: "unknown",
      missing: expect.arrayContaining([missing]) as unknown,
    });
  });

  it("notes what a schema changes inside a module that is not visible", () => {
    const source = `
      local methods = require "kong.enterprise.methods"
      table.insert(methods.list, "added")
      methods.flag = true
      return { methods.list, require("other").x }`;
    expect(valueOf(source)).toEqual([
      {
        opaque:
          'kong.enterprise.methods.list as changed by table.insert(opaque kong.enterprise.methods.list, "added"); kong.enterprise.methods["flag", true]',
      },
      { opaque: "other.x" },
    ]);
  });
});

describe("typedefs", () => {
  it("can be used as they are, and with overrides, and do not change each other", () => {
    const source = `
      local typedefs = require "kong.db.schema.typedefs"
      local port = typedefs.port
      local mine = typedefs.port { default = 80, required = true }
      mine.between[1] = 1000
      return { port == typedefs.port, port.between, mine.default, mine.between, typedefs.port({}).between, typedefs.no_consumer.type }`;
    expect(valueOf(source)).toEqual([true, [0, 65535], 80, [1000, 65535], [0, 65535], "foreign"]);
  });

  it("refuse a name that Kong does not have, as Kong does", () => {
    expect(problemOf(() => run("\nreturn require('kong.db.schema.typedefs').hots"))).toEqual({
      code: "lua-runtime",
      line: 2,
      message: "the source fails when it is run: schema typedef error: definition hots does not exist",
    });
  });

  it("carry functions that can be called while the schema is loaded", () => {
    const source = `
      local host = require("kong.db.schema.typedefs").host
      return { host.custom_validator("a.example"), { host.custom_validator("a b") } }`;
    expect(valueOf(source)).toEqual([true, { luaTable: [[2, "invalid value: a b"]] }]);
  });

  it("come one by one with the release and the edition", () => {
    const source = "return require('kong.db.schema.typedefs').semantic_version == nil";
    expect(problemOf(() => run(source, { gatewayVersion: "2.0" })).code).toBe("lua-runtime");
  });
});

describe("the host's globals", () => {
  it("tell the role, and that it was asked for", () => {
    const source =
      "return { kong.configuration.role, kong.configuration.database, kong.version, kong.log.err('x') == nil }";
    expect(valueOf(source)).toEqual(["control_plane", "postgres", { opaque: "kong.version" }, true]);
    expect(valueOf(source, { role: "data_plane" })).toEqual(["data_plane", "off", { opaque: "kong.version" }, true]);
    expect([run(source).readsKong(), run("return 1").readsKong()]).toEqual([true, false]);
  });

  it("have null, base64, the levels of the log, and opaque values for the rest of ngx", () => {
    const source = `
      return { ngx.null, ngx.null == nil, tostring(ngx.null), type(ngx.null), ngx.WARN, ngx.log(ngx.ERR, "x") == nil,
        ngx.encode_base64("hello"), ngx.decode_base64("aGVsbG8="), ngx.decode_base64("!") == nil, ngx.re.match("a", "b"), ngx.config.subsystem }`;
    expect(valueOf(source)).toEqual([
      null,
      false,
      "userdata: NULL",
      "userdata",
      5,
      true,
      "aGVsbG8=",
      "hello",
      true,
      { opaque: 'ngx.re.match("a", "b")' },
      "http",
    ]);
  });

  it.each(["({...})[1]:match('x')", "(...):match('x')", "select(1, ...):match('x')"])(
    "tell who asks for the name without being given one: %s",
    (name) => {
      const nextStepOf = (source: string): unknown => {
        try {
          return run(source);
        } catch (error) {
          return error instanceof Error && "nextStep" in error ? error.nextStep : error;
        }
      };
      expect(nextStepOf(`local name = ${name} return { name = name }`)).toContain("`pluginName`");
      expect(nextStepOf("local f = function(...) return nil end return f().x")).not.toContain("pluginName");
    },
  );

  it("give the chunk its name as Kong does", () => {
    expect(valueOf("return { ... }", { pluginName: "my-plugin" })).toEqual(["kong.plugins.my-plugin.schema"]);
  });
});

describe("what reaches outside", () => {
  const calls = [
    "io.open('/etc/passwd', 'r')",
    "os.getenv('HOME')",
    "os.time()",
    "debug.getinfo(1)",
    "loadfile('/etc/passwd')",
    "dofile('x')",
    "newproxy(true)",
    "string.dump(function() end)",
    "require('os').exit(1)",
  ];

  it("is there by name, and opaque once it is called", () => {
    const source = `return { type(io), type(os.getenv), require("io") == io, ${calls.slice(0, 2).join()}, io.open("x"):read("*a") .. "y",
      jit.version, package.path, nothing = io.nothing or js or ffi or arg }`;
    expect(valueOf(source)).toEqual([
      "table",
      "function",
      true,
      { opaque: `io.open("/etc/passwd", "r")` },
      { opaque: `os.getenv("HOME")` },
      { opaque: `(opaque io.open("x").read(opaque io.open("x"), "*a") .. "y")` },
      { opaque: "jit.version" },
      { opaque: "package.path" },
    ]);
  });

  it("does not keep a schema from being read that looks around", () => {
    const source = `
      math.randomseed(os.time())
      package.path = "./?.lua;" .. package.path
      local lines = {}
      for line in io.lines("/etc/hosts") do lines[#lines + 1] = line end
      local file = io.open("/etc/hosts")
      if file then file:close() end
      return lines`;
    expect(valueOf(source)).toEqual([{ opaque: `io.lines("/etc/hosts")(nil, nil)` }]);
  });

  it.each(calls)("leaves a validator without an answer, even where it would catch an error: %s", (call) => {
    const { value, functions } = run(`return function() return pcall(function() return ${call} end) end`);
    const name = call.replace(/\(.*/, "").replace("require", "os.exit");
    const id = value instanceof Object && "id" in value ? value.id : "";
    expect(functions.call(id, [])).toEqual({ outcome: "unknown", missing: [name], argumentsAfter: [] });
  });

  it("is told apart in the digests of functions", () => {
    const digest = (library: string) => {
      const { value } = run(`local outside = ${library} return function() return outside end`);
      return value instanceof Object && "digest" in value ? value.digest : undefined;
    };
    const digests = ["io", "os", "debug", "io.open", "io.lines", "jit", "package"].map(digest);
    expect(new Set(digests).size).toBe(digests.length);
  });
});

describe("values that leave the sandbox", () => {
  it("keep every kind apart", () => {
    const source = String.raw`
      local shared = { 1 }
      return { s = "é", bytes = "\255", n = 1.5, t = true, null = ngx.null, list = { 1, 2 }, empty = {}, [1] = "one", [true] = "yes",
        both = { shared, shared }, ["__proto__"] = "own", ["constructor"] = 1, opaque = "a string", f = string.upper }`;
    const value = valueOf(source);
    expect(value).toMatchObject({
      luaTable: [
        [1, "one"],
        ["s", "é"],
        ["bytes", { bytes: "/w==" }],
        ["n", 1.5],
        ["t", true],
        ["null", null],
        ["list", [1, 2]],
        ["empty", []],
        [true, "yes"],
        ["both", [[1], [1]]],
        ["__proto__", "own"],
        ["constructor", 1],
        ["opaque", "a string"],
        ["f", { luaFunction: "lua:1" }],
      ],
    });
  });

  it("have the place where they stand in the source", () => {
    const source = [
      "return {",
      "  name = 'p',",
      "  ['quoted'] = {",
      "    'first', 'second',",
      "  },",
      "  (function() end)",
      "}",
    ].join("\n");
    const { value } = run(source, { filename: "s.lua" });
    const entries = value instanceof Object && "entries" in value ? value.entries : [];
    expect(entries.map(({ key, position }) => [key, position])).toEqual([
      [1, { file: "s.lua", line: 6, column: 3 }],
      ["name", { file: "s.lua", line: 2, column: 3 }],
      ["quoted", { file: "s.lua", line: 3, column: 3 }],
    ]);
    expect(value).toMatchObject({ position: { line: 1, column: 8 } });
  });

  it("have the place of the constructor for tables that are built in loops", () => {
    const source = "local t = {}\nfor i = 1, 2 do\n  t[i] = { n = i }\nend\nreturn t";
    const { value } = run(source);
    expect(value).toMatchObject({
      position: { line: 1, column: 11 },
      entries: [
        { key: 1, value: { position: { line: 3, column: 10 } } },
        { key: 2, value: { position: { line: 3, column: 10 } } },
      ],
    });
  });
});

describe("functions that are called later", () => {
  it("get arguments, give results, and may change what they are given", () => {
    const { value, functions } = run(`
      local calls = 0
      return function(config, name, nothing)
        calls = calls + 1
        config.list[#config.list + 1] = name
        config.gone = nil
        return nothing == nil, { config.flag == ngx.null, calls }, nil, "end"
      end`);
    const id = value instanceof Object && "id" in value ? value.id : "";
    const argument = { list: ["a"], flag: null, gone: 1, ["__proto__"]: "own" };
    expect(functions.call(id, [argument, "b", undefined])).toMatchObject({
      outcome: "returned",
      values: [true, { entries: [{ value: true }, { value: 1 }] }, undefined, "end"],
      argumentsAfter: [
        {
          entries: [
            { key: "list", value: { entries: [{ value: "a" }, { value: "b" }] } },
            { key: "flag", value: null },
            { key: "__proto__", value: "own" },
          ],
        },
        "b",
        undefined,
      ],
    });
    expect(argument.list).toEqual(["a"]);
    expect(functions.call(id, [{ list: [] }, "x", 1])).toMatchObject({
      values: [false, { entries: [{}, { value: 2 }] }, undefined, "end"],
    });
  });

  it("raise errors, and say what they miss", () => {
    const { value, functions } = run(
      `
      local meta = require "kong.meta"
      return { raises = function() error({ code = 1 }) end, says = function() error("no") end, needs = function() return meta.x.y end,
        swallows = function() pcall(function() return meta.x end) return true end }`,
      { filename: "f.lua" },
    );
    const call = (name: string) => {
      const fn = value instanceof Object && "get" in value ? value.get(name) : undefined;
      return functions.call(fn instanceof Object && "id" in fn ? fn.id : "", []);
    };
    expect(call("raises")).toMatchObject({ outcome: "raised", error: { entries: [{ key: "code", value: 1 }] } });
    expect(call("says")).toMatchObject({ outcome: "raised", error: "f.lua:3: no" });
    expect(call("swallows")).toEqual(call("needs"));
    expect(call("needs")).toEqual({ outcome: "unknown", missing: ["kong.meta"], argumentsAfter: [] });
  });
});

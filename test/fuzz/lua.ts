import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";

/** Schemas as people write them, to be damaged. */
const written = ["examples", "test/lint", "test/cli", "test/survey"]
  .flatMap(luaBelow)
  .filter((text) => text.length < 8_000);

function luaBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".lua"))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}

const tokens = /[A-Za-z_]\w*|\d+(?:\.\d+)?|\s+|"[^"\n]*"|'[^'\n]*'|./g;

// prettier-ignore
const debris = [
  "nil", "true", "{}", "{", "}", "(", ")", "[", "]", "=", ",", ";", "end", "function() end", "return", "local", "..", "...", "::", "goto x",
  "0/0", "1/0", "-1", "2^53", "1e308", "0x7f", "1if", "''", '"\\0"', '"\\255"', "[[\n]]", "--", "--[[", "ngx.null", "kong.configuration.role",
  "typedefs.url", "typedefs.no_such", 'require("x")', "setmetatable({}, {})", "_G", "error({})", "pairs({})", "('x'):rep(9)", "__proto__",
  '["__proto__"]', "constructor", "type", "required", "default", "elements", "fields", "entity_checks", "one_of", "between", "len_min", "match",
  "custom_validator", "custom_entity_check", "conditional", "shorthand_fields", "é", "\u202e", "\r", "\t", "\ufeff",
];

/** A written schema with some of its tokens gone, repeated, moved, or replaced. */
export const damagedSchema: fc.Arbitrary<string> = fc
  .record({
    text: fc.constantFrom(...written),
    blows: fc.array(
      fc.record({
        at: fc.nat(),
        what: fc.constantFrom("drop", "repeat", "swap", "replace", "insert", "splice"),
        by: fc.constantFrom(...debris),
        from: fc.nat(),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  })
  .map(({ text, blows }) => {
    const parts: string[] = text.match(tokens) ?? [];
    for (const { at, what, by, from } of blows) {
      const place = at % Math.max(1, parts.length);
      const other = from % Math.max(1, parts.length);
      switch (what) {
        case "drop":
          parts.splice(place, 1 + (from % 3));
          break;
        case "repeat":
          parts.splice(place, 0, ...parts.slice(place, place + (from % 8)));
          break;
        case "swap":
          [parts[place], parts[other]] = [parts[other] ?? "", parts[place] ?? ""];
          break;
        case "replace":
          parts[place] = by;
          break;
        case "insert":
          parts.splice(place, 0, " ", by, " ");
          break;
        case "splice":
          parts.splice(place, 0, ...parts.slice(other, other + 12));
      }
    }
    return parts.join("");
  });

// prettier-ignore
const globals = [
  "string.rep", "string.format", "string.gsub", "string.find", "string.match", "string.gmatch", "string.byte", "string.char", "string.sub", "table.concat",
  "table.insert", "table.remove", "table.sort", "table.unpack", "table.new", "unpack", "select", "pcall", "xpcall", "error", "assert", "pairs", "ipairs",
  "next", "rawget", "rawset", "rawequal", "rawlen", "setmetatable", "getmetatable", "tostring", "tonumber", "type", "math.floor", "math.random",
  "math.max", "math.fmod", "bit.lshift", "bit.bxor", "coroutine.wrap", "coroutine.create", "coroutine.resume", "coroutine.yield", "coroutine.running",
  "load", "loadstring", "require", "setfenv", "getfenv", "collectgarbage", "ngx.log", "ngx.re.match", "ngx.encode_base64", "kong.log.info",
  "os.time", "io.open", "debug.getinfo", "require('cjson').encode", "require('cjson.safe').decode", "require('kong.db.schema.typedefs').url",
];

// prettier-ignore
const values = [
  "nil", "true", "false", "0", "1", "-1", "3.5", "1/0", "0/0", "2^31", "2^53", "1e300", "''", "'x'", "'%s%d%q'", "'%f[%w]%b()'", "'(.-)%1'", "'[^%z]*'", "'\\255\\0'",
  "('a'):rep(300)", "{}", "{1,2,nil,4}", "{x=1,['y z']={}}", "a", "b", "c", "f", "_G", "string", "ngx.null", "ngx", "kong", "...", "function(...) return ... end",
  "function() error(a) end", "setmetatable({}, {__index=function(t,k) return k end, __call=function() return 1 end, __lt=function() return true end})",
];

interface Grammar {
  readonly expression: string;
  readonly statement: string;
  readonly block: string;
}

const { expression, statement, block } = fc.letrec<Grammar>((tie) => {
  const inner = tie("expression").map(String);
  const body = tie("block").map(String);
  const line = tie("statement").map(String);
  return {
    expression: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      { weight: 5, arbitrary: fc.constantFrom(...values) },
      {
        weight: 3,
        arbitrary: fc
          .tuple(fc.constantFrom(...globals), fc.array(inner, { maxLength: 4 }))
          .map(([fn, args]) => `${fn}(${args.join(", ")})`),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(inner, fc.constantFrom("+", "-", "*", "/", "%", "^", "..", "==", "~=", "<", "<=", "and", "or"), inner)
          .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(fc.constantFrom("not ", "-", "#"), inner).map(([sign, of]) => `${sign}(${of})`),
      },
      { weight: 1, arbitrary: fc.tuple(inner, inner).map(([of, key]) => `(${of})[${key}]`) },
      {
        weight: 1,
        arbitrary: fc
          .array(fc.tuple(inner, inner), { maxLength: 4 })
          .map((items) => `{ ${items.map(([key, value]) => `[${key}] = ${value}, ${value}`).join(", ")} }`),
      },
      { weight: 1, arbitrary: body.map((body) => `function(a, ...) ${body} return a end`) },
    ),
    statement: fc.oneof(
      { depthSize: "small" },
      {
        weight: 4,
        arbitrary: fc
          .tuple(fc.constantFrom("a", "b", "c", "local a", "local b", "a.x", "a[b]", "string.rep", "_G.x"), inner)
          .map(([name, value]) => `${name} = ${value};`),
      },
      {
        weight: 3,
        arbitrary: fc
          .tuple(fc.constantFrom(...globals), fc.array(inner, { maxLength: 3 }))
          .map(([fn, args]) => `${fn}(${args.join(", ")});`),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(inner, body).map(([condition, body]) => `if ${condition} then ${body} else ${body} end`),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(inner, body).map(([condition, body]) => `while ${condition} do ${body} end`),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(inner, body).map(([last, body]) => `for a = 1, ${last} do ${body} end`),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(inner, body).map(([list, body]) => `for b, c in ${list} do ${body} end`),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(body, inner).map(([body, until]) => `repeat ${body} until ${until}`),
      },
      { weight: 1, arbitrary: body.map((body) => `local function f(...) ${body} end f();`) },
    ),
    block: fc.array(line, { maxLength: 3 }).map((statements) => statements.join(" ")),
  };
});

/** A program; at its end it returns whatever, or a schema with whatever in it. */
export const program: fc.Arbitrary<string> = fc
  .record({ blocks: fc.array(block, { maxLength: 4 }), last: statement, value: expression, isSchema: fc.boolean() })
  .map(
    ({ blocks, last, value, isSchema }) =>
      `local a, b, c, f = {}, 1, "c", function() end\n${blocks.join("\n")}\n${last}\nreturn ${
        isSchema
          ? `{ name = "p", fields = { { config = { type = "record", fields = { { x = { type = "string", default = ${value} } }, ${value} } } } } }`
          : value
      }`,
  );

// prettier-ignore
const validators = [
  "function(v) return v ~= 'x' end", "function(v) return nil, v end", "function(v) return #v > 1, 'short' end", "function() error({ x = 1 }) end",
  "function(v) while true do end end", "function(v) return nil, { [1] = 'a', b = {} } end", "function(v) return os.time() > v end", "tostring",
  "function(v) v.x = v return true end", "function(v) return pcall(string.rep, v, 1e9) end", "function(v) return nil, string.char(255) end",
];

/** Mostly right attributes, with some that no schema has. */
const attribute: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "required = true",
    "required = false",
    "nullable = true",
    "auto = true",
    "uuid = true",
    "encrypted = true",
    "referenceable = true",
    "unique = true",
  ),
  fc
    .tuple(
      fc.constantFrom(
        "default",
        "eq",
        "ne",
        "gt",
        "len_min",
        "len_max",
        "len_eq",
        "one_of",
        "not_one_of",
        "between",
        "match",
        "not_match",
        "match_any",
        "match_all",
        "starts_with",
        "contains",
        "is_regex",
        "timestamp",
        "description",
        "deprecation",
        "mutually_exclusive_subsets",
        "immutable",
        "err",
        "legacy",
        "abstract",
        "reference",
        "on_delete",
      ),
      expression,
    )
    .map(([name, value]) => `${name} = ${value}`),
  fc
    .tuple(fc.constantFrom("gt", "len_min", "len_max", "default", "eq"), fc.integer({ min: -3, max: 9 }))
    .map(([name, value]) => `${name} = ${value}`),
  fc.constantFrom(...validators).map((validator) => `custom_validator = ${validator}`),
  fc.constantFrom(
    'one_of = { "a", "b", "x" }',
    "between = { 1, 9 }",
    'match = "^%a+$"',
    'match = "((((.-)-)-)-)%1"',
    "is_regex = true",
    'default = "a"',
    "default = {}",
    "default = { 1 }",
    'default = { x = "y" }',
  ),
);

interface Schema {
  readonly field: string;
  readonly record: string;
}

const { record } = fc.letrec<Schema>((tie) => {
  const inField = tie("field").map(String);
  const inRecord = tie("record").map(String);
  return {
    field: fc.oneof(
      { depthSize: "small" },
      {
        weight: 6,
        arbitrary: fc
          .tuple(
            fc.constantFrom("string", "number", "integer", "boolean", "any", "function", "foreign", "json", "strin"),
            fc.array(attribute, { maxLength: 3 }),
          )
          .map(([type, rest]) => `{ ${[`type = "${type}"`, ...rest].join(", ")} }`),
      },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.constantFrom("array", "set"), inField, fc.array(attribute, { maxLength: 2 }))
          .map(([type, elements, rest]) => `{ ${[`type = "${type}"`, `elements = ${elements}`, ...rest].join(", ")} }`),
      },
      {
        weight: 1,
        arbitrary: fc.tuple(inField, inField).map(([keys, of]) => `{ type = "map", keys = ${keys}, values = ${of} }`),
      },
      { weight: 2, arbitrary: inRecord },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          "typedefs.url",
          "typedefs.host({ required = true })",
          "typedefs.protocols_http",
          "typedefs.no_consumer",
          "typedefs.header_name",
          "require('x').field",
        ),
      },
    ),
    record: fc
      .tuple(
        fc.array(fc.tuple(fc.constantFrom("a", "b", "x", "ttl", "__proto__", "constructor"), inField), {
          maxLength: 5,
        }),
        fc.array(attribute, { maxLength: 1 }),
        fc.option(
          fc.constantFrom(
            '{ at_least_one_of = { "a", "b" } }',
            '{ only_one_of = { "a", "x" } }',
            '{ mutually_required = { "a", "b" } }',
            '{ distinct = { "a", "b" } }',
            '{ conditional = { if_field = "a", if_match = { eq = "x" }, then_field = "b", then_match = { required = true } } }',
            "{ custom_entity_check = { field_sources = { 'a' }, fn = function(e) return e.a ~= 'x', 'no' end } }",
            "{ custom_entity_check = { field_sources = { 'config' }, fn = function(e) e.config = nil error('x') end } }",
          ),
        ),
        fc.option(inField),
      )
      .map(([fields, rest, check, shorthand]) => {
        const list = fields.map(([name, of]) => `{ ["${name}"] = ${of} }`).join(", ");
        const checks = check === null ? [] : [`entity_checks = { ${check} }`];
        const short =
          shorthand === null
            ? []
            : [
                `shorthand_fields = { { s = { type = "string", func = function(v) return { a = v, x = ${shorthand} } end } } }`,
              ];
        return `{ ${['type = "record"', `fields = { ${list} }`, ...checks, ...short, ...rest].join(", ")} }`;
      }),
  };
});

/** A schema of which most are accepted. */
export const schemaText: fc.Arbitrary<string> = fc
  .tuple(
    record,
    fc.constantFrom("", "{ protocols = typedefs.protocols_http },", "{ consumer = typedefs.no_consumer },"),
  )
  .map(
    ([config, plugin]) =>
      `local typedefs = require "kong.db.schema.typedefs"\nlocal a, b, c, f = {}, 1, "c", tostring\nreturn { name = "p", fields = { ${plugin} { config = ${config} } } }`,
  );

import type { HostileCase } from "./corpus.js";

/** Hostile schemas that are too long to be written down. */
export const generated: readonly HostileCase[] = [
  lua("source-too-large", "limit-source-size", `return { name = "p" } -- ${"x".repeat(2_000_000)}`),
  lua("source-large-comment", "schema-refused", `--[[${"x".repeat(200_000)}]] return { name = "p" }`),
  lua("source-large-string", "schema-refused", `return { name = "p", text = [[${"x".repeat(200_000)}]] }`),
  lua("source-nested-tables", "limit-source-depth", `return ${"{".repeat(20_000)}${"}".repeat(20_000)}`),
  lua("source-nested-parentheses", "limit-source-depth", `return ${"(".repeat(20_000)}1${")".repeat(20_000)}`),
  lua("source-nested-calls", "limit-source-depth", `return ${"f(".repeat(20_000)}${")".repeat(20_000)}`),
  lua("source-nested-indexes", "limit-source-depth", `return ${"a[".repeat(20_000)}1${"]".repeat(20_000)}`),
  lua("source-nested-functions", "limit-source-depth", `${"return function() ".repeat(5_000)}${"end ".repeat(5_000)}`),
  lua("source-nested-blocks", "limit-source-depth", `${"do ".repeat(20_000)}${"end ".repeat(20_000)}`),
  lua("source-nested-ifs", "limit-source-depth", `${"if x then ".repeat(20_000)}${"end ".repeat(20_000)}`),
  lua("source-nested-repeats", "limit-source-depth", `${"repeat ".repeat(20_000)}${"until x ".repeat(20_000)}`),
  lua("source-negations", "limit-source-depth", `return ${"not ".repeat(50_000)}1`),
  lua("source-minuses", "limit-source-depth", `return ${"- ".repeat(50_000)}1`),
  lua("source-powers", "limit-source-depth", `return ${"2^".repeat(50_000)}1`),
  lua("source-concatenations", "limit-source-depth", `return ${"'a'..".repeat(40_000)}'b'`),
  lua("source-open-brackets", "limit-source-depth", "{".repeat(200_000)),
  lua("source-close-brackets", "lua-syntax", "}".repeat(200_000)),
  lua("source-long-brackets", "lua-syntax", `return ${"[=".repeat(100_000)}`),
  lua("source-additions", "lua-runtime", `local a return ${"a+".repeat(60_000)}1`),
  lua("source-conjunctions", "limit-instructions", `local a return ${"a and ".repeat(35_000)}1`),
  lua("source-disjunctions", "limit-instructions", `local a return ${"a or ".repeat(40_000)}1`),
  lua("source-elseifs", "limit-instructions", `local a if a then ${"elseif a then ".repeat(15_000)} end`),
  lua("source-breaks", "limit-instructions", `while true do ${"if a then break end ".repeat(11_000)} end`),
  lua(
    "source-gotos",
    "limit-instructions",
    `${Array.from({ length: 11_000 }, (_, n) => `goto l${n} `).join("")} ${Array.from({ length: 8_000 }, (_, n) => `::l${n}::`).join("")}`,
  ),
  lua("source-labels", "limit-instructions", Array.from({ length: 22_000 }, (_, n) => `::l${n}::`).join("")),
  lua("source-statements", "lua-runtime", "a=a ".repeat(60_000) + "error('end')"),
  lua("source-semicolons", "schema-not-a-table", ";".repeat(200_000)),
  lua("source-local-names", "lua-syntax", `local ${Array.from({ length: 40_000 }, (_, n) => `v${n}`).join(",")} = 1`),
  lua(
    "source-constants",
    "schema-refused",
    `return { ${Array.from({ length: 30_000 }, (_, n) => `"s${n}"`).join(",")} }`,
  ),
  lua(
    "source-numbers",
    "schema-refused",
    `return { ${Array.from({ length: 30_000 }, (_, n) => String(n)).join(",")} }`,
  ),
  lua("source-long-name", "lua-runtime", `local t = ${"n".repeat(200_000)} return t.x.y`),
  lua(
    "source-long-name-in-errors",
    "limit-instructions",
    `local function f() return ${"n".repeat(100_000)}.x end while true do pcall(f) end`,
  ),
  lua("source-functions", "schema-refused", `return { ${"function() end,".repeat(17_000)} }`),
  lua("source-names-through-functions", "limit-instructions", throughFunctions(60, 150, 30_000)),
  lua("source-upvalues-through-functions", "limit-instructions", throughFunctions(80, 60, 40_000)),
  lua("source-escapes", "schema-refused", `return { name = "${"\\065".repeat(50_000)}" }`),
  lua("source-nul-bytes", "lua-syntax", "\0".repeat(1000)),
  lua("source-lone-surrogate", "source-not-text", `return { name = "\uD800" }`),
  lua("source-empty", "source-empty", ""),
  lua("source-blank", "source-empty", " \n\t "),
  lua("source-bytecode", "lua-syntax", `\u001bLua${"\0".repeat(100)}`),
  lua("source-shebang", "lua-syntax", "#!/bin/sh\nrm -rf /"),
  lua("prototype-names", "accepted", prototypeNames()),
  {
    ...lua("module-loop", "limit-instructions", `return require "evil"`),
    options: { modules: { evil: "while true do end" } },
  },
  {
    ...lua("module-requires-itself", "schema-not-a-table", `return require "evil"`),
    options: { modules: { evil: `return require "evil"` } },
  },
  {
    ...lua("module-chain", "limit-recursion", `return require "m0"`),
    options: {
      modules: Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`m${n}`, `return require "m${n + 1}"`])),
    },
  },
  {
    ...lua("module-too-large", "limit-source-size", `return require "evil"`),
    options: { modules: { evil: `return "${"x".repeat(2_000_000)}"` } },
  },
  {
    ...lua("module-nested", "limit-source-depth", `return pcall(require, "evil")`),
    options: { modules: { evil: `return ${"{".repeat(10_000)}` } },
  },
  {
    ...lua("module-named-as-a-prototype", "schema-not-a-table", `return require "__proto__"`),
    options: { modules: {} },
  },
  {
    ...lua("modules-many", "limit-instructions", `for i = 1, 1000 do require("m" .. i) end`),
    options: {
      modules: Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`m${n + 1}`, "local x = 1 ".repeat(150)])),
    },
  },
  {
    ...lua(
      "role-loop",
      "limit-instructions",
      `if kong.configuration.role == "data_plane" then while true do end end
      return { name = "p", fields = { { config = { type = "record", fields = {} } } } }`,
    ),
  },
  // What Kong's own validators would take hours for, with values of whoever is judged.
  judging(
    "validator-one-of-many",
    `one_of = t`,
    Array.from({ length: 20_000 }, () => "v20000"),
  ),
  judging(
    "validator-not-one-of-many",
    `not_one_of = t`,
    Array.from({ length: 20_000 }, () => "x"),
  ),
  judging(
    "validator-patterns",
    `match = "${".-".repeat(6)}x"`,
    Array.from({ length: 20_000 }, () => "a".repeat(100)),
  ),
  judgingJson("validator-json-doubling", doublingJsonSchema(25), 1),
  judgingJson(
    "validator-json-unique",
    `{ type = "array", uniqueItems = true }`,
    Array.from({ length: 30_000 }, (_, index) => ({ index })),
  ),
  judgingJson("validator-json-pattern-nested", `{ pattern = "^(a+)+$" }`, `${"a".repeat(40)}!`),
  judgingJson("validator-json-pattern-choices", `{ pattern = "(a|a)*b" }`, "a".repeat(40)),
  judgingJson("validator-json-pattern-loops", `{ pattern = "a*a*a*a*a*b" }`, "a".repeat(300)),
  judgingJson("validator-json-pattern-long", `{ pattern = "a*b" }`, "a".repeat(300_000)),
  judgingJson(
    "validator-json-pattern-optional",
    `{ pattern = "^${"a?".repeat(40)}${"a".repeat(40)}b" }`,
    "a".repeat(40),
  ),
];

function lua(name: string, endsWith: string, source: string): HostileCase {
  return { name, source, endsWith };
}

/** A list of texts, each of which is judged by an attribute; `t` holds 20,000 texts. */
function judging(name: string, attribute: string, a: readonly string[]): HostileCase {
  const field = `{ a = { type = "array", elements = { type = "string", ${attribute} } } }`;
  const source = `local t = {} for i = 1, 20000 do t[i] = "v" .. i end
    return { name = "p", fields = { { config = { type = "record", fields = { ${field} } } } } }`;
  return { name, source, endsWith: "unknown", config: { a } };
}

function judgingJson(name: string, jsonSchema: string, a: unknown): HostileCase {
  const field = `{ a = { type = "json", json_schema = { inline = ${jsonSchema} } } }`;
  const source = `return { name = "p", fields = { { config = { type = "record", fields = { ${field} } } } } }`;
  return { name, source, endsWith: "unknown", config: { a } };
}

/** Each definition refers to the next one twice. */
function doublingJsonSchema(count: number): string {
  const definitions = Array.from({ length: count }, (_, n) => {
    const next = `{ ["$ref"] = "#/definitions/d${n + 1}" }`;
    return `d${n} = { anyOf = { ${next}, ${next} } },`;
  });
  return `{ definitions = { ${definitions.join(" ")} d${count} = { type = "string" } }, ["$ref"] = "#/definitions/d0" }`;
}

/** Many names that are looked up through many functions, each with many locals. */
function throughFunctions(depth: number, locals: number, uses: number): string {
  const names = Array.from({ length: locals }, (_, n) => `l${n}`).join(",");
  return `${`return function() local ${names} `.repeat(depth)} ${"g=g ".repeat(uses)} ${"end ".repeat(depth)}`;
}

function prototypeNames(): string {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "prototype", "__defineGetter__"];
  const fields = names.map((name) => `{ ["${name}"] = { type = "string", default = "${name}" } },`);
  return `return { name = "p", fields = { { config = { type = "record", fields = { ${fields.join("\n")} } } } } }`;
}

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SchemaError } from "../../src/errors.js";
import { evaluate } from "../../src/lua/evaluate.js";
import { LuaTable } from "../../src/lua/value.js";
import { checkMetaschema } from "../../src/schema/check-metaschema.js";

interface SchemaCase {
  readonly id: string;
  readonly schema: string;
  readonly expect: { readonly ok: boolean; readonly error?: string; readonly errorTree?: unknown };
}

const cases: SchemaCase[] = readFileSync(new URL("../conformance/schema-cases.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as SchemaCase);

/** Our answer; errors of Lua itself and of what is not a table are compared by their class. */
function answer({ schema }: SchemaCase): string {
  try {
    const { value, functions } = evaluate(schema, { role: "control_plane", edition: "oss", pluginName: "p" });
    if (!(value instanceof LuaTable)) return "no table";
    return checkMetaschema(value, { edition: "oss", functions })?.message ?? "accepted";
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    return error.code === "lua-runtime" ? "runtime" : "syntax";
  }
}

function expected({ expect: { ok, error = "" } }: SchemaCase): string {
  if (ok) return "accepted";
  if (error.startsWith("schema.lua returned")) return "no table";
  return /^(?:syntax|runtime): /.exec(error)?.[0].slice(0, -2) ?? error;
}

/** Lists that Kong builds from sets come in any order. */
function inOrder(text: string): string {
  return text.replace(/(expected one of: |must be non-empty: )([^"]*)/g, (_, words: string, list: string) => {
    return words + list.split(", ").sort().join(", ");
  });
}

describe("Kong 3.9.1's own answers to schemas", () => {
  it.each(cases)("$id", (given) => {
    expect(inOrder(answer(given))).toBe(inOrder(expected(given)));
  });
});

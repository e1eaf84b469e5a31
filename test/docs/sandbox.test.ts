import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { defaultLimits } from "../../src/lua/limits.js";
import { hostileCases } from "../hostile/corpus.js";

const page = readFileSync("docs/sandbox.md", "utf8");

/** What the first word of a hostile schema's name stands for. */
const families: Readonly<Record<string, string>> = {
  loop: "Loops, alone, in `pcall`, metamethods, coroutines and callbacks",
  recursion: "Recursion, through whatever calls back",
  metatable: "Metatables that chain, circle or lie",
  string: "Strings, where a small call makes a large text",
  pattern: "Patterns that backtrack",
  table: "Tables, closures and threads without end",
  source: "Sources: nested, long, broken, or dear to compile",
  data: "Data: cyclic, deep, shared, endless, strange",
  json: "JSON",
  error: "Errors with anything as their value",
  reach: "Reaching outside",
  validator: "Validators that run later: the verdict is `unknown`, or the bound ends the judgement",
  module: "Modules",
  modules: "Modules",
  role: "Roles",
  prototype: "Names of JavaScript's prototypes",
};

it("docs/sandbox.md lists the hostile schemas, and what each ends with", async () => {
  const lists = new Map<string, string[]>();
  for (const { name, endsWith } of hostileCases) {
    const family = families[name.split("-")[0] ?? ""] ?? expect.fail(`${name} belongs to no family`);
    lists.set(family, [...(lists.get(family) ?? []), `\`${name}\` (${endsWith})`]);
  }
  const listed = [...lists].map(([family, items]) => `\n### ${family}\n\n${items.join(", ")}.\n`).join("");
  const counted = page.replace(/^\d+ schemas of our own/m, `${hostileCases.length} schemas of our own`);
  await expect(counted.slice(0, page.indexOf("\n### ")) + listed).toMatchFileSnapshot(resolve("docs/sandbox.md"));
});

it("docs/sandbox.md has every bound with its default", () => {
  const rows = [...page.matchAll(/^\| `(\w+)` \| ([\d,]+)( [KM]iB)? \|/gm)].map(
    ([, name = "", digits = "", unit = ""]) => [
      name,
      Number(digits.replaceAll(",", "")) * ({ " KiB": 1024, " MiB": 1024 ** 2 }[unit] ?? 1),
    ],
  );
  expect(rows).toEqual(Object.entries(defaultLimits));
});

it("docs/sandbox.md names the error of every bound", () => {
  const errors = readFileSync("docs/errors.md", "utf8");
  const codes = [...errors.matchAll(/^\| `(limit-[\w-]+)` \|/gm)].map(([, code = ""]) => code);
  expect(codes.filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
});

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type * as Library from "../../src/index.js";

// The thread runs a file of the build, which `npm test` has made.
const { readSchema, readSchemaIsolated } = (await import(
  pathToFileURL(resolve("dist/index.js")).href
)) as typeof Library;

const good = `
local typedefs = require "kong.db.schema.typedefs"
return { name = "p", fields = { { protocols = typedefs.protocols }, { config = { type = "record", fields = {
  { a = { type = "string", default = "x", custom_validator = function(v) return v ~= "y" end } },
  { ["__proto__"] = { type = "string", default = "own" } },
} } } } }`;

/** What is thrown, whatever class it has. */
async function partsOf(action: () => unknown): Promise<unknown> {
  try {
    return await action();
  } catch (error) {
    const { code, message, position, nextStep, errorTree } = error as Record<string, unknown>;
    return { code, message, position, nextStep, errorTree };
  }
}

function problem(source: unknown, options?: Library.IsolatedReadOptions): Promise<unknown> {
  return partsOf(() => readSchemaIsolated(source as string, options));
}

describe("reading a schema in a thread of its own", () => {
  it("gives what readSchema gives, frozen", async () => {
    const options = { filename: "s.lua", pluginName: "p", gatewayVersion: "3.9", modules: { m: "return 1" } };
    const schema = await readSchemaIsolated(good, options);
    expect(schema).toEqual(readSchema(good, options));
    expect(Object.isFrozen(schema) && Object.isFrozen(schema.fields[0])).toBe(true);
  });

  it.each([
    ["broken Lua", "return {"],
    ["an error at run time", "local t\nreturn t.x"],
    ["an endless loop", "while true do end"],
    ["a string bomb", "local s = 'x' while true do s = s .. s end"],
    [
      "a refusal by Kong",
      "return { name = 'p', fields = { { config = { type = 'record', fields = { { a = { type = 'strin' } } } } } } }",
    ],
    ["no text", 7],
    ["nothing", ""],
  ])("gives the same error as readSchema: %s", async (_, source) => {
    const options = { filename: "s.lua" };
    const here = await partsOf(() => readSchema(source as string, options));
    expect(here).toMatchObject({ code: expect.any(String) as string });
    expect(await problem(source, options)).toEqual(here);
  });

  it("ends at the deadline what bounds that were raised too far do not end", async () => {
    const limits = { instructions: 1e15 };
    expect(await problem("while true do end", { limits, deadlineMs: 1000 })).toMatchObject({ code: "limit-deadline" });
  });

  it("ends what fills the heap", async () => {
    const limits = { instructions: 1e15, memoryBytes: 1e15 };
    const source = "local t = {} while true do t[#t + 1] = { {}, {}, {} } end";
    expect(await problem(source, { limits, deadlineMs: 60_000 })).toMatchObject({ code: "limit-memory" });
  }, 90_000);

  it.each([0, -1, Number.NaN, Infinity, "soon"])("refuses the deadline %s", async (deadlineMs) => {
    expect(await problem(good, { deadlineMs: deadlineMs as number })).toMatchObject({ code: "option-invalid" });
  });

  it("reads many at a time", async () => {
    const names = ["a", "b", "c", "d"];
    const schemas = await Promise.all(names.map((name) => readSchemaIsolated(good.replace('"p"', `"${name}"`))));
    expect(schemas.map(({ name }) => name)).toEqual(names);
  });
});

describe("the built thread", () => {
  /** A folder whose name means something else in an address. */
  const folder = mkdtempSync(join(tmpdir(), "a #b%20?c-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ["mjs", 'import { readSchemaIsolated } from "./dist/index.js"; const main = "esm";'],
    ["cjs", 'const { readSchemaIsolated } = require("./dist/index.cjs"); const main = "cjs";'],
  ])("is found from any folder, and the process ends: .%s", (extension, head) => {
    mkdirSync(folder, { recursive: true });
    cpSync("dist", join(folder, "dist"), { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    if (extension === "mjs") symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
    const file = join(folder, `main.${extension}`);
    writeFileSync(
      file,
      `${head}
      readSchemaIsolated(${JSON.stringify(good)}).then(({ name }) => console.log(main, name));
      readSchemaIsolated("return 1").catch(({ code }) => console.log(code));`,
    );
    const lines = execFileSync(process.execPath, [file], { encoding: "utf8", timeout: 20_000 }).trim().split("\n");
    expect(lines.sort()).toEqual([`${extension === "mjs" ? "esm" : "cjs"} p`, "schema-not-a-table"]);
  });
});

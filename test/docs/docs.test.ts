import { readdirSync, readFileSync } from "node:fs";
import { posix, resolve } from "node:path";
import luaparse from "luaparse";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { blocksOf, withPresentOutput } from "./documents.js";

const documents = [
  "README.md",
  "CHANGELOG.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" }).map((file) => `docs/${file}`),
].filter((file) => file.endsWith(".md"));
const read = (file: string) => readFileSync(file, "utf8");
const manifest = JSON.parse(read("package.json")) as { readonly scripts: Readonly<Record<string, string>> };

describe.each(documents)("%s", (file) => {
  const blocks = blocksOf(read(file));

  it("shows what its commands print at present", async () => {
    await expect(await withPresentOutput(read(file))).toMatchFileSnapshot(resolve(file));
  });

  it("has only code that is checked", () => {
    for (const { language, info, text } of blocks) {
      switch (language) {
        case "console":
        case "text":
          break;
        case "js":
        case "ts":
          // The examples are run by the tests of the package.
          expect(text, `${file}: name the example that the block is`).toBe(read(info));
          break;
        case "sh":
          for (const [, script = ""] of text.matchAll(/npm (?:run )?(\w+)/g)) {
            expect(["ci", "cit", "test", "install", ...Object.keys(manifest.scripts)]).toContain(script);
          }
          break;
        case "lua":
          // A whole chunk, or what stands inside a table.
          luaparse.parse(isFragment(text) ? `return { ${text} }` : text, { luaVersion: "LuaJIT" });
          break;
        case "json":
          JSON.parse(text);
          break;
        case "yaml":
          parseYaml(text);
          break;
        default:
          expect.fail(`${file}: nothing checks a block of ${language}`);
      }
    }
  });

  it("links to files that exist", () => {
    const targets = [...read(file).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = ""]) => target);
    for (const target of targets) {
      if (!/^https?:/.test(target)) read(posix.join(posix.dirname(file), target));
    }
  });
});

describe("docs/errors.md", () => {
  /** `readonly code = "x"` of one class, or the members of a union type whose name ends in `ErrorCode`. */
  function codesIn(source: string): string[] {
    const unions = [...source.matchAll(/type \w*ErrorCode =([^;]*);/g)].flatMap(([, members = ""]) => [
      ...members.matchAll(/"([^"]+)"/g),
    ]);
    const single = [...source.matchAll(/readonly code(?: =|:) "([^"]+)"/g)];
    return [...unions, ...single].map(([, code = ""]) => code);
  }

  it("explains every error code, and no other", () => {
    const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((source) =>
      source.endsWith(".ts"),
    );
    const codes = sources
      .map((source) => read(`src/${source}`))
      .filter((source) => source.includes("extends AdvisorError"))
      .flatMap(codesIn);
    const explained = [...read("docs/errors.md").matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, code]) => code);
    expect(explained.toSorted()).toEqual([...codes, "internal-error"].toSorted());
  });
});

/** A fragment begins with a field's table, or has no `return` of its own. */
function isFragment(lua: string): boolean {
  return lua.trimStart().startsWith("{") || !/\breturn\b/.test(lua);
}

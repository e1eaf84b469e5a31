import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadModules } from "../../src/cli/modules.js";
import { openModuleFolder, readSide } from "../../src/cli/side.js";

const source = "return { name = 'a' }\n";
let cwd = "";

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "kong-schema-advisor-"));
  const files = {
    "plain.lua": source,
    "plugins/b/schema.lua": "return { name = 'b' }\n",
    "plugins/a/schema.lua": source,
    "plugins/a/handler.lua": "return {}\n",
    "plugins/notes/readme.txt": "no plugin",
    "empty/readme.txt": "",
    "answer.json": JSON.stringify({ item: { id: "1", name: "a", lua_schema: source } }),
    "bare-answer.json": JSON.stringify({ name: "a", lua_schema: source }),
    "text.json": JSON.stringify(source),
    "list.json": JSON.stringify({ items: [{ name: "a", lua_schema: source }], page: {} }),
    "long-list.json": JSON.stringify([
      { name: "a", lua_schema: source },
      { name: "b", lua_schema: source },
    ]),
    "checkout/kong/plugins/a/schema.lua": source,
    "checkout/spec/a_spec.lua": "",
    "error.json": JSON.stringify({ message: "not found", __proto__: null }),
    "broken.json": '{"item":',
    "mark.lua": `\uFEFF${source}`,
    "lib/kong/x/y.lua": 'local z = require("kong.x.z"); return z',
    "lib/kong/x/z/init.lua": "require 'kong.x.y'\nreturn {}",
    "lib/__proto__.lua": 'return require "__proto__"',
    "secret.lua": "return 'secret'",
    "odd/schema.lua": source,
    "odd/same.lua": source,
    "odd/empty.lua": "",
    "odd/deep/er.lua": "-- 1\n\n-- 2",
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), text);
  }
  writeFileSync(join(cwd, "latin1.lua"), Buffer.from([0x2d, 0x2d, 0xe9, 0x0a]));
  symlinkSync(join(cwd, "secret.lua"), join(cwd, "lib/kong/leak.lua"));
  symlinkSync(join(cwd, "secret.lua"), join(cwd, "lib/link.lua"));
  symlinkSync("circle", join(cwd, "plugins/circle"));
  symlinkSync("nowhere", join(cwd, "plugins/dangling"));
  writeFileSync(join(cwd, "utf16.lua"), Buffer.from(`\uFEFF${source}`, "utf16le"));
  const git = (...args: string[]) => execFileSync("git", args, { cwd, stdio: "ignore" });
  git("init", "-b", "main");
  git("-c", "core.autocrlf=false", "add", "plain.lua", "plugins", "lib", "odd", "answer.json");
  git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-m", "first");
  git("branch", "feature/x");
  git("update-index", "--add", "--cacheinfo", "160000,1234567890123456789012345678901234567890,module");
  git("add", "checkout");
  git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-m", "second");
});

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

function options(stdin = "") {
  return { cwd, env: process.env, stdin: () => Promise.resolve(stdin) };
}

const pluginA = { folderName: "a", source, code: new Map([["handler.lua", "return {}\n"]]) };

function inAnswer(filename: string) {
  const fileNote = `The new schema is in ${filename}: write its text (item.lua_schema) to schema.lua before you run the commands.`;
  return { schemaFile: "schema.lua", fileNote };
}

function inGit(ref: string, schemaFile: string) {
  const fileNote = `The new version is that of ${ref}: run the commands where ${ref} is checked out, or write its files first; git show ${ref}:./${schemaFile} prints the schema.`;
  return { schemaFile, fileNote };
}

describe("a side of the comparison", () => {
  it("is a file, without a name of its own", async () => {
    expect(await readSide("plain.lua", options())).toEqual({
      kind: "plugin",
      plugin: {
        filename: "plain.lua",
        schemaFile: "plain.lua",
        source,
        code: undefined,
      },
    });
  });

  it("is a schema.lua in the folder of its plugin", async () => {
    expect(await readSide("plugins/a/schema.lua", options())).toEqual({
      kind: "plugin",
      plugin: {
        folderName: "a",
        filename: "plugins/a/schema.lua",
        schemaFile: "plugins/a/schema.lua",
        source,
        code: undefined,
      },
    });
  });

  it("is a plugin folder, with its handler", async () => {
    expect(await readSide("plugins/a", options())).toEqual({
      kind: "plugin",
      plugin: { ...pluginA, filename: "plugins/a/schema.lua", schemaFile: "plugins/a/schema.lua" },
    });
  });

  it("is a folder of plugins, in the order of their names; other folders are passed over", async () => {
    expect(await readSide("plugins/", options())).toEqual({
      kind: "folder",
      unreadable: expect.any(Function) as unknown,
      plugins: [
        { ...pluginA, filename: "plugins/a/schema.lua", schemaFile: "plugins/a/schema.lua" },
        {
          folderName: "b",
          filename: "plugins/b/schema.lua",
          schemaFile: "plugins/b/schema.lua",
          source: "return { name = 'b' }\n",
          code: new Map(),
        },
      ],
    });
  });

  it("is standard input", async () => {
    expect(await readSide("-", options(source))).toEqual({
      kind: "plugin",
      plugin: {
        filename: "stdin",
        schemaFile: "schema.lua",
        fileNote: "The new schema was given on standard input: write it to schema.lua before you run the commands.",
        source,
        code: undefined,
      },
    });
  });

  it.each(["text.json", "list.json"])(
    "is the schema of an answer that was cut to it, or of a list of one: %s",
    async (filename) => {
      const side = await readSide(filename, options());
      expect(side.kind === "plugin" && side.plugin.source).toBe(source);
    },
  );

  it.each(["checkout", "git:main:checkout"])("is a checkout with its plugins in kong/plugins: %s", async (shown) => {
    const side = await readSide(shown, options());
    expect(side.kind === "folder" && side.plugins.map(({ folderName, filename }) => [folderName, filename])).toEqual([
      ["a", `${shown}/kong/plugins/a/schema.lua`],
    ]);
  });

  it.each(["answer.json", "bare-answer.json"])("is a saved answer of the plugin-schemas API: %s", async (filename) => {
    expect(await readSide(filename, options())).toEqual({
      kind: "plugin",
      plugin: { name: "a", filename, ...inAnswer(filename), source, code: undefined },
    });
  });

  it("keeps a byte order mark for the reader to judge", async () => {
    const side = await readSide("mark.lua", options());
    expect(side.kind === "plugin" && side.plugin.source).toBe(`\uFEFF${source}`);
  });

  it.each([
    [
      "git:main:plain.lua",
      {
        filename: "git:main:plain.lua",
        ...inGit("main", "plain.lua"),
        source,
        code: undefined,
      },
    ],
    [
      "git:feature/x:plugins/a",
      { ...pluginA, filename: "git:feature/x:plugins/a/schema.lua", ...inGit("feature/x", "plugins/a/schema.lua") },
    ],
    [
      "git:HEAD:plugins/a/schema.lua",
      {
        folderName: "a",
        filename: "git:HEAD:plugins/a/schema.lua",
        ...inGit("HEAD", "plugins/a/schema.lua"),
        source,
        code: undefined,
      },
    ],
    [
      "git:main:answer.json",
      {
        name: "a",
        filename: "git:main:answer.json",
        ...inAnswer("git:main:answer.json"),
        source,
        code: undefined,
      },
    ],
  ])("is a file or plugin folder in a git tree: %s", async (shown, plugin) => {
    expect(await readSide(shown, options())).toEqual({ kind: "plugin", plugin });
  });

  it("has every file of a git tree as it was committed, an empty one and one of several lines too", async () => {
    const side = await readSide("git:main:odd", options());
    expect(side.kind === "plugin" && [...(side.plugin.code ?? [])]).toEqual([
      ["deep/er.lua", "-- 1\n\n-- 2"],
      ["empty.lua", ""],
      ["same.lua", source],
    ]);
  });

  it("is a folder of plugins in a git tree", async () => {
    const side = await readSide("git:main:plugins", options());
    expect(side.kind === "folder" && side.plugins.map((plugin) => plugin.filename)).toEqual([
      "git:main:plugins/a/schema.lua",
      "git:main:plugins/b/schema.lua",
    ]);
  });

  it.each([
    ["", "usage"],
    ["missing.lua", "input-not-found"],
    ["plain.lua/schema.lua", "input-not-found"],
    ["empty", "folder-without-schema"],
    ["latin1.lua", "input-not-utf8"],
    ["utf16.lua", "input-not-utf8"],
    ["plugins/circle", "input-not-found"],
    ["long-list.json", "answer-without-schema"],
    ["git:main:module", "git-path-unknown"],
    ["git:main:lib/link.lua", "git-path-unknown"],
    ["/dev/zero", "input-too-large"],
    ["error.json", "answer-without-schema"],
    ["broken.json", "answer-without-schema"],
    ["git:main", "usage"],
    ["git::plain.lua", "usage"],
    ["git:main:/etc/passwd", "usage"],
    ["git:main:../../etc/passwd", "git-path-unknown"],
    ["git:nowhere:plain.lua", "git-ref-unknown"],
    ["git:main:nothing.lua", "git-path-unknown"],
    ["git:--output=owned:plain.lua", "git-ref-unknown"],
    ["git:$(touch owned):plain.lua", "git-ref-unknown"],
    ["git:main:--textconv", "git-path-unknown"],
    ["git:ma\0in:plain.lua", "usage"],
  ])("is refused with a code: %j is %s", async (shown, code) => {
    await expect(readSide(shown, options())).rejects.toMatchObject({ code });
  });

  it("is refused outside a git repository", async () => {
    const outside = mkdtempSync(join(tmpdir(), "kong-schema-advisor-"));
    await expect(readSide("git:main:a.lua", { ...options(), cwd: outside })).rejects.toMatchObject({
      code: "git-not-usable",
    });
    rmSync(outside, { recursive: true });
  });
});

describe("the modules that a schema requires", () => {
  const load = (text: string, folder = "lib") => loadModules(text, openModuleFolder(folder, options()));

  it.each(["lib", "git:main:lib"])("are found by name below %s, and theirs too", (folder) => {
    expect(Object.keys(load('local y = require "kong.x.y"', folder))).toEqual(["kong.x.y", "kong.x.z"]);
  });

  it("are found in every form of a literal require", () => {
    const forms = ["require'kong.x.z'", 'require("kong.x.z")', "require [[kong.x.z]]", 'pcall(require, "kong.x.z")'];
    for (const form of forms) expect(Object.keys(load(form)).sort()).toEqual(["kong.x.y", "kong.x.z"]);
  });

  it("cannot be outside the folder", () => {
    const hostile = ["../secret", "..secret", ".secret", "/etc/passwd", "kong/../../secret", "kong.leak", "kong\\x"];
    expect(load(hostile.map((name) => `require "${name}"`).join("\n"))).toEqual({});
  });

  it("may have any plain name", () => {
    expect(Object.entries(load('require "__proto__"'))).toEqual([["__proto__", 'return require "__proto__"']]);
  });
});

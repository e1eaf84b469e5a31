import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "../../src/cli/run.js";

let cwd = "";

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "kong-schema-advisor-"));
  for (const side of ["old", "new"]) plugin(`${side}/kept`);
});

afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function write(path: string, text = ""): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), text);
}

function plugin(folder: string): void {
  write(`${folder}/schema.lua`, `return { name = "p", fields = { { config = { type = "record", fields = {} } } } }`);
}

function link(path: string, target: string): void {
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  symlinkSync(target, join(cwd, path));
}

const git = (...args: string[]) => execFileSync("git", args, { cwd, stdio: "ignore" });

function commit(): void {
  git("init", "-b", "main");
  git("add", ".");
  git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-m", "first");
}

async function plan(old = "old", now = "new") {
  const surroundings = { cwd, env: process.env, terminal: undefined, stdin: () => Promise.resolve("") };
  const { exitCode, stdout, stderr } = await run(["plan", old, now, "--format", "json"], surroundings);
  if (exitCode === 1) return stderr.split("\n")[0];
  const { plugins } = JSON.parse(stdout) as { plugins: { situation: string }[] };
  return plugins.map(({ situation }) => situation);
}

const refused = (path: string, other: string) =>
  `kong-schema-advisor: ${path} is there, and no schema.lua is read from it, while the other side has ${other} [folder-without-schema]`;

const unreadable: readonly (readonly [string, (folder: string) => void])[] = [
  ["a folder with a handler alone", (folder) => write(`${folder}/handler.lua`, "return {}")],
  ["a symbolic link out of the folder", (folder) => link(folder, "../elsewhere/p")],
  [
    "a folder whose schema.lua is a link out of it",
    (folder) => link(`${folder}/schema.lua`, "../../elsewhere/p/schema.lua"),
  ],
  ["a link that leads nowhere", (folder) => link(folder, "nowhere")],
  ["a link that was checked out as a file", (folder) => write(folder, "../elsewhere/p")],
];

describe("a plugin that only one of two folders has", () => {
  it.each([
    ["the old one: a removal", "old/p", ["removal"]],
    ["the new one: a first upload", "new/p", ["first-upload"]],
  ])("is in %s", async (_, folder, situations) => {
    plugin(folder);
    write("old/notes/handler.lua");
    write("new/notes/handler.lua");
    expect(await plan()).toEqual(situations);
  });

  it.each(unreadable)("is not taken for removed where the other has %s", async (_, make) => {
    plugin("elsewhere/p");
    plugin("old/p");
    make("new/p");
    expect(await plan()).toBe(refused("new/p", "old/p/schema.lua"));
    commit();
    expect(await plan("git:main:old", "git:main:new")).toBe(refused("git:main:new/p", "git:main:old/p/schema.lua"));
  });

  it.each(unreadable)("is not taken for new where the other has %s", async (_, make) => {
    plugin("elsewhere/p");
    plugin("new/p");
    make("old/p");
    expect(await plan()).toBe(refused("old/p", "new/p/schema.lua"));
  });

  it("is not taken for removed where the other has an empty folder, such as a submodule that was not fetched", async () => {
    plugin("old/p");
    mkdirSync(join(cwd, "new/p"));
    expect(await plan()).toBe(refused("new/p", "old/p/schema.lua"));
    git("init", "-b", "main");
    git("add", ".");
    git("update-index", "--add", "--cacheinfo", "160000,1234567890123456789012345678901234567890,new/p");
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-m", "first");
    expect(await plan("git:main:old", "git:main:new")).toBe(refused("git:main:new/p", "git:main:old/p/schema.lua"));
  });

  it("is not taken for removed where the other has it in a layout that is not looked at", async () => {
    plugin("old/kong/plugins/p");
    rmSync(join(cwd, "old/kept"), { recursive: true });
    plugin("new/kong/plugins/p");
    expect(await plan()).toBe(refused("new/kong/plugins/p", "old/kong/plugins/p/schema.lua"));
  });

  it("may be called like another folder of a checkout", async () => {
    for (const side of ["old", "new"]) {
      rmSync(join(cwd, side, "kept"), { recursive: true });
      plugin(`${side}/kong/plugins/kept`);
      write(`${side}/spec/kept_spec.lua`);
    }
    plugin("old/kong/plugins/spec");
    expect(await plan()).toEqual(["removal"]);
  });
});

describe("a plugin with the same schema on both sides", () => {
  it("is not taken for unchanged where a part of its code is behind a link", async () => {
    plugin("old/p");
    plugin("new/p");
    write("elsewhere/handler.lua", "return {}");
    commit();
    expect(await plan()).toEqual([]);
    link("new/p/handler.lua", "../../elsewhere/handler.lua");
    link("old/p/handler.lua", "../../elsewhere/handler.lua");
    expect(await plan()).toEqual(["handler-only"]);
    commit();
    expect(await plan("git:main:old", "git:main:new")).toEqual(["handler-only"]);
  });
});

describe("a symbolic link to a plugin inside the folder that is given", () => {
  it("is followed on disk, its handler too", async () => {
    plugin("old/.src/p");
    write("old/.src/p/handler.lua", "return { VERSION = 1 }");
    link("old/p", ".src/p");
    plugin("new/.src/p");
    write("new/.src/p/handler.lua", "return { VERSION = 2 }");
    link("new/p", ".src/p");
    expect(await plan()).toEqual(["handler-only"]);
  });

  it("is refused in a git tree", async () => {
    plugin("old/p");
    plugin("new/.src/p");
    link("new/p", ".src/p");
    commit();
    expect(await plan("git:main:old", "git:main:new")).toBe(refused("git:main:new/p", "git:main:old/p/schema.lua"));
  });
});

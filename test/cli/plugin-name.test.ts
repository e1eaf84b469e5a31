import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../src/cli/run.js";

let top = "";

const body = `fields = { { config = { type = "record", fields = { { ttl = { type = "integer" } } } } } }`;
/** The module's name is an argument of the chunk, as Kong's `require` gives it. */
const source = `local name = (...):match("^kong%.plugins%.(.+)%.schema$")\nreturn { name = name, ${body} }\n`;

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), "kong-schema-advisor-"));
  mkdirSync(join(top, "kong/plugins/vr"), { recursive: true });
  writeFileSync(join(top, "kong/plugins/vr/schema.lua"), source);
  writeFileSync(join(top, "kong/plugins/vr/anonymous.json"), JSON.stringify({ item: { lua_schema: source } }));
  writeFileSync(join(top, "kong/plugins/vr/error.log"), "");
  writeFileSync(join(top, "other.lua"), source);
  writeFileSync(
    join(top, "lenient.lua"),
    `return { name = (... or ""):match("^kong%.plugins%.(.+)%.schema$"), ${body} }`,
  );
  writeFileSync(join(top, "deck.yaml"), "_format_version: '3.0'\nplugins:\n- name: vr\n  config: {}\n");
  const git = (...args: string[]) => execFileSync("git", args, { cwd: top, stdio: "ignore" });
  git("init", "-b", "main");
  git("add", ".");
  git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-m", "first");
});

afterAll(() => rmSync(top, { recursive: true, force: true }));

function kong(...args: readonly string[]) {
  const cwd = join(top, "kong/plugins/vr");
  const stdin = () => Promise.resolve(readFileSync(join(top, "other.lua"), "utf8"));
  return run(args, { cwd, env: process.env, terminal: undefined, stdin });
}

async function names(...args: readonly string[]): Promise<unknown> {
  const { stdout, stderr } = await kong("plan", ...args, "--format", "json");
  return stderr === "" ? (JSON.parse(stdout) as { plugin: unknown }).plugin : stderr;
}

const others = ["../../../other.lua", "-", "anonymous.json"];

describe("the name that a schema asks for", () => {
  it.each([
    ".",
    "schema.lua",
    "../vr",
    "git:HEAD:.",
    "git:HEAD:./",
    "git:HEAD:schema.lua",
    "git:HEAD:../vr/schema.lua",
  ])("is that of the plugin's folder, the current one too: %s", async (shown) => {
    expect(await names("--first-upload", shown)).toEqual({ old: null, new: "vr" });
  });

  it.each(others)("is that of the other version where nothing else says it: %s", async (shown) => {
    expect(await names(shown, ".")).toEqual({ old: "vr", new: "vr" });
    expect(await names("git:HEAD:.", shown)).toEqual({ old: "vr", new: "vr" });
  });

  it.each([
    ["check", "../../../other.lua", "."],
    ["check", ".", "../../../other.lua"],
    ["adapt", "../../../other.lua", ".", "--instances", "../../../deck.yaml"],
    ["diagnose", "error.log", "--old", "../../../other.lua", "--new", "."],
  ])("is that of the other version wherever two are read: %s %s %s", async (...args) => {
    expect(await kong(...args)).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it.each([...others, "../../../lenient.lua"])("is asked of the user where nobody says it: %s", async (shown) => {
    const { exitCode, stderr } = await kong("plan", shown, "../../../other.lua");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("--plugin-name");
  });

  it.each(others)("is what --plugin-name says: %s", async (shown) => {
    expect(await names(shown, "../../../other.lua", "--plugin-name", "given")).toEqual({ old: "given", new: "given" });
    expect(await names(shown, ".", "--plugin-name", "given")).toEqual({ old: "given", new: "given" });
  });

  it("may be given for a removal", async () => {
    const { stdout } = await kong("remove", "../../../other.lua", "--plugin-name", "given", "--format", "json");
    expect(JSON.parse(stdout)).toMatchObject({ plugin: { old: "given", new: null } });
  });

  it.each(["", "kong/plugins/vr"])("is no path and not empty: %j", async (name) => {
    expect((await kong("plan", ".", ".", "--plugin-name", name)).stderr).toContain("[usage]");
  });

  it("is not given for folders of plugins, which have names", async () => {
    expect((await kong("plan", "..", "..", "--plugin-name", "x")).stderr).toContain(
      "--plugin-name goes with one plugin",
    );
  });
});

/** A version of my-plugin that says so in some way; the new one has no `ttl`. */
function version(saying: string, fields: string) {
  return `${saying}, fields = { { config = { type = "record", fields = { ${fields} } } } } }\n`;
}

function writeVersions(saying: string, place = "") {
  const folder = mkdtempSync(join(top, "versions-"));
  for (const [name, fields] of [
    ["old", '{ ttl = { type = "integer" } }'],
    ["new", ""],
  ] as const) {
    mkdirSync(join(folder, name, place), { recursive: true });
    writeFileSync(join(folder, name, place, "schema.lua"), version(saying, fields));
  }
  const instances = "_format_version: '3.0'\nplugins:\n- name: my-plugin\n  config:\n    ttl: 60\n";
  writeFileSync(join(folder, "deck.yaml"), instances);
  return folder;
}

function runIn(cwd: string, ...args: readonly string[]) {
  return run(args, { cwd, env: {}, terminal: undefined, stdin: () => Promise.resolve("") });
}

describe("the name that a schema says", () => {
  describe.each([
    ["as a text", 'return { name = "my-plugin"'],
    ["in brackets", 'return { name = ("my-plugin")'],
    ["in pieces", 'local kind = "plugin"\nreturn { name = "my-" .. kind'],
    ["below a comment with dots", '-- and so on ...\nreturn { name = "my-plugin"'],
    [
      "beside a function of any arguments",
      'local function all(...) return { ... } end\nreturn { name = all("my-plugin")[1]',
    ],
    ["beside a use of the module's name", 'local base = (...):gsub("%.schema$", "")\nreturn { name = "my-plugin"'],
  ])("%s", (_, saying) => {
    it.each([
      ["old", "new"],
      ["old/schema.lua", "new/schema.lua"],
    ])("is that of its instances, whatever the folders are called: %s %s", async (old, now) => {
      const folder = writeVersions(saying);
      const given = [old, now, "--instances", "deck.yaml"];
      const planned = await runIn(folder, "plan", ...given, "--trust", "instances", "--max-path", "none");
      expect(planned.exitCode).toBe(2);
      expect(planned.stderr).toContain("the instances of my-plugin need");
      const rolledOut = await runIn(folder, "rollout", ...given, "--format", "json");
      expect(JSON.parse(rolledOut.stdout)).toMatchObject({
        plugin: { old: "my-plugin", new: "my-plugin" },
        instanceReport: { instances: [{ address: "deck.yaml:3, global", operations: ["drop config.ttl"] }] },
      });
      const checked = await runIn(folder, "check", ...given);
      expect([checked.exitCode, checked.stdout]).toEqual([2, expect.stringContaining("deck.yaml:3")]);
      const removed = await runIn(folder, "remove", old, "--instances", "deck.yaml");
      expect(removed.stderr).toContain("my-plugin has 1 instance left");
      const adapted = await runIn(folder, "adapt", ...given);
      expect(adapted).toMatchObject({ exitCode: 0, stderr: "" });
      expect(adapted.stdout).not.toContain("ttl");
    });
  });

  it("does not count where an answer says another one", async () => {
    const folder = writeVersions('return { name = "my-plugin"');
    const item = { name: "installed", lua_schema: version('return { name = "my-plugin"', "") };
    writeFileSync(join(folder, "answer.json"), JSON.stringify({ item }));
    const { stdout } = await runIn(folder, "plan", "--first-upload", "answer.json", "--format", "json");
    expect(JSON.parse(stdout)).toMatchObject({ findings: [{ id: "name-differs" }, { id: "files-to-write" }] });
  });
});

describe("the name that a schema has from what is not here", () => {
  const hidden = 'local PLUGIN_NAME = require("acme.meta").name\nreturn { name = PLUGIN_NAME';

  it.each([
    ["old/my-plugin", "new/my-plugin"],
    ["old/my-plugin/schema.lua", "new/my-plugin/schema.lua"],
    ["old", "new"],
  ])("is that of its folder: %s %s", async (old, now) => {
    const folder = writeVersions(hidden, "my-plugin");
    const { stdout, stderr } = await runIn(folder, "plan", old, now, "--instances", "deck.yaml");
    expect(stderr).toBe("");
    expect(stdout).toContain("deck.yaml:3");
  });

  it("is that of its folder where it is made of what Kong calls it with", async () => {
    const folder = writeVersions('return { name = "my-" .. (...):match("([^.]+)%.schema$")', "plugin");
    const { stdout } = await runIn(folder, "plan", "old/plugin", "new/plugin", "--format", "json");
    expect(JSON.parse(stdout)).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ id: "name-differs" })]) as unknown,
    });
  });
});

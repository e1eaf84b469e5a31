import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../src/cli/run.js";

let top = "";

const schema = (fields: string) =>
  `return { name = "vr", fields = { { config = { type = "record", fields = { ${fields} } } } } }\n`;
const old = schema("");
const now = schema('{ ttl = { type = "integer" } }');

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), "kong-schema-advisor-"));
  mkdirSync(join(top, "plugins/vr"), { recursive: true });
  const git = (...args: string[]) => execFileSync("git", args, { cwd: top, stdio: "ignore" });
  git("init", "-b", "main");
  for (const text of [old, now]) {
    writeFileSync(join(top, "plugins/vr/schema.lua"), text);
    git("add", ".");
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-m", "next");
  }
  git("tag", "v2");
  writeFileSync(join(top, "new.json"), JSON.stringify({ item: { name: "vr", lua_schema: now } }));
  writeFileSync(
    join(top, "kong.json"),
    JSON.stringify({ custom_plugins: [{ name: "vr2", schema: now, handler: "return {}" }] }),
  );
});

afterAll(() => rmSync(top, { recursive: true, force: true }));

interface Planned {
  readonly steps: readonly {
    readonly id: string;
    readonly commands: readonly { readonly lines: readonly string[] }[];
  }[];
  readonly findings: readonly { readonly id: string; readonly message: string }[];
}

async function plan(folder: string, oldSide: string, newSide: string) {
  const surroundings = { env: process.env, terminal: undefined, stdin: () => Promise.resolve(now) };
  const { stdout } = await run(["plan", oldSide, newSide, "--format", "json"], {
    cwd: join(top, folder),
    ...surroundings,
  });
  const { steps, findings } = JSON.parse(stdout) as Planned;
  return {
    update: JSON.stringify(steps.filter(({ id }) => id === "update-control-plane-schema")),
    notes: findings.filter(({ id }) => id === "files-to-write").map(({ message }) => message),
  };
}

describe("the file that the commands of a plan name", () => {
  it.each([
    ["", "git:HEAD~:plugins/vr", "git:v2:plugins/vr", "plugins/vr/schema.lua"],
    ["", "git:HEAD~:plugins/vr", "git:v2:plugins/vr/schema.lua", "plugins/vr/schema.lua"],
    ["plugins/vr", "git:HEAD~:.", "git:v2:.", "schema.lua"],
    ["plugins", "git:HEAD~:../plugins/vr", "git:v2:../plugins/vr", "../plugins/vr/schema.lua"],
  ])("is that of the git tree, as it is called from %j: %s to %s", async (folder, oldSide, newSide, file) => {
    const { update, notes } = await plan(folder, oldSide, newSide);
    expect(update).toContain(` ${file} |`);
    expect(notes).toEqual([
      `The new version is that of v2: run the commands where v2 is checked out, or write its files first; git show v2:./${file} prints the schema.`,
    ]);
    const printed = execFileSync("git", ["show", `v2:./${file}`], { cwd: join(top, folder), encoding: "utf8" });
    expect(printed).toBe(now);
  });

  it.each([
    ["-", "The new schema was given on standard input: write it to schema.lua before you run the commands."],
    [
      "new.json",
      "The new schema is in new.json: write its text (item.lua_schema) to schema.lua before you run the commands.",
    ],
  ])("is to be written first, a note says: %s", async (newSide, note) => {
    const { update, notes } = await plan("", "git:HEAD~:plugins/vr", newSide);
    expect(update).toContain(" schema.lua |");
    expect(notes).toEqual([note]);
  });

  it("is to be written first with the handler where both are in a decK file", async () => {
    const { notes } = await plan("", "git:HEAD~:plugins/vr", "kong.json#custom_plugins/vr2");
    expect(notes).toEqual([
      "The new version is in kong.json: write the schema and the handler of custom_plugins/vr2 to schema.lua and handler.lua before you run the commands.",
    ]);
  });

  it("needs no note where it is on disk, wherever the old version comes from", async () => {
    const { update, notes } = await plan("", "git:HEAD~:plugins/vr", "plugins/vr");
    expect(update).toContain(" plugins/vr/schema.lua |");
    expect(notes).toEqual([]);
  });

  it.each(["a;id", "a b", "it's", "$(id)"])("is one argument in the command of that note: %s", async (folder) => {
    const shown = `git:HEAD:plugins/${folder}`;
    mkdirSync(join(top, "plugins", folder));
    writeFileSync(join(top, "plugins", folder, "schema.lua"), now);
    const git = (...args: string[]) => execFileSync("git", args, { cwd: top, stdio: "ignore" });
    git("add", ".");
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-m", folder);
    const { notes } = await plan("", "git:HEAD:plugins/vr", shown);
    const command = /(git show .*) prints the schema/.exec(notes.join("\n"))?.[1] ?? "";
    expect(execFileSync("sh", ["-c", command], { cwd: top, encoding: "utf8" })).toBe(now);
  });
});

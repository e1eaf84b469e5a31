import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../src/cli/run.js";
import type { Surroundings } from "../../src/cli/surroundings.js";

const quota = ["examples/old/quota-guard", "examples/new/quota-guard"];
const renames = [
  ["--rename", "config.namespace=config.redis.key_prefix"],
  ["--rename", "config.error_code=config.rejection.status"],
  ["--rename", "config.error_message=config.rejection.message"],
].flat();
const stamp = ["examples/old/response-stamp", "examples/new/response-stamp"];
const ttlRemoved = ["examples/old/response-stamp", "examples/ttl-removed/response-stamp"];

function kong(args: readonly string[], surroundings: Partial<Surroundings> = {}) {
  const none = { cwd: process.cwd(), env: {}, terminal: undefined, stdin: () => Promise.resolve("") };
  return run(args, { ...none, ...surroundings });
}

/** A session as a user sees it: the command, both outputs, the exit code. */
async function session(...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await kong(args);
  const words = args.map((arg) => (/^[\w./:@=-]+$/.test(arg) ? arg : JSON.stringify(arg)));
  return `$ kong-schema-advisor ${words.join(" ")}\n${stdout}${stderr}# exit code ${exitCode}\n`;
}

describe("a session with the command line", () => {
  it.each([
    ["help", ["help"]],
    ["update", ["plan", ...quota, "--from-version", "1.4.0", "--to-version", "2.0.0"]],
    ["update-json", ["plan", ...stamp, "--format", "json"]],
    ["update-markdown", ["plan", ...quota, "--format", "markdown"]],
    ["update-github", ["plan", ...quota, "--format", "github"]],
    ["renamed", ["plan", ...quota, ...renames, "--from-version", "1.4.0", "--to-version", "2.0.0"]],
    ["rename-refused", ["plan", ...quota, "--rename", "config.namespace=config.redis.prefix"]],
    ["rename-over-folders", ["plan", "test/cli/plugins/old", "test/cli/plugins/new", "--rename", "config.a=config.b"]],
    ["short", ["plan", ...stamp, "--max-path", "short"]],
    ["by-the-table", ["plan", ...ttlRemoved, "--trust", "table", "--from-version", "1.4.0"]],
    ["gate-exceeded", ["plan", ...ttlRemoved, "--max-path", "long", "--format", "github"]],
    [
      "gate-accepted",
      [
        "plan",
        ...ttlRemoved,
        "--max-path",
        "long",
        "--accept",
        "field-removed:config.ttl=the one instance goes first",
        "--accept",
        "field-added:config.old=a left-over",
      ],
    ],
    ["handler-only", ["plan", ...stamp.slice(0, 1), ...stamp.slice(0, 1)]],
    ["first-upload", ["plan", "--first-upload", "examples/new/response-stamp"]],
    ["folders", ["plan", "test/cli/plugins/old", "test/cli/plugins/new", "--max-path", "short"]],
    [
      "folders-accepted",
      [
        "plan",
        "test/cli/plugins/old",
        "test/cli/plugins/new",
        "--format",
        "github",
        ...["--accept", "field-added:config.ttl=reviewed"],
        ...["--accept", "changed/field-added:config.ttl=reviewed, this one"],
        ...["--accept", "added/field-added:config.ttl=for a plugin without this change"],
        ...["--accept", "field-removed:config.ttl=for no plugin at all"],
        ...["--accept", "gone/plugin-removed:=nobody has an instance", "--max-path", "none"],
      ],
    ],
    ["folders-json", ["plan", "test/cli/plugins/old", "test/cli/plugins/new", "--format", "json"]],
  ])("%s", async (name, args) => {
    await expect(await session(...args)).toMatchFileSnapshot(resolve(`test/cli/snapshots/${name}.txt`));
  });

  it("of bad input", async () => {
    const broken = readdirSync("test/cli/broken").sort();
    const sessions = broken.map((file) => session("plan", `test/cli/broken/${file}`, "examples/new/quota-guard"));
    const text = (await Promise.all(sessions)).join("\n");
    await expect(text).toMatchFileSnapshot(resolve("test/cli/snapshots/bad-input.txt"));
  });

  it("of bad arguments", async () => {
    const commands = [
      [],
      ["plna"],
      ["plan"],
      ["plan", "a"],
      ["plan", "a", "b", "c"],
      ["plan", "-", "-"],
      ["plan", "", "examples/new/quota-guard"],
      ["plan", "missing.lua", "examples/new/quota-guard"],
      ["plan", "docs", "examples/new/quota-guard"],
      ["plan", "examples/old", "examples/new/quota-guard"],
      ["plan", "git:no-such-ref:examples", "examples"],
      ["plan", "--first-upload", "a", "b"],
      ["plan", ...stamp, "--format", "pdf"],
      ["plan", ...stamp, "--max-path", "medium"],
      ["plan", ...stamp, "--accept", "field-added"],
      ["plan", ...stamp, "--accept", "field-remove:config.ttl=reviewed"],
      ["plan", ...stamp, "--from-version", "1"],
      ["plan", ...stamp, "--gateway-version", "new"],
      ["plan", ...stamp, "--module-path", "package.json"],
      ["plan", ...stamp, "--colour"],
    ];
    const text = (await Promise.all(commands.map((args) => session(...args)))).join("\n");
    await expect(text).toMatchFileSnapshot(resolve("test/cli/snapshots/bad-arguments.txt"));
  });
});

describe("the command line", () => {
  it("prints nothing on standard output and exits with 1 where it could not complete", async () => {
    for (const file of readdirSync("test/cli/broken")) {
      const { exitCode, stdout, stderr } = await kong(["plan", `test/cli/broken/${file}`, "examples/new/quota-guard"]);
      expect({ file, exitCode, stdout }).toEqual({ file, exitCode: 1, stdout: "" });
      expect(stderr).toMatch(/^kong-schema-advisor: [^]* \[[a-z-]+\]\n/);
      expect(stderr).not.toContain("internal-error");
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  });

  it("takes a schema from standard input on one side", async () => {
    const stdin = () =>
      Promise.resolve('return { name = "x", fields = { { config = { type = "record", fields = {} } } } }');
    const { stdout } = await kong(["plan", "--first-upload", "-", "--format", "json"], { stdin });
    expect(JSON.parse(stdout)).toMatchObject({ plugin: { old: null, new: "x" }, situation: "first-upload" });
  });

  it.each([
    ["no terminal", {}, undefined, false],
    ["a terminal", { TERM: "xterm" }, { columns: 100 }, true],
    ["a dumb terminal", { TERM: "dumb" }, { columns: 100 }, false],
    ["NO_COLOR on a terminal", { NO_COLOR: "1" }, { columns: 100 }, false],
    ["an empty NO_COLOR on a terminal", { NO_COLOR: "" }, { columns: 100 }, true],
    ["FORCE_COLOR without a terminal", { FORCE_COLOR: "1" }, undefined, true],
    ["FORCE_COLOR=0 on a terminal", { FORCE_COLOR: "0" }, { columns: 100 }, false],
  ])("has colours where they are wanted: %s", async (_, env, terminal, coloured) => {
    const { stdout } = await kong(["plan", ...stamp], { env, terminal });
    expect(stdout.includes("\u001b[")).toBe(coloured);
  });

  it("has colours in no other format than text", async () => {
    for (const format of ["markdown", "json", "github"]) {
      const { stdout } = await kong(["plan", ...stamp, "--format", format], { env: { FORCE_COLOR: "1" } });
      expect(stdout).not.toContain("\u001b");
    }
  });

  it.each([60, 80, 100, 120, 200])(
    "keeps its sentences within a terminal of %i columns, down to 80 and up to 120",
    async (columns) => {
      const { stdout } = await kong(["plan", ...quota], { terminal: { columns }, env: { NO_COLOR: "1" } });
      // Commands are for pasting, and not broken.
      const [sentences = ""] = stdout.split("\nSteps\n");
      const longest = Math.max(...sentences.split("\n").map((line) => line.length));
      expect(longest).toBeLessThanOrEqual(Math.min(120, Math.max(80, columns)));
    },
  );
});

describe("modules that a schema requires", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kong-schema-advisor-"));
    writeFileSync(join(folder, "limits.lua"), "return { ttl = 60 }");
    writeFileSync(
      join(folder, "schema.lua"),
      `local limits = require "limits"
       return { name = "a", fields = { { config = { type = "record", fields = { { ttl = { type = "integer", default = limits.ttl } } } } } } }`,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const defaults = async (...options: string[]) => {
    const path = join(folder, "schema.lua");
    const { stdout } = await kong(["plan", path, path, "--format", "json", ...options]);
    return JSON.parse(stdout) as {
      findings: { id: string }[];
      changes: { kind: string; old: unknown; new: unknown }[];
    };
  };

  it("are found with --module-path, so that nothing is opaque", async () => {
    expect(await defaults("--module-path", folder)).toMatchObject({ findings: [], changes: [] });
  });

  it("are opaque without, and a value that is visible on one side only has changed", async () => {
    const { changes } = await defaults("--new-module-path", folder);
    expect(changes).toMatchObject([{ old: { opaque: "limits.ttl" }, new: 60 }]);
  });

  it("may be other ones for each version wherever two versions are read", async () => {
    const other = join(folder, "other");
    mkdirSync(other, { recursive: true });
    writeFileSync(join(other, "limits.lua"), `return { ttl = "many" }`);
    const path = join(folder, "schema.lua");
    const log = join(folder, "error.log");
    writeFileSync(log, "");
    const paths = ["--module-path", folder, "--new-module-path", other];
    for (const args of [
      ["check", path, path],
      ["adapt", path, path, "--instances", "examples/decks/response-stamp.yaml"],
      ["diagnose", log, "--old", path, "--new", path],
    ]) {
      const { exitCode, stdout, stderr } = await kong([...args, ...paths]);
      expect([exitCode, stdout]).toEqual([1, ""]);
      expect(stderr).toContain("expected an integer");
    }
  });
});

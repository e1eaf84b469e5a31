import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { run } from "../../src/cli/run.js";
import { outputOf } from "../docs/documents.js";

const stdin = () => Promise.resolve("");
const lint = (...args: string[]) => run(["lint", ...args], { cwd: process.cwd(), env: {}, terminal: undefined, stdin });

describe("kong-schema-advisor lint", () => {
  it("prints findings with places, rules and remedies, and ends with 2 where errors are left", async () => {
    expect(await outputOf("kong-schema-advisor lint test/lint/broken/handler-phases")).toMatchInlineSnapshot(`
      "handler-phases (test/lint/broken/handler-phases)
        error    test/lint/broken/handler-phases/handler.lua:11:1 handler-phases
                 the handler has both \`response\` (line 7) and \`header_filter\`: a node does not load the
                 plugin
                 Do all of it in \`response\`, or all of it in the filters.

      1 plugin: 1 error
      kong-schema-advisor: 1 error is left
      # exit code 2
      "
    `);
  });

  it("prints that nothing was found", async () => {
    expect(await outputOf("kong-schema-advisor lint test/lint/clean")).toMatchInlineSnapshot(`
      "5 plugins: nothing found
      "
    `);
  });

  it("prints Markdown", async () => {
    expect(
      await outputOf(
        "kong-schema-advisor lint test/lint/broken/streamed-modules --distribution streamed --format markdown",
      ),
    ).toMatchInlineSnapshot(`
      "**1 plugin: 2 errors.**

      ## streamed-modules (test/lint/broken/streamed-modules)

      | Severity | Place | Rule | Finding |
      | --- | --- | --- | --- |
      | error | \`test/lint/broken/streamed-modules/handler.lua:2:17\` | [\`streamed-modules\`](https://developer.konghq.com/custom-plugins/streaming-plugins/) | the handler requires kong.plugins.streamed-modules.helpers, which does not come with the Gateway: a streamed plugin does not get it. Copy what is needed into handler.lua, or use what the Gateway brings. |
      | error | \`test/lint/broken/streamed-modules/handler.lua:3:15\` | [\`streamed-modules\`](https://developer.konghq.com/custom-plugins/streaming-plugins/) | the handler requires lunajson, which does not come with the Gateway: a streamed plugin does not get it. Copy what is needed into handler.lua, or use what the Gateway brings. |
      kong-schema-advisor: 2 errors are left
      # exit code 2
      "
    `);
  });

  it("prints annotations for GitHub", async () => {
    expect(await outputOf("kong-schema-advisor lint test/lint/broken/handler-phases/ --format github"))
      .toMatchInlineSnapshot(`
      "::error file=test/lint/broken/handler-phases/handler.lua,line=11,col=1,title=handler-phases::the handler has both \`response\` (line 7) and \`header_filter\`: a node does not load the plugin. Do all of it in \`response\`, or all of it in the filters.
      kong-schema-advisor: 1 error is left
      # exit code 2
      "
    `);
  });

  it("prints JSON", async () => {
    const { stdout } = await lint("test/lint/broken/admin-api", "--format", "json");
    expect(JSON.parse(stdout)).toMatchObject({
      formatVersion: 1,
      plugins: [
        {
          plugin: "admin-api",
          folder: "test/lint/broken/admin-api",
          findings: [{ id: "admin-api", severity: "error" }],
        },
      ],
      left: { error: 1, warning: 0, note: 0 },
    });
  });

  it("lets accepted findings pass, and shows them", async () => {
    const { exitCode, stdout } = await lint("test/lint/broken/admin-api", "--accept", "admin-api:api.lua=moved in May");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/accepted.*admin-api[^]*Accepted: moved in May[^]*nothing found \(1 accepted\)/);
  });

  it("takes a schema alone, a folder in git, and several paths", async () => {
    const { stdout } = await lint(
      "test/lint/clean/quota/schema.lua",
      "git:HEAD:examples/old/response-stamp",
      "--format",
      "json",
    );
    expect(JSON.parse(stdout)).toMatchObject({
      plugins: [
        { plugin: "quota", folder: "test/lint/clean/quota" },
        { plugin: "response-stamp", folder: "git:HEAD:examples/old/response-stamp" },
      ],
    });
  });

  it("takes definitions of clones, counted over all files", async () => {
    const { exitCode, stdout } = await lint(
      "test/lint/broken/clone-count/clones.json",
      "test/lint/broken/clone-ref/clones.json",
      "--distribution",
      "cloned",
      "--format",
      "json",
    );
    expect(exitCode).toBe(2);
    expect(
      (JSON.parse(stdout) as { plugins: { findings: { id: string }[] }[] }).plugins[0]?.findings.map(({ id }) => id),
    ).toEqual(["clone-count", "clone-ref"]);
  });

  it.each([
    [["nowhere"], "input-not-found"],
    [["examples"], "folder-without-schema"],
    [["test/lint/clean/quota/handler.lua"], "usage"],
    [["test/lint/clean/quota", "--accept", "nothing"], "usage"],
    [[], "usage"],
    [["test/lint/rules.test.ts", "--distribution", "cloned"], "definitions-not-readable"],
  ])("tells what is wrong with %j: %s", async (args, code) => {
    const { exitCode, stdout, stderr } = await lint(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain(`[${code}]`);
  });

  it("prints hostile words as inert text, in every format", async () => {
    const folder = mkdtempSync(join(tmpdir(), "kong-schema-advisor-"));
    writeFileSync(
      join(folder, "schema.lua"),
      'local a = require "\\27[31m::error::\\u{202e}x"\nreturn { name = "a", fields = {} }',
    );
    for (const format of ["text", "markdown", "json", "github"]) {
      const { stdout } = await lint(folder, "--format", format);
      expect(stdout).not.toMatch(/[\u001b\u202e]/);
      expect(stdout.split("\n").filter((line) => line.startsWith("::error::"))).toEqual([]);
    }
    rmSync(folder, { recursive: true });
  });
});

describe("kong-schema-advisor explain", () => {
  const explain = (...args: string[]) =>
    run(["explain", ...args], { cwd: process.cwd(), env: {}, terminal: undefined, stdin });

  it("prints the page of a rule or of a kind of change, and without a name the list of both", async () => {
    expect((await explain("handler-version")).stdout).toMatch(/^# handler-version\n/);
    expect((await explain("field-removed")).stdout).toMatch(/^# field-removed\n/);
    expect((await explain()).stdout).toMatch(/^# Rules of `lint`\n[^]*\n# Kinds of change\n/);
  });

  it("tells that a name is none", async () => {
    expect(await explain("nothing")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("there is no rule and no kind of change called nothing") as string,
    });
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../src/cli/run.js";

const deck = "examples/definitions/kong.yaml";
const stamp = ["examples/old/response-stamp", "examples/new/response-stamp"];

function kong(args: readonly string[]) {
  return run(args, { cwd: process.cwd(), env: {}, terminal: undefined, stdin: () => Promise.resolve("") });
}

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "definitions-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(text: string): string {
  const file = join(folder, "kong.yaml");
  writeFileSync(file, text);
  return file;
}

interface PlanJson {
  readonly plugin: { readonly old: string | null; readonly new: string | null };
  readonly situation: string;
  readonly distribution: string;
  readonly hosting: string;
  readonly strategy: string;
  readonly path: string;
}

async function planned(...args: string[]) {
  const { exitCode, stdout, stderr } = await kong([...args, "--format", "json"]);
  if (exitCode !== 0) throw new Error(stderr);
  const { plugin, situation, distribution, hosting, strategy, path } = JSON.parse(stdout) as PlanJson;
  return [plugin.old, plugin.new, situation, distribution, hosting, strategy, path];
}

describe("a plan from the command line", () => {
  it.each([
    [
      "a streamed plugin, of a decK file that says so by itself",
      ["plan", `${deck}#custom_plugins/delay`, `${deck}#custom_plugins/delay`],
      ["delay", "delay-v2", "new-name", "streamed", "konnect", "side-by-side", "short"],
    ],
    [
      "a streamed plugin, of folders",
      [
        "plan",
        ...stamp,
        "--distribution",
        "streamed",
        "--hosting",
        "db-less",
        "--from-version",
        "1.0.0",
        "--to-version",
        "1.1.0",
      ],
      ["response-stamp", "response-stamp-v1-1", "new-name", "streamed", "db-less", "side-by-side", "short"],
    ],
    [
      "a first streamed plugin",
      ["plan", "--first-upload", `${deck}#custom_plugins/delay`, "--hosting", "dedicated-cloud"],
      [null, "delay", "first-upload", "streamed", "dedicated-cloud", "in-place", "none"],
    ],
    [
      "a clone, of a decK file and an option",
      ["plan", `${deck}#cloned_plugins/acme-edge-headers`, "--new-clone", "acme-edge-headers:request-transformer:750"],
      ["acme-edge-headers", "acme-edge-headers-v2", "new-name", "cloned", "konnect", "side-by-side", "short"],
    ],
    [
      "a clone of another plugin, of options alone",
      ["plan", "--old-clone", "acme:opa", "--new-clone", "acme-acl:acl", "--hosting", "traditional"],
      ["acme", "acme-acl", "new-name", "cloned", "traditional", "side-by-side", "long"],
    ],
    [
      "an installed plugin, side by side",
      ["plan", ...stamp, "--strategy", "side-by-side", "--new-name", "response-stamp-next"],
      ["response-stamp", "response-stamp-next", "new-name", "installed", "konnect", "side-by-side", "short"],
    ],
    [
      "an installed plugin under a control plane of one's own",
      ["plan", ...stamp, "--hosting", "self-managed-hybrid"],
      ["response-stamp", "response-stamp", "update", "installed", "self-managed-hybrid", "in-place", "short"],
    ],
    [
      "the removal of an installed plugin",
      ["remove", "examples/old/response-stamp"],
      ["response-stamp", null, "removal", "installed", "konnect", "in-place", "long"],
    ],
    [
      "the removal of a streamed plugin",
      ["remove", `${deck}#custom_plugins/delay`, "--hosting", "self-managed-hybrid"],
      ["delay", null, "removal", "streamed", "self-managed-hybrid", "in-place", "long"],
    ],
    [
      "the removal of a clone",
      ["remove", `${deck}#cloned_plugins/acme-team-headers`],
      ["acme-team-headers", null, "removal", "cloned", "konnect", "in-place", "long"],
    ],
  ])("is that of %s", async (_, args, expected) => {
    expect(await planned(...args)).toEqual(expected);
  });

  it.each([
    ["acme-edge-headers", 2, ["kong.yaml:", "service"]],
    ["acme-team-headers", 0, []],
  ])("of a removal waits for the last instance of %s", async (name, left, words) => {
    const args = ["remove", `${deck}#cloned_plugins/${name}`, "--instances", deck];
    const { exitCode, stdout, stderr } = await kong(args);
    expect(exitCode).toBe(left === 0 ? 0 : 2);
    expect(stderr).toBe(
      left === 0 ? "" : `kong-schema-advisor: ${name} has 2 instances left: nothing else may be removed before\n`,
    );
    expect(stdout).toContain(`${left} instances of ${name}\n`);
    for (const word of words) expect(stdout).toContain(word);
  });

  it("of a removal takes answers of the API, and shows no configuration", async () => {
    const file = write(
      JSON.stringify({ data: [{ id: "7", name: "delay", enabled: true, config: { secret: "s3cret" } }], next: null }),
    );
    const { exitCode, stdout } = await kong([
      "remove",
      `${deck}#custom_plugins/delay`,
      "--instances",
      file,
      "--format",
      "json",
    ]);
    expect([exitCode, stdout.includes("s3cret")]).toEqual([2, false]);
    expect(JSON.parse(stdout)).toMatchObject({ instances: [{ file, scope: {}, id: "7" }] });
  });

  it("is refused with the reason where it cannot be", async () => {
    const commands = [
      ["plan", ...stamp, "--distribution", "streamed", "--hosting", "serverless"],
      ["plan", ...stamp, "--distribution", "streamed", "--gateway-version", "3.14"],
      ["plan", ...stamp, "--distribution", "streamed", "--new-name", "response-stamp"],
      ["plan", ...stamp, "--distribution", "cloned"],
      ["plan", ...stamp, "--hosting", "dedicated-cloud"],
      ["plan", ...stamp, "--distribution", "uploaded"],
      ["plan", "--first-upload", "--new-clone", "Acme:request-transformer"],
      ["plan", "--first-upload", "--new-clone", "acme-limits:rate-limiting"],
      ["plan", "--first-upload", "--new-clone", "acme"],
      ["plan", "--new-clone", "acme:acl"],
      ["plan", `${deck}#custom_plugins/delay`, `${deck}#custom_plugins/dealy`],
      ["plan", `${deck}#cloned_plugins/delay`, `${deck}#cloned_plugins/delay`],
      ["plan", "README.md#custom_plugins/delay", `${deck}#custom_plugins/delay`],
      ["plan", "test/cli/broken/empty.lua#custom_plugins/delay", `${deck}#custom_plugins/delay`],
      ["remove"],
      ["remove", "examples/old"],
      ["remove", "examples/old/response-stamp", "--distribution", "cloned"],
      ["remove", "missing.yaml#cloned_plugins/a"],
      ["remove", `${deck}#custom_plugins/delay`, "--instances", "missing.yaml"],
      ["remove", `${deck}#custom_plugins/delay`, "--instances", "examples/old/response-stamp/schema.lua"],
    ];
    const sessions = commands.map(async (args) => {
      const { exitCode, stdout, stderr } = await kong(args);
      expect([args, stdout, exitCode]).toEqual([args, "", 1]);
      expect(stderr).not.toContain("internal-error");
      return `$ kong-schema-advisor ${args.join(" ")}\n${stderr}`;
    });
    const text = (await Promise.all(sessions)).join("\n");
    await expect(text).toMatchFileSnapshot(resolve("test/cli/snapshots/distributions-refused.txt"));
  });

  it.each([
    ["no YAML", "a: [", "definitions-not-readable"],
    [
      "a bomb of aliases",
      `a: &a [1,1]\n${"bcdefghij"
        .split("")
        .map((name, at) => `${name}: &${name} [${`*${"abcdefghi"[at] ?? ""},`.repeat(9)}]`)
        .join("\n")}\ncustom_plugins: *j`,
      "definitions-not-readable",
    ],
    ["nesting without end", "[".repeat(100_000), "definitions-not-readable"],
    ["a section that is no list", "custom_plugins: 1", "definitions-not-readable"],
    ["an entry without handler", "custom_plugins: [{ name: delay, schema: x }]", "definitions-not-readable"],
    [
      "a priority that is no number",
      "cloned_plugins: [{ name: a, ref: acl, priority: high }]",
      "definitions-not-readable",
    ],
    ["nothing", "", "definition-not-found"],
  ])("says what is wrong with a decK file: %s", async (_, text, code) => {
    const section = text.startsWith("cloned") ? "cloned_plugins" : "custom_plugins";
    const { exitCode, stdout, stderr } = await kong(["remove", `${write(text)}#${section}/delay`]);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(`[${code}]`);
  });
});

import {
  copyFileSync,
  cpSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run } from "../../src/cli/run.js";
import type { Outcome } from "../../src/cli/surroundings.js";

const versions = ["examples/old/response-stamp", "examples/ttl-removed/response-stamp"];
const example = "examples/decks/response-stamp.yaml";
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "instances-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function cli(...args: readonly string[]): Promise<Outcome> {
  return run(args, { cwd: process.cwd(), env: {}, terminal: undefined, stdin: () => Promise.resolve("") });
}

describe("adapt", () => {
  it("prints the edited file and leaves the file alone", async () => {
    const before = readFileSync(example, "utf8");
    const { exitCode, stdout } = await cli("adapt", ...versions, "--instances", example);
    expect([exitCode, stdout]).toEqual([
      0,
      before.replace("config:\n          ttl: 60 # a minute", "config: {}").replace(", ttl: 86400", ""),
    ]);
    expect(readFileSync(example, "utf8")).toBe(before);
  });

  it("knows the instances by the schema's name, whatever the folders are called", async () => {
    const [old = "", now = ""] = versions;
    const copies = [
      ["old", old],
      ["new", now],
    ] as const;
    for (const [name, version] of copies) cpSync(version, join(folder, name), { recursive: true });
    const { stdout } = await cli("adapt", ...versions, "--instances", example);
    const folders = await cli("adapt", join(folder, "old"), join(folder, "new"), "--instances", example);
    const files = await cli(
      "adapt",
      join(folder, "old", "schema.lua"),
      join(folder, "new", "schema.lua"),
      "--instances",
      example,
    );
    expect([folders.stdout, files.stdout]).toEqual([stdout, stdout]);
  });

  it("replaces the file where it is asked to, and leaves nothing else behind", async () => {
    const file = join(folder, "kong.yaml");
    copyFileSync(example, file);
    const { exitCode, stdout } = await cli("adapt", ...versions, "--instances", file, "--write");
    expect([exitCode, stdout]).toEqual([0, `${file}\n`]);
    expect(readFileSync(file, "utf8")).not.toContain("ttl:");
    expect(readdirSync(folder)).toEqual(["kong.yaml"]);
  });

  it("writes nothing where the file is broken", async () => {
    const file = join(folder, "kong.yaml");
    writeFileSync(file, '_format_version: "3.0"\nplugins: [\n');
    const { exitCode, stdout, stderr } = await cli("adapt", ...versions, "--instances", file, "--write");
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/kong\.yaml:\d+:\d+: this is not valid YAML: .* \[instances-syntax\]/);
    expect(readFileSync(file, "utf8")).toBe('_format_version: "3.0"\nplugins: [\n');
  });

  it("replaces all files or none, through links, and never one that has changed meanwhile", async () => {
    const [one, other, link] = ["one.yaml", "other.yaml", "link.yaml"].map((name) => join(folder, name));
    if (one === undefined || other === undefined || link === undefined) throw new Error("three names");
    const text = '_format_version: "3.0"\nplugins:\n- { name: response-stamp, config: { ttl: 5 } }\n';
    for (const file of [one, other]) writeFileSync(file, text);
    symlinkSync(one, link);
    const adapt = (file: string, showProgress?: () => void) =>
      run(["adapt", ...versions, "--instances", file, "--instances", other, "--write"], {
        ...{ cwd: process.cwd(), env: {}, terminal: undefined, stdin: () => Promise.resolve("") },
        showProgress,
      });
    const changed = await adapt(one, () => writeFileSync(other, `${text}# changed\n`));
    expect([changed.exitCode, changed.stderr]).toEqual([1, expect.stringContaining("has changed since it was read")]);
    expect([readFileSync(one, "utf8"), readdirSync(folder).length]).toEqual([text, 3]);
    const { exitCode, stdout } = await adapt(link);
    expect([exitCode, stdout]).toEqual([0, `${link}\n${other}\n`]);
    expect([lstatSync(link).isSymbolicLink(), readFileSync(one, "utf8")]).toEqual([
      true,
      text.replace("{ ttl: 5 }", "{}"),
    ]);
  });

  it("says which instances it did not edit, and exits with 2", async () => {
    const file = join(folder, "kong.yaml");
    writeFileSync(file, '_format_version: "3.0"\nplugins:\n- name: response-stamp\n');
    const [old = "", now = ""] = versions.toReversed();
    const { exitCode, stderr } = await cli("adapt", old, now, "--instances", file);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("not edited")]);
    const decided = await cli("adapt", old, now, "--instances", file, "--set", "config.ttl=60");
    expect([decided.exitCode, decided.stderr]).toEqual([0, ""]);
    expect(decided.stdout).toContain("ttl: 60");
  });

  it("tells of instances that need the same decision together", async () => {
    const file = join(folder, "kong.yaml");
    writeFileSync(file, `_format_version: "3.0"\nplugins:\n${"- name: response-stamp\n".repeat(40)}`);
    const [old = "", now = ""] = versions.toReversed();
    const { exitCode, stderr } = await cli("adapt", old, now, "--instances", file);
    expect([exitCode, stderr.split("\n").slice(0, 2)]).toEqual([
      2,
      [
        `kong-schema-advisor: 40 instances not edited: ${file} lines 3, 4, 5, 6, 7, 8, 9, 10 and 32 others`,
        "  config.ttl needs a value (integer, greater than 0). Decide, and say so with --set PATH=VALUE.",
      ],
    ]);
  });

  it("shows how far it is where somebody watches", async () => {
    const file = join(folder, "kong.yaml");
    writeFileSync(
      file,
      `_format_version: "3.0"\nplugins:\n${"- { name: response-stamp, config: { ttl: 5 } }\n".repeat(250)}`,
    );
    const shown: string[] = [];
    await run(["adapt", ...versions, "--instances", file], {
      ...{ cwd: process.cwd(), env: {}, terminal: undefined, stdin: () => Promise.resolve("") },
      showProgress: (text) => shown.push(text),
    });
    expect(shown.slice(0, 3)).toEqual(["100 of 250 instances judged", "200 of 250 instances judged", ""]);
  });

  it("wants instances", async () => {
    expect(await cli("adapt", ...versions)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("[usage]") as string,
    });
  });
});

describe("plan with instances", () => {
  const quota = ["examples/old/quota-guard", "examples/new/quota-guard"];
  const deck = "examples/decks/quota-guard.yaml";

  it("names those that are affected, in the verdicts and in the steps", async () => {
    const { exitCode, stdout } = await cli("plan", ...versions, "--instances", example);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("Instances    CP/DP sync required by the table, and for these 2 instances too.");
    expect(stdout).toContain("- to be changed, 2 instances: examples/decks/response-stamp.yaml lines 6, 11");
    expect(stdout).toContain("All 2 of your instances need an edit: the command adapt writes them.");
  });

  it("takes decisions and renames, several files, and answers beside decK files", async () => {
    const answer = join(folder, "plugins.json");
    writeFileSync(answer, '{ "data": [{ "id": "7", "name": "quota-guard", "config": {} }], "next": null }');
    const args = ["--instances", deck, "--instances", answer, "--set", "config.second=1", "--format", "json"];
    const rename = ["--rename", "config.namespace=config.redis.key_prefix"];
    const report = JSON.parse((await cli("plan", ...quota, ...args, ...rename)).stdout) as ReportData;
    expect(report.instanceReport.instances).toHaveLength(33);
    expect(report.instanceReport.instances[5]?.operations).toContain(
      "move config.namespace to config.redis.key_prefix",
    );
    expect(report.instanceReport.instances[32]?.file).toBe(answer);
  });

  it("gates on them only where it is told to, and never without them", async () => {
    const none = join(folder, "none.yaml");
    writeFileSync(none, '_format_version: "3.0"\nplugins: []\n');
    const gate = (...args: string[]) => cli("plan", ...versions, "--max-path", "short", ...args);
    expect((await gate("--instances", none)).exitCode).toBe(2);
    expect((await gate("--instances", none, "--trust", "instances")).exitCode).toBe(0);
    expect(await gate("--instances", example, "--trust", "instances")).toMatchObject({
      exitCode: 2,
      stderr:
        "kong-schema-advisor: the instances of response-stamp need the path CP/DP sync required: stricter than --max-path short\n",
    });
    expect((await gate("--trust", "instances")).stderr).toContain("--trust instances needs --instances");
  });

  it("judges all plugins of two folders with the same files", async () => {
    const { stdout } = await cli("plan", "examples/old", "examples/new", "--instances", deck, "--format", "json");
    const { plugins } = JSON.parse(stdout) as { readonly plugins: readonly ReportData[] };
    expect(plugins.map(({ instanceReport }) => instanceReport.instances.length)).toEqual([32, 0]);
  });

  it.each([
    ["plan", ...quota, "--instances", deck],
    ["rollout", ...quota, "--instances", deck],
    ["rollout", ...versions, "--instances", example],
    ["plan", ...versions],
  ])("prints JSON as the published schema says: %s %s %s %s %s", async (...args) => {
    const schema = JSON.parse(readFileSync("schemas/report-v1.schema.json", "utf8")) as object;
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);
    validate(JSON.parse((await cli(...args, "--format", "json")).stdout));
    expect(validate.errors).toBe(null);
  });
});

interface ReportData {
  readonly instanceReport: {
    readonly instances: readonly { readonly file?: string; readonly operations: readonly string[] }[];
  };
}

describe("rollout", () => {
  it("prints data for programs", async () => {
    const { stdout } = await cli("rollout", ...versions, "--instances", example, "--format", "json");
    expect(JSON.parse(stdout)).toMatchObject({
      formatVersion: 1,
      instanceReport: {
        instancePath: "cp-dp-sync",
        rollout: { exploration: { verdict: "best" }, pointOfNoReturn: "update-instances" },
      },
    });
  });

  it("runs the plans of all plugins of two folders", async () => {
    const { stdout } = await cli("rollout", "examples/old", "examples/new", "--instances", example);
    expect(stdout.split("\n").filter((line) => line === "Timeline")).toHaveLength(2);
  });

  it("gates on the instances only where it is told to", async () => {
    const stamps = ["examples/ttl-removed/response-stamp", "examples/ttl-removed/response-stamp"];
    const untouched = join(folder, "none.yaml");
    writeFileSync(untouched, '_format_version: "3.0"\nplugins: []\n');
    const gate = (...args: string[]) =>
      cli("rollout", ...versions, "--instances", untouched, "--max-path", "short", ...args);
    expect((await gate()).exitCode).toBe(2);
    expect((await gate("--trust", "instances")).exitCode).toBe(0);
    expect((await cli("rollout", ...stamps, "--instances", example)).exitCode).toBe(0);
  });
});

describe("check", () => {
  it("says that a push is refused, in the data plane's words, and what to do", async () => {
    const { exitCode, stdout } = await cli("check", ...[...versions].reverse());
    expect(exitCode).toBe(2);
    expect(stdout).toContain("in 'ttl': required field missing");
    expect(stdout).toContain("Give every data plane node the schema that the control plane has");
  });

  it("says that all is well where it is", async () => {
    const [old = ""] = versions;
    expect(await cli("check", old, old, "--instances", example)).toMatchObject({ exitCode: 0, stderr: "" });
  });
});

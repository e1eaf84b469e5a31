import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { planMigration } from "../../src/plan/plan-migration.js";
import { planRemoval } from "../../src/plan/plan-removal.js";
import type { Command, MigrationPlan } from "../../src/plan/plan.js";
import { readSchema } from "../../src/schema/read.js";
import { allPlans, luaString } from "./all-plans.js";

const hostileNames = [
  "delay",
  "my plugin",
  "it's",
  "$(touch owned)",
  "`touch owned`",
  "'; touch owned; '",
  '"; touch owned; "',
  "a\ntouch owned\n",
  "--output=owned",
  "-o owned",
  "..",
  "../../../../owned",
  "a/b",
  "a?b#c&d=e",
  "${HOME}",
  "!!",
  "\\",
  "%s",
  "名前",
];

function schema(name: string, fields: string, filename = "schema.lua") {
  return readSchema(
    `return { name = ${luaString(name)}, fields = { { config = { type = "record", fields = { ${fields} } } } } }`,
    { filename },
  );
}

/** One plan of each situation and path. */
function plansFor(name: string, file?: string): readonly MigrationPlan[] {
  const plain = schema(name, `{ a = { type = "string" } }`, file);
  const more = schema(name, `{ a = { type = "string" } }, { b = { type = "string" } }`, file);
  const required = schema(name, `{ a = { type = "string", required = true } }`, file);
  return [
    planMigration(undefined, plain),
    planMigration(plain, plain),
    planMigration(plain, more),
    planMigration(more, plain),
    planMigration(required, schema(name, "", file)),
    planMigration(schema(`${name}-before`, ""), plain),
    planRemoval(plain),
    ...allPlans(more, required).map(({ plan }) => plan),
  ];
}

function commandsOf(plans: readonly MigrationPlan[]): readonly Command[] {
  const steps = plans.flatMap((plan) => plan.steps);
  return steps.flatMap(({ preconditions, commands, check }) => [
    ...preconditions.flatMap((condition) => condition.commands),
    ...commands,
    ...check.commands,
  ]);
}

/** Each different text once, each in its own braces: an open quote in one is not closed by the next. */
function scriptOf(commands: readonly Command[]): string {
  const shell = commands.filter(({ language }) => language === "bash");
  return [...new Set(shell.map(({ text }) => `{ ${text}\n}`))].join("\n");
}

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "commands-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("the commands of a plan", () => {
  it.each(hostileNames)("are read by bash whatever the plugin is called: %j", (name) => {
    const commands = commandsOf(plansFor(name, name));
    const run = spawnSync("bash", ["-n"], { input: scriptOf(commands), encoding: "utf8" });
    expect(run).toMatchObject({ status: 0, stderr: "" });
  });

  it.each(hostileNames)("run nothing but what they name, whatever the plugin and its file are called: %j", (name) => {
    // Each tool only writes down what it was called with; a command that the name smuggles in would leave a file.
    const tools = ["curl", "jq", "deck", "kong", "cp", "rm", "mkdir", "grep", "tail", "diff", "ls", "wc"];
    for (const tool of [...tools, "kong-schema-advisor"]) {
      writeFileSync(join(folder, tool), `#!/bin/sh\nprintf '%s\\n' "$@" >> calls\n`);
      chmodSync(join(folder, tool), 0o755);
    }
    const variables = { KONNECT_ADDR: "https://k", KONNECT_TOKEN: "t", CONTROL_PLANE_ID: "c", CONTROL_PLANE_NAME: "n" };
    const admin = { KONG_ADMIN_ADDR: "https://a", KONG_DECLARATIVE_CONFIG: "/kong.yaml" };
    const env = {
      ...variables,
      ...admin,
      PLUGIN_FOLDER: "/folder",
      PLUGIN_NAME: "plugin",
      PATH: `${folder}:/usr/bin:/bin`,
    };
    execFileSync("bash", ["-c", scriptOf(commandsOf(plansFor(name, name)))], { cwd: folder, env, input: "" });
    expect(existsSync(join(folder, "owned"))).toBe(false);
    const calls = readFileSync(join(folder, "calls"), "utf8");
    expect(calls).toContain("/core-entities/plugin-schemas");
    expect(calls).not.toMatch(/(?:plugin-schemas|custom-plugins|cloned-plugins|schemas\/plugins)\/(\.*|.*\/.*)$/m);
    expect(calls).not.toMatch(/kong\/plugins\/[^\n]*\.\./);
  });

  it("stop where the environment does not say which control plane", () => {
    const texts = new Set(commandsOf(plansFor("delay")).map(({ text }) => text));
    const calls = [...texts].filter((text) => text.startsWith("curl"));
    expect(calls.length).toBeGreaterThan(5);
    for (const text of calls) {
      const run = spawnSync("bash", ["-c", text.replaceAll("curl ", "true ")], {
        encoding: "utf8",
        env: { PATH: "/usr/bin:/bin" },
        cwd: folder,
      });
      expect(run.stderr).toMatch(/KONNECT_TOKEN|KONG_ADMIN_ADDR/);
    }
  });

  it.runIf(spawnSync("jq", ["--version"]).status === 0)("hold jq programs that jq can read", () => {
    const programs = commandsOf(plansFor("delay")).flatMap(({ text }) =>
      [...text.matchAll(/jq [^|]*?'([^']+)'/g)].map(([, program]) => program ?? ""),
    );
    expect(new Set(programs).size).toBeGreaterThan(4);
    for (const program of new Set(programs)) {
      const run = spawnSync(
        "jq",
        [
          ...["-n", "--arg", "name", "n", "--arg", "expected", "e", "--arg", "ref", "r"],
          ...["--arg", "schema", "s", "--arg", "handler", "h"],
          `try (null | ${program}) catch empty`,
        ],
        {
          encoding: "utf8",
        },
      );
      expect(run.stderr).toBe("");
    }
  });

  it.each(hostileNames)("hold YAML and JSON that parse to what they say, whatever the clone is called: %j", (name) => {
    const commands = commandsOf(clonePlans(name));
    const yaml = commands.filter(({ language }) => language === "yaml");
    expect(yaml.length).toBeGreaterThan(0);
    for (const { text } of yaml) {
      expect(parseYaml(text)).toEqual({ _format_version: "3.0", cloned_plugins: [clone] });
    }
    const posted = commands.flatMap(({ text }) => /--data '([^']*)'/.exec(text)?.[1] ?? []);
    expect(posted.length).toBeGreaterThan(0);
    for (const text of posted) expect(JSON.parse(text)).toEqual(clone);
  });

  it.runIf(spawnSync("shellcheck", ["--version"]).status === 0)("pass shellcheck", () => {
    const script = `#!/bin/bash\n${scriptOf(commandsOf(plansFor("delay")))}`;
    const run = spawnSync("shellcheck", ["--severity", "warning", "-"], { input: script, encoding: "utf8" });
    expect(run.stdout).toBe("");
  });
});

const clone = { name: "acme-headers", ref: "request-transformer", priority: 750 };

/** From a clone of any name to one that Kong takes. */
function clonePlans(name: string): readonly MigrationPlan[] {
  return (["konnect", "self-managed-hybrid", "db-less"] as const).map((hosting) =>
    planMigration(undefined, undefined, {
      distribution: "cloned",
      hosting,
      clone: { old: { ...clone, name: `${name}.` }, new: clone },
    }),
  );
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../src/cli/run.js";

let cwd = "";

/** Only Kong Gateway 3.6 to 3.8 know `translate_backwards`. */
function schema(backwards: string): string {
  return `return { name = "p", fields = { { config = { type = "record",
    fields = { { redis = { type = "record", fields = { { host = { type = "string" } } } } } },
    shorthand_fields = { { redis_host = { type = "string", ${backwards}
      func = function(value) return { redis = { host = value } } end } } } } } } }`;
}

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "kong-schema-advisor-"));
  writeFileSync(join(cwd, "of-3.8.lua"), schema(`translate_backwards = { "redis", "host" },`));
  writeFileSync(join(cwd, "of-3.9.lua"), schema(""));
  writeFileSync(join(cwd, "deck.yaml"), "_format_version: '3.0'\nplugins:\n- name: p\n  config: {}\n");
  writeFileSync(join(cwd, "error.log"), "");
});

afterAll(() => rmSync(cwd, { recursive: true }));

function kong(...args: readonly string[]) {
  return run(args, { cwd, env: {}, terminal: undefined, stdin: () => Promise.resolve("") });
}

const commands = (old: string, now: string) => [
  ["plan", old, now],
  ["rollout", old, now, "--instances", "deck.yaml"],
  ["adapt", old, now, "--instances", "deck.yaml"],
  ["check", old, now],
  ["diagnose", "error.log", "--old", old, "--new", now],
];

describe("--old-gateway-version", () => {
  it.each(commands("of-3.8.lua", "of-3.9.lua"))(
    "lets each version follow the rules of its own release: %s",
    async (...args) => {
      const { exitCode, stderr } = await kong(...args, "--old-gateway-version", "3.8");
      expect({ isDone: exitCode !== 1, stderr }).toEqual({ isDone: true, stderr: "" });
    },
  );

  it.each(commands("of-3.8.lua", "of-3.9.lua"))("is named where a version is refused: %s", async (...args) => {
    const { exitCode, stderr } = await kong(...args);
    expect(exitCode).toBe(1);
    expect(stderr).toContain("of-3.8.lua:3:");
    expect(stderr).toContain("--old-gateway-version");
  });

  it.each(commands("of-3.9.lua", "of-3.8.lua"))("says nothing of the new version: %s", async (...args) => {
    const { stderr } = await kong(...args, "--old-gateway-version", "3.8");
    expect(stderr).toContain("of-3.8.lua:3:");
  });

  it("is --gateway-version by default", async () => {
    expect(await kong("check", "of-3.8.lua", "of-3.8.lua", "--gateway-version", "3.8")).toMatchObject({ stderr: "" });
  });
});

import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { run } from "../../src/cli/run.js";

const stamps = ["examples/old/response-stamp", "examples/ttl-removed/response-stamp"];
const deck = ["--instances", "examples/decks/response-stamp.yaml"];
const log = "examples/logs/data-plane.log";

describe("the JSON that the command line prints", () => {
  it.each([
    ["lint", ["lint", "examples/old", "examples/new", "test/cli/plugins/old"]],
    ["lint", ["lint", "examples/old/quota-guard", "--distribution", "streamed"]],
    ["lint", ["lint", "examples/old/quota-guard", "--accept", "no-such-rule=nobody knows"]],
    ["diagnosis", ["diagnose", log]],
    ["diagnosis", ["diagnose", log, "--old", stamps[0] ?? "", "--new", stamps[1] ?? ""]],
    ["check", ["check", ...stamps]],
    ["check", ["check", ...stamps.toReversed()]],
    ["check", ["check", ...stamps, ...deck]],
    ["check", ["check", ...stamps.toReversed(), ...deck]],
    ["check", ["check", "examples/old/quota-guard", "examples/new/quota-guard"]],
  ])("is as schemas/%s-v1.schema.json says: %j", async (name, args) => {
    const schema = JSON.parse(readFileSync(`schemas/${name}-v1.schema.json`, "utf8")) as object;
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);
    const { exitCode, stdout } = await run([...args, "--format", "json"], {
      ...{ cwd: process.cwd(), env: {}, terminal: undefined, stdin: () => Promise.resolve("") },
    });
    expect(exitCode).not.toBe(1);
    validate(JSON.parse(stdout));
    expect(validate.errors).toBe(null);
  });
});

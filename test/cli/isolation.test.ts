import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "isolation-"));
afterAll(() => rmSync(folder, { recursive: true }));

function fileWith(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

// The thread is a file of the build, which `npm test` has made.
function cli(args: readonly string[], input = ""): Record<"status" | "stdout" | "stderr", unknown> {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve("dist/cli/main.cjs"), ...args], {
    input,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], FORCE_COLOR: "1" },
  });
  return { status, stdout, stderr };
}

const stamp = ["examples/old/response-stamp", "examples/ttl-removed/response-stamp"] as const;
const deck = ["--instances", "examples/decks/response-stamp.yaml"] as const;
const log = "examples/logs/data-plane.log";
const endless = fileWith("endless.lua", "while true do end");
const bomb = fileWith("bomb.lua", "local s = 'x' while true do s = s .. s end");
const broken = fileWith("broken.lua", "return {");

describe("a run in a thread of its own prints what a run with --no-isolate prints", () => {
  it.each(
    [
      ["plan", ...stamp],
      ["plan", ...stamp, "--format", "json", "--max-path", "long"],
      ["plan", "test/cli/plugins/old", "test/cli/plugins/new", "--format", "github"],
      ["plan", "--first-upload", stamp[0]],
      ["plan", "-", stamp[1]],
      ["plan", endless, stamp[1]],
      ["plan", stamp[0], bomb],
      ["plan", broken, "missing.lua"],
      ["plan", "--no-such-option"],
      ["remove", stamp[0], ...deck],
      ["remove", endless],
      ["rollout", ...stamp, ...deck],
      ["rollout", ...stamp, ...deck, "--format", "markdown", "--trust", "instances"],
      ["rollout", ...stamp],
      ["rollout", stamp[0], bomb, ...deck],
      ["adapt", ...stamp, ...deck],
      ["adapt", stamp[0], endless, ...deck],
      ["check", ...stamp, ...deck],
      ["check", ...stamp, "--format", "json"],
      ["check", broken, stamp[1]],
      ["lint", ...stamp],
      ["lint", "test/lint/broken", "--format", "json"],
      ["lint", "missing"],
      ["diagnose", log],
      ["diagnose", log, "--old", stamp[0], "--new", stamp[1], "--format", "markdown"],
      ["diagnose", "-"],
      ["diagnose", "missing.log"],
      ["diagnose", "missing.log", "--old", bomb, "--new", stamp[1]],
    ].map(([command = "", ...rest]) => ({ command, rest, shown: [command, ...rest].join(" ").replaceAll(folder, "") })),
  )("$shown", ({ command, rest }) => {
    const input = readFileSync(command === "diagnose" ? log : `${stamp[0]}/schema.lua`, "utf8");
    const isolated = cli([command, ...rest], input);
    expect(isolated).toEqual(cli([command, "--no-isolate", ...rest], input));
    expect([0, 1, 2]).toContain(isolated["status"]);
  });

  it("adapt --write", () => {
    const written = [["adapt"], ["adapt", "--no-isolate"]].map((command) => {
      const file = join(folder, "kong.yaml");
      copyFileSync("examples/decks/response-stamp.yaml", file);
      return [cli([...command, ...stamp, "--instances", file, "--write"]), readFileSync(file, "utf8")];
    });
    expect(written[0]).toEqual(written[1]);
    expect(written[0]?.[1]).not.toBe(readFileSync("examples/decks/response-stamp.yaml", "utf8"));
  });
});

describe("the thread of a run", () => {
  it("is ended at the deadline, with the reason and what to do", () => {
    expect(cli(["plan", ...stamp, "--deadline", "0.001"])).toEqual({
      status: 1,
      stdout: "",
      stderr:
        "kong-schema-advisor: the work was not done within 0.001 seconds [limit-deadline]\n  Give less at a time, or raise --deadline.\n",
    });
  });

  it.each(["0", "-1", "soon", ""])("has no deadline of %j", (deadline) => {
    expect(cli(["plan", ...stamp, "--deadline", deadline])).toMatchObject({ status: 1, stdout: "" });
  });

  it("has no environment", () => {
    // fengari reads this variable when it is loaded, and throws where it is malformed.
    const run = (...args: readonly string[]) =>
      spawnSync(process.execPath, ["dist/cli/main.cjs", "plan", ...stamp, ...args], { env: { FENGARICONF: "{" } });
    expect([run().status, run("--no-isolate").status]).toEqual([0, 1]);
  });
});

import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

const plan = [resolve("dist/cli/main.cjs"), "plan", "examples/old/quota-guard", "examples/new/quota-guard"];

/** A device on which nothing can be written, as on a full disk. */
const full = "/dev/full";

describe("standard output", () => {
  it.runIf(existsSync(full)).each([[plan], [[...plan.slice(0, 1), "help"]]])(
    "that cannot be written is one message, and exit code 1",
    (command) => {
      const device = openSync(full, "w");
      const { status, stderr } = spawnSync(process.execPath, command, {
        stdio: ["ignore", device, "pipe"],
        encoding: "utf8",
      });
      closeSync(device);
      expect(status).toBe(1);
      expect(stderr).toMatch(/^kong-schema-advisor: standard output cannot be written: .* \[output-not-writable\]\n$/);
    },
  );

  it("whose reader has seen enough is no error", () => {
    const command = [process.execPath, ...plan].map((word) => `'${word}'`).join(" ");
    const { stdout, stderr } = spawnSync("sh", ["-c", `{ ${command}; echo "exit code $?" >&2; } | head -n 1`], {
      encoding: "utf8",
    });
    expect([stdout, stderr]).toEqual(["quota-guard: new schema\n", "exit code 0\n"]);
  });
});

describe("standard input", () => {
  it("that is closed is an empty schema", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...plan.slice(0, 3), "-"], {
      stdio: ["ignore", "pipe", "pipe"],
      encoding: "utf8",
    });
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^kong-schema-advisor: stdin:1:1: .* \[source-empty\]\n/);
  });
});

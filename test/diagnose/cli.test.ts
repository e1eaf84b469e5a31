import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../src/cli/run.js";
import type { Surroundings } from "../../src/cli/surroundings.js";
import { noise } from "./wrappings.js";

const refusal = `2024/05/06 10:11:12 [error] 7#0: *9 [lua] data_plane.lua:261: [clustering] unable to update running config: bad config received from control plane in 'plugins':
  - in entry 1 of 'plugins':
    in 'config':
      in 'ttl': required field missing, context: ngx.timer
`;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kong-schema-advisor-"));
  writeFileSync(join(folder, "node.log"), noise + refusal + noise);
});
afterAll(() => rmSync(folder, { recursive: true }));

const around = (more: Partial<Surroundings> = {}): Surroundings => ({
  cwd: process.cwd(),
  env: {},
  terminal: undefined,
  stdin: () => Promise.resolve(refusal),
  ...more,
});
const diagnose = (...args: string[]) => run(["diagnose", ...args], around());

describe("kong-schema-advisor diagnose", () => {
  it("prints what was refused, why, and the steps", async () => {
    const { exitCode, stdout, stderr } = await diagnose(
      join(folder, "node.log"),
      ...["--old", "examples/old/response-stamp", "--new", "examples/ttl-removed/response-stamp"],
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatchInlineSnapshot(`
      "1.  config.ttl: required field missing
          data plane node, plugin response-stamp, entry 1 of plugins, line 6
          This data plane node still has the old schema, and the control plane sends what only the new one
          takes. What changed there: config.ttl (integer) was removed.
          1)  Put the new schema.lua and handler.lua on this node, and on every other one that still has
              the old files.
          2)  Reload the nodes: kong reload. Each connects again and gets the configuration.
          3)  See that \`unable to update running config\` does not come again. Until then the node works
              with the last configuration that it took; a new node has none at all.
          https://developer.konghq.com/custom-plugins/konnect-hybrid-mode/
      "
    `);
  });

  it("prints Markdown and JSON", async () => {
    expect((await diagnose("-", "--format", "markdown")).stdout).toMatch(/^## `config\.ttl`: required field missing\n/);
    expect(JSON.parse((await diagnose("-", "--format", "json")).stdout)).toMatchObject({
      formatVersion: 1,
      diagnoses: [{ problem: "required-field-missing", path: ["config", "ttl"], line: 1 }],
    });
  });

  it("says so where nothing is found", async () => {
    const { stdout } = await run(["diagnose", "-"], around({ stdin: () => Promise.resolve(noise) }));
    expect(stdout).toBe("No refusal of a configuration by Kong was found.\n");
  });

  it("reads standard input and files piece by piece, and never whole", async () => {
    let given = 0;
    async function* chunks(): AsyncIterable<Uint8Array> {
      const bytes = new TextEncoder().encode(noise.repeat(100));
      for (; given < 200; given++) yield await Promise.resolve(bytes);
      yield* createReadStream(join(folder, "node.log"), { highWaterMark: 7 });
    }
    const stdin = () => Promise.reject(new Error("whole"));
    const { stdout } = await run(["diagnose", "-", "--format", "json"], around({ stdin, stdinChunks: chunks }));
    expect(given).toBe(200);
    expect(JSON.parse(stdout)).toMatchObject({ diagnoses: [{ times: 1, shownPath: "config.ttl" }] });
  });

  it("takes bytes that are no UTF-8", async () => {
    writeFileSync(join(folder, "bytes.log"), Buffer.concat([Buffer.from([0xff, 0xfe, 0x0a]), Buffer.from(refusal)]));
    expect((await diagnose(join(folder, "bytes.log"))).stdout).toContain("config.ttl: required field missing");
  });

  it("prints hostile words as inert text, in every format", async () => {
    const hostile = refusal.replace("'ttl'", "'\u001b[31m\u202e'");
    for (const format of ["text", "markdown", "json"]) {
      const { stdout } = await run(
        ["diagnose", "-", "--format", format],
        around({ stdin: () => Promise.resolve(hostile) }),
      );
      expect(stdout).not.toMatch(/[\u001b\u202e]/);
    }
  });

  it.each([
    [["nowhere.log"], "input-not-found"],
    [["."], "input-not-readable"],
    [["-", "--old", "examples/old/response-stamp"], "usage"],
    [["-", "--old", "-", "--new", "examples/old/response-stamp"], "stdin-used-twice"],
    [["-", "--old", "examples/old", "--new", "examples/new"], "usage"],
    [[], "usage"],
  ])("tells what is wrong with %j: %s", async (args, code) => {
    const { exitCode, stdout, stderr } = await diagnose(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain(`[${code}]`);
  });
});

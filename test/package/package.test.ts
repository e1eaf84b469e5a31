import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as {
  readonly bin: { readonly "kong-schema-advisor": string };
  readonly dependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
};

/** A project that has installed the packed package, its dependencies, and nothing else. */
let consumer = "";
let tarball = "";
let packedFiles: string[] = [];

beforeAll(() => {
  consumer = mkdtempSync(join(tmpdir(), "kong-schema-advisor-consumer-"));
  // `npm test` has built it; packing would build it again.
  const packed = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", consumer], {
    encoding: "utf8",
  });
  const [info] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }];
  tarball = join(consumer, info.filename);
  packedFiles = info.files.map((file) => file.path).sort();
  const modules = join(consumer, "node_modules");
  mkdirSync(join(modules, "kong-schema-advisor"), { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", join(modules, "kong-schema-advisor")]);
  for (const name of Object.keys(manifest.dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(resolve("node_modules", name), join(modules, name));
  }
}, 120_000);

afterAll(() => rmSync(consumer, { recursive: true, force: true }));

function write(path: string, text: string): string {
  writeFileSync(join(consumer, path), text);
  return join(consumer, path);
}

/** What a tool prints if it is not content, else nothing. */
function complaints(tool: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(resolve("node_modules/.bin", tool), args, {
    cwd: consumer,
    encoding: "utf8",
  });
  return status === 0 ? "" : `${stdout}${stderr}`;
}

function node(...args: string[]): string {
  return execFileSync(process.execPath, args, { cwd: consumer, encoding: "utf8" });
}

describe("the package", () => {
  it("holds what a user needs and nothing else", () => {
    expect(packedFiles).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "dist/cli/main.cjs",
      "dist/cli/run.cjs",
      "dist/index.cjs",
      "dist/index.d.cts",
      "dist/index.d.ts",
      "dist/index.js",
      "dist/worker/read-schema.cjs",
      "dist/worker/run-job.cjs",
      "package.json",
      "schemas/check-v1.schema.json",
      "schemas/diagnosis-v1.schema.json",
      "schemas/lint-v1.schema.json",
      "schemas/report-v1.schema.json",
    ]);
  });

  it("has no registry's address in its lock file", () => {
    expect(readFileSync("package-lock.json", "utf8")).not.toMatch(/"resolved"/);
  });

  it("gives import and require the same names", () => {
    const names = "console.log(JSON.stringify(Object.keys(api).sort()))";
    const esm = node(write("names.mjs", `import * as api from "kong-schema-advisor"; ${names}`));
    const cjs = node(write("names.cjs", `const api = require("kong-schema-advisor"); ${names}`));
    expect(cjs).toBe(esm);
    expect(JSON.parse(esm)).toContain("planMigration");
  });

  it("gives its JSON Schema to import and require", () => {
    const path = `import { createRequire } from "node:module";
      console.log(createRequire(import.meta.url)("kong-schema-advisor/schemas/report-v1.schema.json").title)`;
    expect(node(write("schema.mjs", path))).toBe("Report of kong-schema-advisor\n");
  });

  it.each([
    ["mts", "NodeNext"],
    ["cts", "NodeNext"],
    ["ts", "Preserve"],
  ])(
    "compiles in a strict project that checks declarations and has no types of Node: .%s, module %s",
    (extension, module) => {
      const file = write(
        `consumer.${extension}`,
        `import { createReport, diffSchemas, planMigration, type PluginSchema, readSchema, render } from "kong-schema-advisor";
       const schema: PluginSchema = readSchema("return {}", { gatewayVersion: "3.9" });
       export const text: string = render(createReport(planMigration(undefined, schema)), "json");
       export const kinds: string[] = diffSchemas(schema, schema).map((change) => change.kind);
       // @ts-expect-error a format that does not exist
       render(createReport(planMigration(schema, schema)), "pdf");
      `,
      );
      const compilerOptions = {
        module,
        target: "ES2023",
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        types: [],
        noEmit: true,
      };
      const project = write(`tsconfig.${extension}.json`, JSON.stringify({ compilerOptions, files: [file] }));
      expect(complaints("tsc", "--project", project)).toBe("");
    },
  );

  it("satisfies publint in strict mode", () => {
    expect(complaints("publint", "run", tarball, "--strict")).toBe("");
  });

  it("has the right types for every way to resolve it", () => {
    const schemas = Object.keys(manifest.exports).filter((name) => name.startsWith("./schemas/"));
    expect(complaints("attw", tarball, "--exclude-entrypoints", ...schemas)).toBe("");
  });

  it("runs as a command, at the right exit code", () => {
    const command = join(consumer, "node_modules/kong-schema-advisor", manifest.bin["kong-schema-advisor"]);
    const sides = [resolve("examples/old/response-stamp"), resolve("examples/ttl-removed/response-stamp")];
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, "plan", ...sides, "--max-path", "long"], {
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "kong-schema-advisor: response-stamp needs the path CP/DP sync required: stricter than --max-path long\n",
    });
    expect(stdout).toContain("config.ttl (integer) was removed");
  });

  it("takes one side from standard input", () => {
    const command = join(consumer, "node_modules/kong-schema-advisor", manifest.bin["kong-schema-advisor"]);
    const input = readFileSync("examples/new/response-stamp/schema.lua");
    const stdout = execFileSync(
      process.execPath,
      [command, "plan", "examples/old/response-stamp", "-", "--format", "json"],
      { input, encoding: "utf8" },
    );
    expect(JSON.parse(stdout)).toMatchObject({ formatVersion: 1, path: "short" });
  });
});

describe("the examples, run with the packed package", () => {
  beforeAll(() => cpSync("examples", join(consumer, "examples"), { recursive: true }));

  it.each(readdirSync("examples").filter((file) => /\.(mjs|cjs|ts)$/.test(file)))("%s", async (file) => {
    const loader = file.endsWith(".ts") ? ["--import", import.meta.resolve("tsx")] : [];
    await expect(node(...loader, join("examples", file))).toMatchFileSnapshot(
      resolve(`test/package/examples/${file}.txt`),
    );
  });
});

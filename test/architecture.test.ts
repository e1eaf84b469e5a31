import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, it } from "vitest";

/** What each part of `src/` may import beside itself, from the first station of the pipeline to the last. */
const mayImport: Record<string, readonly string[]> = {
  "errors.ts": [],
  kong: [],
  lua: ["kong", "errors.ts"],
  schema: ["kong", "lua", "errors.ts"],
  isolated: ["schema", "errors.ts"],
  changes: ["kong", "schema", "errors.ts"],
  diff: ["changes", "schema", "errors.ts"],
  prove: ["kong", "lua", "schema", "changes", "diff"],
  classify: ["kong", "changes", "diff", "prove", "schema", "errors.ts"],
  plan: ["kong", "changes", "diff", "prove", "classify", "schema", "errors.ts"],
  instances: ["kong", "schema", "changes", "diff", "prove", "errors.ts"],
  simulate: ["kong", "changes", "diff", "prove", "plan", "instances", "schema"],
  lint: ["schema", "lua", "kong", "errors.ts"],
  diagnose: ["kong", "schema", "changes", "diff"],
  "report.ts": ["kong", "changes", "prove", "classify", "plan", "simulate", "schema"],
  render: ["kong", "changes", "prove", "plan", "instances", "simulate", "lint", "diagnose", "report.ts", "schema"],
  "index.ts": [
    ...["errors.ts", "kong", "lua", "schema", "isolated", "changes", "diff", "prove", "classify", "plan"],
    ...["instances", "simulate", "lint", "diagnose", "report.ts", "render"],
  ],
  cli: ["index.ts", "errors.ts", "isolated"],
  worker: ["index.ts", "isolated", "cli"],
};

/** Packages beside Node's own that a part may load; each is known to one part only. */
const mayLoad: Record<string, readonly string[]> = {
  lua: ["fengari", "luaparse"],
  diff: ["deep-diff"],
  plan: ["semver"],
  instances: ["yaml"],
  cli: ["commander", "picocolors", "yaml"],
};

/** The core is pure: of Node's own modules it may use only what computes. */
const pureModules = ["node:crypto", "node:util"];

interface Import {
  readonly from: string;
  readonly to: string;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join("src", file), "utf8");
  const specifiers = [...text.matchAll(/(?:^|\s)(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(
    ([, specifier]) => specifier ?? "",
  );
  return specifiers.map((specifier) => ({
    from: file,
    to: specifier.startsWith(".") ? posix.join(posix.dirname(file), specifier).replace(/\.js$/, ".ts") : specifier,
  }));
}

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.endsWith(".ts"));
const imports = files.flatMap(importsOf);
const partOf = (path: string) => path.split("/")[0] ?? path;
const isInside = ({ to }: Import) => to.endsWith(".ts");
const isNode = ({ to }: Import) => to.startsWith("node:");

describe("the source", () => {
  it("has only the parts that the architecture names", () => {
    expect([...new Set(files.map(partOf))].filter((part) => !(part in mayImport))).toEqual([]);
  });

  it("imports one way, from the text towards the report", () => {
    const wrong = imports.filter(isInside).filter(({ from, to }) => {
      const part = partOf(from);
      return partOf(to) !== part && !mayImport[part]?.includes(partOf(to));
    });
    expect(wrong).toEqual([]);
  });

  it("loads each package in one part only", () => {
    const wrong = imports
      .filter((entry) => !isInside(entry) && !isNode(entry))
      .filter(({ from, to }) => !mayLoad[partOf(from)]?.includes(to.split("/")[0] ?? to));
    expect(wrong).toEqual([]);
  });

  it("touches files, processes and the terminal in the command line only, and threads where it isolates", () => {
    const isThread = ({ from, to }: Import) =>
      ["isolated", "worker"].includes(partOf(from)) && ["node:worker_threads", "node:path"].includes(to);
    const wrong = imports
      .filter(isNode)
      .filter((entry) => partOf(entry.from) !== "cli" && !pureModules.includes(entry.to) && !isThread(entry));
    expect(wrong).toEqual([]);
  });
});

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
// Not a dependency of ours: tsup, which builds the package, comes with it.
import { build, type Plugin } from "esbuild";
import type { evaluate } from "../../src/lua/evaluate.js";
import type { BenchLine } from "./measure.js";

type Evaluate = typeof evaluate;

/** The evaluator as it is, beside the same one in which nothing is counted; each with a fengari of its own. */
export async function evaluationWithGuards(): Promise<BenchLine> {
  const [guarded, unguarded] = [await builtWith([]), await builtWith([withoutGuards])];
  const sources = ["old/quota-guard", "new/quota-guard", "old/response-stamp", "new/response-stamp"].map((plugin) =>
    readFileSync(`examples/${plugin}/schema.lua`, "utf8"),
  );
  const all = (evaluateOne: Evaluate) => (run: number) => {
    for (const source of sources) evaluateOne(`${source}\n-- run ${run}`, { role: "control_plane" });
  };
  return {
    name: "evaluation of four schemas ÷ the same without guards",
    subject: all(guarded),
    yardstick: all(unguarded),
    runs: 400,
    limit: 1.15,
  };
}

/** What is taken out: counting, and the instructions that do nothing but count. What Lua's answers hang on stays. */
const withoutGuards: Plugin = {
  name: "without-guards",
  setup(build) {
    build.onLoad({ filter: /src\/lua\/(?:meter|trips|operations)\.ts$/ }, ({ path }) => ({
      contents: unguarded(basename(path), readFileSync(path, "utf8")),
      loader: "ts",
    }));
  },
};

const counting = ["toll", "spend", "allocate", "string", "key", "table", "entries", "metatable", "caught", "stack"];

const edits: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  "trips.ts": [
    ["const entry = pc === 0 ? tolls.entry : undefined;", "const entry = undefined;"],
    ["const jump = isJump(opcode) ? tolls.ofJump(pc + 1, pc + 1 + sBx) : undefined;", "const jump = undefined;"],
    [
      "const leaving = isLeaving(opcode) && pc + 1 < end ? tolls.ofJump(pc + 1, end) : undefined;",
      "const leaving = undefined;",
    ],
  ],
  "operations.ts": [
    [
      "return isShort(B, constants) || isShort(C, constants) ? beforeShortEquality : beforeEquality;",
      "return beforeShortEquality;",
    ],
    ["return B === 0 ? beforeOpenReturn : undefined;", "return undefined;"],
    ["return B === 0 ? beforeOpenVararg : undefined;", "return undefined;"],
  ],
};

function unguarded(file: string, text: string): string {
  if (file === "meter.ts") {
    return `${text}\nfor (const name of ${JSON.stringify(counting)}) Object.defineProperty(Meter.prototype, name, { value: () => undefined });`;
  }
  return (edits[file] ?? []).reduce((edited, [guard, without]) => {
    if (!edited.includes(guard)) throw new Error(`${file} has no more: ${guard}`);
    return edited.replace(guard, () => without);
  }, text);
}

async function builtWith(plugins: Plugin[]): Promise<Evaluate> {
  const folder = mkdtempSync(join(tmpdir(), "kong-schema-advisor-bench-"));
  const outfile = join(folder, "evaluate.cjs");
  try {
    const shape = { bundle: true, format: "cjs", platform: "node", target: "node20" } as const;
    await build({ ...shape, entryPoints: ["src/lua/evaluate.ts"], outfile, plugins });
    const built = createRequire(import.meta.url)(outfile) as { readonly evaluate: Evaluate };
    return built.evaluate;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

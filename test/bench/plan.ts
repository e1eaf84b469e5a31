import { readFileSync } from "node:fs";
import { createReport, planMigration, readSchema, render, type PlanOptions } from "../../src/index.js";
import { runInBareFengari } from "./bare-fengari.js";
import type { BenchLine } from "./measure.js";

const oldSource = readFileSync("examples/old/quota-guard/schema.lua", "utf8");
const newSource = readFileSync("examples/new/quota-guard/schema.lua", "utf8");

/** The two sources of the example, unlike those of any other run. */
export function sourcesOfPair(run: number): readonly [string, string] {
  return [unique(oldSource, run), unique(newSource, run)];
}

/** From two texts to the printed plan, for the example plugin, by Kong's table alone. */
export const tablePlan: BenchLine = {
  name: "plan of the example pair by Kong's table ÷ both files in bare fengari",
  subject: (run) => printedPlan(run, { trust: "table" }),
  yardstick: (run) => {
    for (const source of sourcesOfPair(run)) runInBareFengari(source);
  },
  runs: 100,
  warmUpRuns: 100,
  limit: 3,
};

/** The same with each change proven. */
export const provenPlan: BenchLine = {
  name: "plan of the example pair, proven ÷ both files in bare fengari",
  subject: (run) => printedPlan(run, {}),
  yardstick: (run) => {
    for (const source of sourcesOfPair(run)) runInBareFengari(source);
  },
  runs: 100,
  warmUpRuns: 100,
};

function printedPlan(run: number, options: PlanOptions): string {
  const [oldSource, newSource] = sourcesOfPair(run);
  return render(createReport(planMigration(readSchema(oldSource), readSchema(newSource), options)), "text");
}

function unique(source: string, run: number): string {
  return source.replaceAll("Quota exceeded", `Quota exceeded in run ${run}`);
}

import { readFileSync } from "node:fs";
import { createReport, planMigration, readSchema, render } from "../../src/index.js";
import { runInBareFengari } from "./bare-fengari.js";
import { byTheTable } from "./by-the-table.js";
import type { BenchLine } from "./measure.js";

const oldSource = readFileSync("examples/old/quota-guard/schema.lua", "utf8");
const newSource = readFileSync("examples/new/quota-guard/schema.lua", "utf8");

/** The two sources of the example, unlike those of any other run. */
export function sourcesOfPair(run: number): readonly [string, string] {
  return [unique(oldSource, run), unique(newSource, run)];
}

/** From two texts to the changes with their paths in Kong's table: what there is without asking Kong's engine. */
export const tablePlan: BenchLine = {
  name: "paths of the example pair by Kong's table ÷ both files in bare fengari",
  subject: (run) => {
    const [oldSource, newSource] = sourcesOfPair(run);
    return byTheTable(readSchema(oldSource), readSchema(newSource));
  },
  yardstick: (run) => {
    for (const source of sourcesOfPair(run)) runInBareFengari(source);
  },
  runs: 50,
  limit: 3,
};

/** From two texts to the printed plan, for the example plugin, each change proven. */
export const wholePlan: BenchLine = {
  name: "plan of the example pair ÷ both files in bare fengari",
  subject: (run) => {
    const [oldSource, newSource] = sourcesOfPair(run);
    const [oldSchema, newSchema] = [readSchema(oldSource), readSchema(newSource)];
    return render(createReport(planMigration(oldSchema, newSchema)), "text");
  },
  yardstick: (run) => {
    for (const source of sourcesOfPair(run)) runInBareFengari(source);
  },
  runs: 50,
  limit: 3,
};

function unique(source: string, run: number): string {
  return source.replaceAll("Quota exceeded", `Quota exceeded in run ${run}`);
}

import { evaluationOfPair } from "./evaluation.js";
import { evaluationWithGuards } from "./guards.js";
import { manyFields, someFields } from "./fields.js";
import { type InstanceRun, measureInstances } from "./instances.js";
import { customConfigs, manyConfigs, plainConfigs } from "./judge.js";
import { type BenchLine, measure } from "./measure.js";
import { provenPlan, tablePlan } from "./plan.js";
import { planWithProof } from "./proof.js";
import { provenProcess, tableProcess } from "./process.js";

/**
 * Prints one row per measurement; the exit code is 1 if a ratio is above its limit. The npm script builds this first, as the package is built:
 * tsx gives each function its name while the program runs, which takes a fifth of the time.
 */

console.log("subject ÷ yardstick".padEnd(80), "ratio".padStart(6), "limit".padStart(6), "  medians");

show(tablePlan);
show(provenPlan);
show(evaluationOfPair);
show(planWithProof);
const some = show(someFields);
const many = show(manyFields);
row("the ratio for 10,000 fields ÷ the ratio for 1,000 fields", many / some, 1.5, "");
const plain = show(plainConfigs);
show(customConfigs);
row("the ratio for 10,000 configurations ÷ the ratio for 1,000", show(manyConfigs) / plain, 1.5, "");
show(tableProcess);
show(provenProcess);
show(await evaluationWithGuards());
for (const alike of [1, 100]) {
  const few = showInstances(measureInstances(1_000, alike));
  const all = showInstances(measureInstances(10_000, alike));
  row("the time for one of 10,000 instances ÷ the time for one of 1,000", few / all, 1.5, "");
}

function show(line: BenchLine): number {
  const { subject, yardstick, ratio } = measure(line);
  row(line.name, ratio, line.limit, `${subject.toFixed(1)} ms ÷ ${yardstick.toFixed(1)} ms`);
  return ratio;
}

function showInstances({ count, alike, perSecond, peakMegabytes, emptyMegabytes, deckMegabytes }: InstanceRun): number {
  const kinds = alike === 1 ? "each with another configuration" : `${alike} of each configuration`;
  const memory = `${peakMegabytes.toFixed(0)} MB at most (${emptyMegabytes.toFixed(0)} before), for ${deckMegabytes.toFixed(1)} MB of text`;
  const name = `${count.toLocaleString("en")} instances in one decK file, ${kinds}: read, judged, edited, written`;
  console.log(name.padEnd(96), `${perSecond.toFixed(0)} per second, ${memory}`);
  return perSecond;
}

function row(name: string, ratio: number, limit: number | undefined, medians: string): void {
  console.log(
    name.padEnd(80),
    ratio.toFixed(2).padStart(6),
    (limit === undefined ? "" : String(limit)).padStart(6),
    ` ${medians}`,
  );
  if (limit !== undefined && ratio > limit) process.exitCode = 1;
}

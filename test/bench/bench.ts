import { manyFields, someFields } from "./fields.js";
import { customConfigs, manyConfigs, plainConfigs } from "./judge.js";
import { type BenchLine, measure } from "./measure.js";
import { wholePlan } from "./plan.js";
import { planWithProof } from "./proof.js";
import { wholeProcess } from "./process.js";

/** Prints one row per measurement; the exit code is 1 if a ratio is above its limit. */

console.log("subject ÷ yardstick".padEnd(80), "ratio".padStart(6), "limit".padStart(6), "  medians");

show(wholePlan);
show(planWithProof);
const some = show(someFields);
const many = show(manyFields);
row("the ratio for 10,000 fields ÷ the ratio for 1,000 fields", many / some, 1.5, "");
const plain = show(plainConfigs);
show(customConfigs);
row("the ratio for 10,000 configurations ÷ the ratio for 1,000", show(manyConfigs) / plain, 1.5, "");
show(wholeProcess);

function show(line: BenchLine): number {
  const { subject, yardstick, ratio } = measure(line);
  row(line.name, ratio, line.limit, `${subject.toFixed(1)} ms ÷ ${yardstick.toFixed(1)} ms`);
  return ratio;
}

function row(name: string, ratio: number, limit: number | undefined, medians: string): void {
  console.log(name.padEnd(80), ratio.toFixed(2).padStart(6), (limit?.toFixed(1) ?? "").padStart(6), ` ${medians}`);
  if (limit !== undefined && ratio > limit) process.exitCode = 1;
}

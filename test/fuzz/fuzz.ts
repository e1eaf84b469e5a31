import fc from "fast-check";
import { targets } from "./targets.js";

/**
 * npm run fuzz -- [seconds] [seed]
 *
 * Feeds every public function with random input for so long, 60 seconds by default: nothing but documented errors may come of it. Prints how
 * many cases ran; the exit code is 1 where one failed, with the smallest input that does.
 */
const seconds = Number(process.argv[2] ?? 60);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);

/** An input that takes longer than this is as bad as one that throws. */
const patienceMs = 20_000;

console.log(`seed ${seed}, ${seconds} seconds`);
let cases = 0;
for (const { name, property } of targets) {
  const result = await fc.check(property, {
    seed,
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: (seconds * 1000) / targets.length,
    timeout: patienceMs,
    endOnFailure: false,
  });
  cases += result.numRuns;
  console.log(`${result.numRuns} ${name}`);
  if (!result.failed || result.counterexamplePath === null) continue;
  process.exitCode = 1;
  console.log(fc.defaultReportMessage(result));
}
console.log(`${cases} cases`);

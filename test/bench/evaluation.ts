import { evaluate } from "../../src/lua/evaluate.js";
import { runInBareFengari } from "./bare-fengari.js";
import type { BenchLine } from "./measure.js";
import { sourcesOfPair } from "./plan.js";

/** From two texts to plain data with positions and digests, bounded; no metaschema and no plan. */
export const evaluationOfPair: BenchLine = {
  name: "evaluation of the example pair ÷ both files in bare fengari",
  subject: (run) => sourcesOfPair(run).map((source) => evaluate(source, { role: "control_plane" })),
  yardstick: (run) => {
    for (const source of sourcesOfPair(run)) runInBareFengari(source);
  },
  runs: 100,
  limit: 2,
};

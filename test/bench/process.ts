import { execFileSync } from "node:child_process";
import type { BenchLine } from "./measure.js";

/** What a user waits for: the whole process, from the start to the last byte. */
export const wholeProcess: BenchLine = {
  name: "process plan OLD NEW --format json ÷ process node -e 0",
  subject: () =>
    node("dist/cli/main.cjs", "plan", "examples/old/quota-guard", "examples/new/quota-guard", "--format", "json"),
  yardstick: () => node("-e", "0"),
  runs: 40,
  limit: 4,
};

function node(...args: string[]): void {
  execFileSync(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
}

import { execFileSync } from "node:child_process";
import type { BenchLine } from "./measure.js";

/** What a user waits for: the whole process, from the start to the last byte. */
export const tableProcess: BenchLine = {
  name: "process plan OLD NEW --format json --trust table ÷ process node -e 0",
  subject: () => plan("--trust", "table"),
  yardstick: () => node("-e", "0"),
  runs: 40,
  limit: 4,
};

/** The same with each change proven. */
export const provenProcess: BenchLine = {
  name: "process plan OLD NEW --format json ÷ process node -e 0",
  subject: () => plan(),
  yardstick: () => node("-e", "0"),
  runs: 40,
};

function plan(...options: string[]): void {
  const [oldPlugin, newPlugin] = ["examples/old/quota-guard", "examples/new/quota-guard"];
  node("dist/cli/main.cjs", "plan", oldPlugin, newPlugin, "--format", "json", ...options);
}

function node(...args: string[]): void {
  execFileSync(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
}

import { readFileSync, writeFileSync } from "node:fs";
import { readSchema } from "../../src/index.js";
import { validateConfig } from "../../src/schema/validate-config.js";
import { hostileCases, type HostileCase } from "./corpus.js";

/**
 * Reads the schemas whose names are its arguments, one after the other, and writes a line of JSON for each: the code of
 * the error, seconds of the processor, and by how many MiB the memory at its highest is above that of the idle process.
 */
const idle = megabytes("VmRSS");
for (const name of process.argv.slice(2)) {
  const found = hostileCases.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no case ${name}`);
  globalThis.gc?.();
  forgetPeak();
  const start = process.cpuUsage();
  const endedWith = codeOf(found);
  const { user, system } = process.cpuUsage(start);
  console.log(
    JSON.stringify({ name, endedWith, seconds: (user + system) / 1e6, megabytes: megabytes("VmHWM") - idle }),
  );
}

function codeOf({ source, options, config }: HostileCase): string {
  try {
    const schema = readSchema(source, options);
    if (config === undefined) return "accepted";
    return validateConfig(schema, config, { role: "control_plane" }).verdict;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : `not documented: ${String(error)}`;
  }
}

/** Linux counts the peak of a process anew after this; elsewhere the peak is that of all schemas so far. */
function forgetPeak(): void {
  if (process.platform === "linux") writeFileSync("/proc/self/clear_refs", "5");
}

function megabytes(field: "VmRSS" | "VmHWM"): number {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS / 1024;
  const status = readFileSync("/proc/self/status", "utf8");
  return Number(new RegExp(`^${field}:\\s*(\\d+) kB`, "m").exec(status)?.[1]) / 1024;
}

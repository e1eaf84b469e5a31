import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { adaptInstances, readInstances, readSchema, rewriteInstances } from "../../src/index.js";

/** How fast instances in one decK file are read, judged, edited and written. */
export interface InstanceRun {
  readonly count: number;
  /** How many instances have the same configuration. */
  readonly alike: number;
  readonly perSecond: number;
  readonly deckMegabytes: number;
  /** Of the process that does nothing else, and what of it was there before the first instance. */
  readonly peakMegabytes: number;
  readonly emptyMegabytes: number;
}

const options = {
  renames: [
    { from: "config.namespace", to: "config.redis.key_prefix" },
    { from: "config.overrides{}", to: "config.overrides{}.limit" },
  ],
};

/** One run in a process of its own. */
export function measureInstances(count: number, alike: number): InstanceRun {
  const built = join(import.meta.dirname, "instances-process.mjs");
  const printed = execFileSync(process.execPath, [built, String(count), String(alike)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return JSON.parse(printed) as InstanceRun;
}

/** One run over so many instances, all of them edited, after a small one that warms up. */
export function runInstances(count: number, alike: number): InstanceRun {
  const [oldSchema, newSchema] = (["old", "new"] as const).map((side) =>
    readSchema(readFileSync(`examples/${side}/quota-guard/schema.lua`, "utf8"), { pluginName: "quota-guard" }),
  );
  if (oldSchema === undefined || newSchema === undefined) throw new Error("two schemas");
  const run = (text: string): void => {
    const instances = readInstances(text, { format: "deck" });
    const edits = adaptInstances(oldSchema, newSchema, instances, options);
    const [rewritten] = rewriteInstances([{ text }], edits);
    if (edits.some(({ need }) => need !== "edit") || rewritten?.text === text) throw new Error("not all were edited");
  };
  run(deckOf(50, alike));
  const text = deckOf(count, alike);
  const emptyMegabytes = megabytes();
  const start = performance.now();
  run(text);
  const perSecond = (count * 1000) / (performance.now() - start);
  return {
    ...{ count, alike, perSecond, emptyMegabytes },
    deckMegabytes: text.length / 1024 / 1024,
    peakMegabytes: megabytes(),
  };
}

/** The most that this process has used so far. */
function megabytes(): number {
  return process.resourceUsage().maxRSS / 1024;
}

function deckOf(count: number, alike: number): string {
  const entries = Array.from({ length: count }, (_, index) => {
    const kind = Math.floor(index / alike);
    return `- name: quota-guard # number ${index}
  instance_name: quota-${index}
  service: service-${index}
  config:
    minute: ${60 + kind}
    hour: ${6000 + kind}
    limit_by: ip
    namespace: ns-${kind}
    overrides: { alice: 10, bob: ${1 + (kind % 50)} }
    policy: redis
    redis:
      host: redis-${kind}.example.com
      timeout: 1500
`;
  });
  return `_format_version: "3.0"\nplugins:\n${entries.join("")}`;
}

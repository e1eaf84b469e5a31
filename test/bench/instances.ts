import { readFileSync } from "node:fs";
import { adaptInstances, readInstances, readSchema, rewriteInstances } from "../../src/index.js";

/** How fast instances in one decK file are read, judged, edited and written: instances per second and peak memory. */
export interface InstanceRun {
  readonly count: number;
  readonly perSecond: number;
  readonly peakMegabytes: number;
}

const [oldSchema, newSchema] = (["old", "new"] as const).map((side) =>
  readSchema(readFileSync(`examples/${side}/quota-guard/schema.lua`, "utf8"), { pluginName: "quota-guard" }),
);

const options = {
  renames: [
    { from: "config.namespace", to: "config.redis.key_prefix" },
    { from: "config.overrides{}", to: "config.overrides{}.limit" },
  ],
};

/** One run over so many instances, all of them edited. */
export function runInstances(count: number): InstanceRun {
  if (oldSchema === undefined || newSchema === undefined) throw new Error("two schemas");
  const text = deckOf(count);
  const start = performance.now();
  const instances = readInstances(text, { format: "deck" });
  const edits = adaptInstances(oldSchema, newSchema, instances, options);
  const [rewritten] = rewriteInstances([{ text }], edits);
  const seconds = (performance.now() - start) / 1000;
  if (edits.some(({ need }) => need !== "edit") || rewritten?.text === text) throw new Error("not all were edited");
  // Kilobytes, of the whole process so far.
  return { count, perSecond: count / seconds, peakMegabytes: process.resourceUsage().maxRSS / 1024 };
}

function deckOf(count: number): string {
  const entries = Array.from(
    { length: count },
    (_, index) => `- name: quota-guard # number ${index}
  service: service-${index}
  config:
    minute: ${60 + index}
    hour: ${6000 + index}
    limit_by: ip
    namespace: ns-${index}
    overrides: { alice: 10, bob: ${1 + (index % 50)} }
    policy: redis
    redis:
      host: redis-${index}.example.com
      timeout: 1500
`,
  );
  return `_format_version: "3.0"\nplugins:\n${entries.join("")}`;
}

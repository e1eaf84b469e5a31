import type { InstanceExample, SyncCheck } from "../simulate/sync-check.js";
import { hang } from "./layout.js";
import { neutralBlock, neutralJson } from "./neutral.js";
import { count } from "./words.js";

/** What a push does, for people or for programs. */
export function renderSyncCheck(check: SyncCheck, format: "text" | "json", width = 100): string {
  if (format === "json") return `${neutralJson(JSON.stringify({ formatVersion: 1, ...check }, null, 2))}\n`;
  return `${linesOf(check, width).join("\n")}\n`;
}

function linesOf({ about, outcome, instances, examples, reason, remedy }: SyncCheck, width: number): readonly string[] {
  const advice = hang("Remedy: ", remedy, width);
  switch (outcome.verdict) {
    case "accepted":
      return [...hang("In step: ", `a push is accepted. ${reason}`, width), ...advice];
    case "unknown":
      return [
        ...hang("Not known: it hangs on ", `${outcome.missing.join(", ")}. ${reason}`, width),
        ...named(instances, width),
        ...advice,
      ];
    case "refused":
      return [
        ...hang("Out of step: ", `${consequence[about]} ${reason} Its log then says:`, width),
        ...neutralBlock(outcome.log)
          .split("\n")
          .map((line) => `  ${line}`),
        ...(instances.length > 0 ? ["Because of:", ...named(instances, width)] : []),
        ...shown("Refused:  ", examples.refused, width),
        ...shown("Accepted: ", examples.accepted, width),
        ...advice,
      ];
  }
}

const consequence = {
  instances: "the data plane refuses every payload, and goes on with its last configuration.",
  "any-instance": "there are instances with which the data plane refuses a payload, and goes on with its last one.",
} as const satisfies Record<SyncCheck["about"], string>;

/** Nobody reads more of a list than this; the JSON has all of them. */
const mostNamed = 20;

function named(instances: readonly string[], width: number): readonly string[] {
  const more = instances.length - mostNamed;
  return [
    ...instances.slice(0, mostNamed).flatMap((address) => hang("- ", address, width)),
    ...(more > 0 ? [`- and ${count(more, "other instance")}`] : []),
  ];
}

function shown(mark: string, example: InstanceExample | undefined, width: number): readonly string[] {
  if (example === undefined) return [];
  const { config, fields } = example;
  const beside = fields === undefined ? "" : `, beside it ${JSON.stringify(fields)}`;
  return hang(mark, `an instance with config ${JSON.stringify(config)}${beside}`, width);
}

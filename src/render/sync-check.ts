import type { SyncCheck } from "../simulate/check-sync.js";
import { hang } from "./layout.js";
import { neutralBlock, neutralJson } from "./neutral.js";

/** What a push does, for people or for programs. */
export function renderSyncCheck(check: SyncCheck, format: "text" | "json", width = 100): string {
  if (format === "json") return `${neutralJson(JSON.stringify({ formatVersion: 1, ...check }, null, 2))}\n`;
  return `${linesOf(check, width).join("\n")}\n`;
}

function linesOf({ outcome, instances, remedy }: SyncCheck, width: number): readonly string[] {
  const named = instances.flatMap((address) => hang("- ", address, width));
  const advice = hang("Remedy: ", remedy, width);
  switch (outcome.verdict) {
    case "accepted":
      return ["In step: a push is accepted.", ...advice];
    case "unknown":
      return [...hang("Not known: it hangs on ", outcome.missing.join(", "), width), ...named, ...advice];
    case "refused":
      return [
        "Out of step: the data plane refuses every payload, and goes on with its last configuration. Its log says:",
        ...neutralBlock(outcome.log)
          .split("\n")
          .map((line) => `  ${line}`),
        "Because of:",
        ...named,
        ...advice,
      ];
  }
}

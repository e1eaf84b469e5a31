import type { Command } from "../plan.js";

export function bash(title: string, lines: readonly string[]): Command {
  return { title, language: "bash", text: lines.join("\n") };
}

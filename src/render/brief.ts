import type { Report } from "../report.js";
import { ownReason } from "./arrange.js";

/** The arguments of a call that are longer are shown by their two ends. */
const longest = 40;
const head = 24;
const tail = 12;

/**
 * The same text with long arguments shortened: what comes from a module that is not visible is named by all the calls that
 * lead to it, `kong.db.schema.define({["default"]="Strict",…})`, and these may take pages.
 */
export function brief(text: string): string {
  if (!text.includes("(")) return text;
  const pieces: string[] = [];
  let copied = 0;
  for (const { open, close } of calls(text)) {
    if (open < copied || close - open - 1 <= longest) continue;
    pieces.push(text.slice(copied, open + 1 + head), "…");
    copied = close - tail;
  }
  pieces.push(text.slice(copied));
  return pieces.join("");
}

interface Call {
  readonly open: number;
  readonly close: number;
}

/** The parentheses that follow a name, in the order in which they open. */
function calls(text: string): Call[] {
  const found: Call[] = [];
  const open: number[] = [];
  for (const { 0: bracket, index } of text.matchAll(/[()]/g)) {
    if (bracket === "(") open.push(index);
    else {
      const start = open.pop();
      if (start !== undefined && /\w/.test(text.charAt(start - 1))) found.push({ open: start, close: index });
    }
  }
  return found.sort((a, b) => a.open - b.open);
}

/** A report for people; the JSON has everything whole. */
export function briefReport(report: Report): Report {
  return {
    ...report,
    reason: brief(report.reason),
    changes: report.changes.map((change) => ({
      ...change,
      shownPath: brief(change.shownPath),
      description: brief(change.description),
      reason: brief(ownReason(change)),
    })),
    steps: report.steps.map((step) => ({
      ...step,
      actions: step.actions.map(brief),
      instanceEdits: step.instanceEdits.map((edit) => ({
        ...edit,
        shownPath: brief(edit.shownPath),
        sentence: brief(edit.sentence),
      })),
    })),
  };
}

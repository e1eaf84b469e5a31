import type { Diagnosis } from "../diagnose/diagnosis.js";
import { hang, type Palette, plainPalette } from "./layout.js";
import { code, prose } from "./markdown-text.js";
import { neutralJson } from "./neutral.js";
import type { RenderOptions } from "./render.js";
import { count } from "./words.js";

export type DiagnosisFormat = "text" | "markdown" | "json";

/** Renders what `diagnose` found, with a line end after the last line. Whatever the log holds comes out as inert text. */
export function renderDiagnoses(
  diagnoses: readonly Diagnosis[],
  format: DiagnosisFormat,
  options: RenderOptions = {},
): string {
  const { width = 100, palette = plainPalette } = options;
  switch (format) {
    case "text":
      return asText(diagnoses, width, palette);
    case "markdown":
      return asMarkdown(diagnoses);
    case "json":
      return `${neutralJson(JSON.stringify({ formatVersion: 1, diagnoses }, null, 2))}\n`;
  }
}

const nothing = "No refusal of a configuration by Kong was found.";

const reporterNames = {
  "data-plane": "data plane node",
  "control-plane": "control plane",
  "admin-api": "Admin API",
  start: "node at its start",
} as const satisfies Record<Diagnosis["reporter"], string>;

/** `config.ttl: required field missing`. */
function titleOf({ shownPath, message }: Diagnosis): string {
  return shownPath === "" ? message : `${shownPath}: ${message}`;
}

/** `data plane node, entry 1 of plugins, line 12, 3 times`. */
function placeOf({ reporter, entity, entry, line, times, plugin }: Diagnosis): string {
  return [
    reporterNames[reporter],
    ...(plugin === null ? [] : [`plugin ${plugin}`]),
    ...(entity === null || entry === null ? [] : [`entry ${entry} of ${entity}`]),
    `line ${line}`,
    ...(times === 1 ? [] : [count(times, "time")]),
  ].join(", ");
}

const indent = "    ";

function asText(diagnoses: readonly Diagnosis[], width: number, palette: Palette): string {
  if (diagnoses.length === 0) return `${nothing}\n`;
  const blocks = diagnoses.map((diagnosis, index) =>
    [
      ...hang(`${index + 1}.`.padEnd(4), titleOf(diagnosis), width).map(palette.bold),
      ...hang(indent, placeOf(diagnosis), width).map(palette.dim),
      ...hang(indent, diagnosis.cause, width),
      ...diagnosis.steps.flatMap((step, number) => hang(`${indent}${`${number + 1})`.padEnd(3)} `, step, width)),
      ...hang(indent, diagnosis.source, width).map(palette.dim),
    ].join("\n"),
  );
  return `${blocks.join("\n\n")}\n`;
}

function asMarkdown(diagnoses: readonly Diagnosis[]): string {
  if (diagnoses.length === 0) return `${nothing}\n`;
  const blocks = diagnoses.flatMap((diagnosis) => [
    `## ${diagnosis.shownPath === "" ? "" : `${code(diagnosis.shownPath)}: `}${prose(diagnosis.message)}`,
    `*${prose(placeOf(diagnosis))}*`,
    `${prose(diagnosis.cause)} ([source](${diagnosis.source}))`,
    diagnosis.steps.map((step, index) => `${index + 1}. ${prose(step)}`).join("\n"),
  ]);
  return `${blocks.join("\n\n")}\n`;
}

import { installedFacts } from "../kong/hostings.js";
import { requirements, schemaUploadLimit, toleratedModuleFact } from "../kong/requirements.js";
import { clonedFacts, streamedFacts } from "../kong/streamed-and-cloned.js";

/** What the rules rest on, by the ids of the facts. */
export const lintedFacts = [
  ...requirements,
  toleratedModuleFact,
  schemaUploadLimit,
  ...installedFacts,
  ...streamedFacts,
  ...clonedFacts,
] as const;

export type LintedFactId = (typeof lintedFacts)[number]["id"];

/** The address of the page that says so. */
export function sourceOf(id: LintedFactId): string {
  const fact = lintedFacts.find((candidate) => candidate.id === id);
  return fact?.source ?? "";
}

/** A file of Kong 3.9.1, to be read and not copied. */
export function kongSource(path: string): string {
  return `https://github.com/Kong/kong/blob/3.9.1/${path}`;
}

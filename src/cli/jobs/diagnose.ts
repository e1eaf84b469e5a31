import pc from "picocolors";
import type * as Library from "../../index.js";
import type { DiagnosisFormat } from "../../index.js";
import type { Outcome } from "../surroundings.js";
import type { JobContext } from "./job.js";
import { readText, type SourceText } from "./read-text.js";

/** What the log of the context tells; both versions of the schema, or none. */
export interface DiagnoseJob {
  readonly kind: "diagnose";
  readonly old: SourceText | undefined;
  readonly new: SourceText | undefined;
  readonly format: DiagnosisFormat;
  readonly width: number;
  readonly colours: boolean;
}

export async function runDiagnoseJob(
  { old, new: now, format, width, colours }: DiagnoseJob,
  library: typeof Library,
  { chunks }: JobContext,
): Promise<Outcome> {
  const { Diagnoser, renderDiagnoses } = library;
  const read = (text: DiagnoseJob["old"]) => text && readText(text, library);
  const diagnoser = new Diagnoser({ oldSchema: read(old), newSchema: read(now) });
  // Bytes that are not UTF-8 are no reason to give up: logs hold what clients send.
  const decoder = new TextDecoder();
  for await (const bytes of chunks ?? []) diagnoser.feed(decoder.decode(bytes, { stream: true }));
  diagnoser.feed(decoder.decode());
  const printed = renderDiagnoses(diagnoser.end(), format, { width, palette: pc.createColors(colours) });
  return { exitCode: 0, stdout: printed, stderr: "" };
}

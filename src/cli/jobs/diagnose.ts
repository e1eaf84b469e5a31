import pc from "picocolors";
import type * as Library from "../../index.js";
import type { DiagnosisFormat, PluginSchema } from "../../index.js";
import type { Outcome } from "../surroundings.js";
import type { JobContext } from "./job.js";
import type { SchemaText } from "./plan.js";

/** What the log of the context tells; both versions of the schema, or none. */
export interface DiagnoseJob {
  readonly kind: "diagnose";
  readonly old: Pick<SchemaText, "source" | "options"> | undefined;
  readonly new: Pick<SchemaText, "source" | "options"> | undefined;
  readonly format: DiagnosisFormat;
  readonly width: number;
  readonly colours: boolean;
}

export async function runDiagnoseJob(
  { old, new: now, format, width, colours }: DiagnoseJob,
  { Diagnoser, readSchema, renderDiagnoses }: typeof Library,
  { chunks }: JobContext,
): Promise<Outcome> {
  const read = (text: DiagnoseJob["old"]): PluginSchema | undefined =>
    text === undefined ? undefined : readSchema(text.source, text.options);
  const diagnoser = new Diagnoser({ oldSchema: read(old), newSchema: read(now) });
  // Bytes that are not UTF-8 are no reason to give up: logs hold what clients send.
  const decoder = new TextDecoder();
  for await (const bytes of chunks ?? []) diagnoser.feed(decoder.decode(bytes, { stream: true }));
  diagnoser.feed(decoder.decode());
  const printed = renderDiagnoses(diagnoser.end(), format, { width, palette: pc.createColors(colours) });
  return { exitCode: 0, stdout: printed, stderr: "" };
}

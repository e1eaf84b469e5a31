import { closeSync, openSync, readSync } from "node:fs";
import { CliError, messageOf } from "./errors.js";

/** More than any schema, saved answer or module that a person wrote; an endless device ends here. */
export const maxInputBytes = 32 * 1024 * 1024;

/** Reads a file, a named pipe or a device; never more than the bound. */
export function readTextFile(path: string, shown = path): string {
  const chunks: Uint8Array[] = [];
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    let total = 0;
    for (;;) {
      const chunk = new Uint8Array(64 * 1024);
      const count = readSync(file, chunk);
      if (count === 0) break;
      total += count;
      if (total > maxInputBytes) throw tooLarge(shown);
      chunks.push(chunk.subarray(0, count));
    }
  } catch (thrown) {
    if (thrown instanceof CliError) throw thrown;
    if (hasCode(thrown, "ENOENT") || hasCode(thrown, "ENOTDIR")) throw notFound(shown);
    throw notReadable(shown, thrown);
  } finally {
    if (file !== undefined) closeSync(file);
  }
  return decodeText(Buffer.concat(chunks), shown);
}

/** Reads standard input to its end; never more than the bound. */
export async function readTextStream(stream: AsyncIterable<unknown>, shown: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk instanceof Uint8Array ? chunk : undefined;
    if (bytes === undefined) continue;
    total += bytes.length;
    if (total > maxInputBytes) throw tooLarge(shown);
    chunks.push(bytes);
  }
  return decodeText(Buffer.concat(chunks), shown);
}

/** A byte order mark stays in the text: what to do with it is the reader's matter. */
export function decodeText(bytes: Uint8Array, shown: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const [first, second] = bytes;
    const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
    throw new CliError(
      "input-not-utf8",
      `${shown} is ${isUtf16 ? "UTF-16 text, not UTF-8" : "not UTF-8 text"}`,
      "Save the file as UTF-8; two different bytes that no encoding explains cannot be compared.",
    );
  }
}

export function notFound(shown: string): CliError {
  return new CliError(
    "input-not-found",
    `${shown} does not exist`,
    "Paths are relative to the current folder; what is in git is named git:REF:PATH.",
  );
}

export function notReadable(shown: string, thrown: unknown): CliError {
  return new CliError("input-not-readable", `${shown} cannot be read: ${messageOf(thrown)}`);
}

/** Whether a thrown value is a system error with this code. */
export function hasCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === code;
}

function tooLarge(shown: string): CliError {
  return new CliError("input-too-large", `${shown} is larger than ${maxInputBytes / 1024 / 1024} MiB`);
}

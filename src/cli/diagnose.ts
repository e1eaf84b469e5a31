import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import type { DiagnoseRequest } from "./diagnose-command.js";
import { CliError, messageOf } from "./errors.js";
import { runRequested } from "./isolation.js";
import { readingsOf } from "./reading-options.js";
import { textMaker } from "./schema-text.js";
import { readPlugin } from "./side.js";
import type { Outcome, Surroundings } from "./surroundings.js";
import { usesColours, widthOf } from "./terminal.js";
import { hasCode, notFound } from "./text.js";

/** Reads the log piece by piece, however long it is, and says what it tells. */
export async function runDiagnose(request: DiagnoseRequest, surroundings: Surroundings): Promise<Outcome> {
  const { log, format, old, new: now } = request;
  if ((old === undefined) !== (now === undefined)) {
    throw new CliError("usage", "--old and --new go together", "Give both versions of the schema, or none.");
  }
  if ([log, old, now].filter((path) => path === "-").length > 1) {
    throw new CliError("stdin-used-twice", "only one of the inputs can be standard input", "Give the others as files.");
  }
  const readings = readingsOf(request);
  const oldPlugin = old === undefined ? undefined : await readPlugin(old, surroundings);
  const newPlugin = now === undefined ? undefined : await readPlugin(now, surroundings);
  return runRequested(
    {
      kind: "diagnose",
      old: oldPlugin && textMaker(readings.old, surroundings)(oldPlugin, newPlugin),
      new: newPlugin && textMaker(readings.new, surroundings)(newPlugin, oldPlugin),
      format,
      width: widthOf(surroundings),
      colours: usesColours(surroundings),
    },
    request,
    surroundings,
    chunksOf(log, surroundings),
  );
}

async function* chunksOf(log: string, surroundings: Surroundings): AsyncIterable<Uint8Array> {
  if (log === "-") {
    const { stdinChunks } = surroundings;
    if (stdinChunks === undefined) yield new TextEncoder().encode(await surroundings.stdin());
    else yield* stdinChunks();
    return;
  }
  const stream: AsyncIterable<Uint8Array> = createReadStream(resolve(surroundings.cwd, log), {
    highWaterMark: 256 * 1024,
  });
  try {
    yield* stream;
  } catch (thrown) {
    if (hasCode(thrown, "ENOENT") || hasCode(thrown, "ENOTDIR")) throw notFound(log);
    throw new CliError("input-not-readable", `${log} cannot be read: ${messageOf(thrown)}`);
  }
}

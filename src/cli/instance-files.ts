import { randomUUID } from "node:crypto";
import { renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Answer, InstanceFormat, Json, Rename } from "../index.js";
import { CliError, messageOf } from "./errors.js";
import type { InstanceTexts } from "./jobs/instances.js";
import { readOneText } from "./side.js";
import type { Surroundings } from "./surroundings.js";

/** What the command line says of instances. */
export interface InstanceRequest {
  readonly instances?: readonly string[];
  readonly instancesFormat?: InstanceFormat;
  readonly set?: readonly Answer[];
  readonly rename?: readonly Rename[];
}

export function readInstanceTexts(request: InstanceRequest, surroundings: Surroundings): InstanceTexts {
  const { instances = [], instancesFormat, set = [], rename = [] } = request;
  const files = instances.map((filename) => ({ filename, text: readOneText(filename, surroundings) }));
  return { files, format: instancesFormat, answers: set, renames: rename };
}

export function missingInstances(who: string): CliError {
  return new CliError("usage", `${who} needs --instances`, "Give a decK file, or a saved answer of GET …/plugins.");
}

/** Replaces a file as a whole or not at all: whoever reads it meanwhile has the one or the other. */
export function writeWhole(filename: string, text: string, { cwd }: Surroundings): void {
  const path = resolve(cwd, filename);
  const draft = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    writeFileSync(draft, text, { mode: statSync(path).mode, flag: "wx" });
    renameSync(draft, path);
  } catch (thrown) {
    rmSync(draft, { force: true });
    throw new CliError("output-not-writable", `${filename} cannot be written: ${messageOf(thrown)}`);
  }
}

/** `config.ttl=60`: JSON where it is JSON, else a text. */
export function parseAnswer(text: string): Answer | undefined {
  const at = text.indexOf("=");
  if (at < 1) return undefined;
  return { path: text.slice(0, at).trim(), value: parseValue(text.slice(at + 1)) };
}

function parseValue(text: string): Json {
  try {
    const value: Json = JSON.parse(text) as Json;
    return value;
  } catch {
    return text;
  }
}

export function parseRename(text: string): Rename | undefined {
  const [from = "", to = "", ...rest] = text.split("=").map((part) => part.trim());
  return from === "" || to === "" || rest.length > 0 ? undefined : { from, to };
}

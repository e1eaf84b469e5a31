import { randomUUID } from "node:crypto";
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Answer, InstanceFormat, Json, Rename } from "../index.js";
import { CliError, messageOf } from "./errors.js";
import type { InstanceTexts } from "./jobs/instances.js";
import { readOneText } from "./side.js";
import type { Surroundings } from "./surroundings.js";
import { readTextFile } from "./text.js";

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

/** A file that is to be replaced, and the text that it had when it was read. */
export interface Replacement {
  readonly filename: string;
  readonly before: string;
  readonly text: string;
}

/** Replaces all files or none: whoever reads one meanwhile has it as a whole, as it was or as it is to be. */
export function replaceFiles(replacements: readonly Replacement[], surroundings: Surroundings): void {
  const drafts: { readonly path: string; readonly draft: string; readonly filename: string }[] = [];
  try {
    for (const replacement of replacements) drafts.push(writeDraft(replacement, surroundings));
    for (const { path, draft, filename } of drafts) writing(filename, () => renameSync(draft, path));
  } finally {
    for (const { draft } of drafts) rmSync(draft, { force: true });
  }
}

/** Beside the file itself, which a link may stand for. */
function writeDraft({ filename, before, text }: Replacement, { cwd }: Surroundings) {
  const path = writing(filename, () => realpathSync(resolve(cwd, filename)));
  if (readTextFile(path, filename) !== before) {
    throw new CliError("output-not-writable", `${filename} has changed since it was read`, "Run the command again.");
  }
  const draft = join(dirname(path), `.${randomUUID()}.tmp`);
  writing(filename, () => writeFileSync(draft, text, { mode: statSync(path).mode, flag: "wx" }));
  return { path, draft, filename };
}

function writing<Result>(filename: string, work: () => Result): Result {
  try {
    return work();
  } catch (thrown) {
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

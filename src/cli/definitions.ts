import { LineCounter, parseDocument } from "yaml";
import type { CloneDefinition, Position } from "../index.js";
import { CliError, messageOf } from "./errors.js";

/** What a decK file defines beside entities, in YAML or JSON. */
export interface Definitions {
  readonly streamed: readonly StreamedDefinition[];
  readonly cloned: readonly CloneDefinition[];
}

export interface StreamedDefinition {
  readonly name: string;
  readonly schema: string;
  readonly handler: string;
}

/** `kong.yaml#custom_plugins/delay`: one definition in a file. */
export interface DefinitionReference {
  readonly file: string;
  readonly section: "custom_plugins" | "cloned_plugins";
  readonly name: string;
}

export function definitionReference(shown: string): DefinitionReference | undefined {
  const [, file, section, name] = /^(.+)#(custom_plugins|cloned_plugins)\/(.+)$/s.exec(shown) ?? [];
  if (file === undefined || name === undefined) return undefined;
  return { file, section: section === "cloned_plugins" ? section : "custom_plugins", name };
}

/** Reads the definitions of a decK file. Throws a `CliError` with the place, where the text says no more than that it is wrong. */
export function readDefinitions(text: string, shown: string): Definitions {
  const root = entriesOf(parse(text, shown));
  return {
    streamed: listOf(root, "custom_plugins", shown).map((entry) => ({
      name: textOf(entry, "name", "custom_plugins", shown),
      schema: textOf(entry, "schema", "custom_plugins", shown),
      handler: textOf(entry, "handler", "custom_plugins", shown),
    })),
    cloned: listOf(root, "cloned_plugins", shown).map((entry) => {
      const name = textOf(entry, "name", "cloned_plugins", shown);
      const ref = textOf(entry, "ref", "cloned_plugins", shown);
      const priority = entry.get("priority") ?? undefined;
      if (priority !== undefined && typeof priority !== "number")
        throw notReadable(shown, `the priority of ${name} is no number`);
      return { name, ref, ...(priority === undefined ? {} : { priority }) };
    }),
  };
}

/** The definition that a reference names. Throws a `CliError` where there is none. */
export function findDefinition<D extends { readonly name: string }>(
  definitions: readonly D[],
  { file, section, name }: DefinitionReference,
): D {
  const found = definitions.find((definition) => definition.name === name);
  if (found !== undefined) return found;
  const names = definitions.map((definition) => definition.name).join(", ");
  throw new CliError(
    "definition-not-found",
    `${file} has no ${name} under ${section}`,
    names === "" ? `It has nothing there.` : `It has ${names}.`,
  );
}

type Entries = ReadonlyMap<string, unknown>;

function parse(text: string, shown: string): unknown {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const [error] = document.errors;
    if (error !== undefined) {
      const { line, col } = lines.linePos(error.pos[0]);
      throw notReadable(shown, error.message, { file: shown, line: Math.max(1, line), column: Math.max(1, col) });
    }
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (thrown) {
    if (thrown instanceof CliError) throw thrown;
    // Aliases without end, or nesting deeper than the parser can go.
    throw notReadable(shown, messageOf(thrown));
  }
}

function listOf(root: Entries, section: string, shown: string): readonly Entries[] {
  const list: unknown = root.get(section) ?? [];
  if (!Array.isArray(list)) throw notReadable(shown, `${section} is no list`);
  return list.map(entriesOf);
}

function textOf(entry: Entries, key: string, section: string, shown: string): string {
  const value = entry.get(key);
  if (typeof value === "string") return value;
  const name = entry.get("name");
  const which = typeof name === "string" ? name : "an entry";
  throw notReadable(shown, `${which} of ${section} has no text ${key}`);
}

function entriesOf(value: unknown): Entries {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return new Map<string, unknown>(isObject ? Object.entries(value) : []);
}

function notReadable(shown: string, what: string, position?: Position): CliError {
  return new CliError(
    "definitions-not-readable",
    `${shown} cannot be read as a decK file: ${what.replace(/\.$/, "")}`,
    "Definitions are entries of custom_plugins (name, schema, handler) and of cloned_plugins (name, ref, priority).",
    position,
  );
}

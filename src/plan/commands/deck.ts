import { pluginDefinitionsInDeck } from "../../kong/streamed-and-cloned.js";
import type { CloneDefinition, Command } from "../plan.js";
import { bash } from "./command.js";
import { type DefinitionKind, type PluginFiles, streamedFromFiles } from "./entity-api.js";
import { fileWord, shellWord } from "./shell.js";

/**
 * decK (https://developer.konghq.com/deck/). It finds an instance by its plugin's name and its scope. One that gets
 * another name and keeps its id would be written over the old one and then deleted with it (go-database-reconciler,
 * pkg/types/plugin.go): instances that are to move must be without an id.
 */
export interface Deck {
  /** The flags that say which control plane. */
  readonly target: string;
}

export const konnectDeck: Deck = {
  target: [
    '  --konnect-addr "${KONNECT_ADDR:?}" --konnect-token "${KONNECT_TOKEN:?}"',
    '  --konnect-control-plane-name "${CONTROL_PLANE_NAME:?}"',
  ].join(" \\\n"),
};

export const adminApiDeck: Deck = {
  target: '  --kong-addr "${KONG_ADMIN_ADDR:?}" --headers "Kong-Admin-Token:${KONG_ADMIN_TOKEN-}"',
};

const { flag } = pluginDefinitionsInDeck;

/** decK leaves the definitions of streamed plugins and clones alone unless it is told otherwise. */
export function dump({ target }: Deck, file: string, withDefinitions = false): Command {
  return bash(`Write all entities of the control plane to ${file}`, [
    `deck gateway dump ${withDefinitions ? `${flag} ` : ""}--output-file ${fileWord(file)} \\`,
    target,
  ]);
}

export function diff({ target }: Deck, file: string): Command {
  return bash("After the edit: see what decK would change, and that it is this plugin's instances only", [
    `deck gateway diff ${fileWord(file)} \\`,
    target,
  ]);
}

export function sync({ target }: Deck, file: string): Command {
  return bash("Send the edited instances; decK deletes what is not in the file", [
    `deck gateway sync ${fileWord(file)} \\`,
    target,
  ]);
}

export function writeStreamed(
  name: string,
  files: PluginFiles,
  file: string,
  title = `For decK instead: write the definition to ${file}`,
): Command {
  const section = pluginDefinitionsInDeck.streamed;
  const [begin = "", ...rest] = streamedFromFiles(
    name,
    files,
    `{_format_version: "3.0", ${section}: [{$name, $schema, $handler}]}`,
  );
  const lines = [begin, ...rest].map((line) => line.replace(/ \|$/, ` > ${fileWord(file)}`));
  return bash(title, lines);
}

/** A decK file of its own. */
export function clonedFile(clone: CloneDefinition, title = "With decK: save this as definition.yaml"): Command {
  return {
    title,
    language: "yaml",
    text: [
      '_format_version: "3.0"',
      `${pluginDefinitionsInDeck.cloned}:`,
      `  - name: ${yamlWord(clone.name)}`,
      `    ref: ${yamlWord(clone.ref)}`,
      ...(clone.priority === undefined ? [] : [`    priority: ${clone.priority}`]),
    ].join("\n"),
  };
}

/** JSON's strings are YAML's too. */
export function yamlWord(text: string): string {
  return /^[a-z][a-z0-9-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/.test(text)
    ? text
    : JSON.stringify(text);
}

/** Creates and updates what is in the file, and deletes nothing. */
export function apply({ target }: Deck, file: string): Command {
  return bash("Send the definition with decK", [`deck gateway apply ${flag} ${fileWord(file)} \\`, target]);
}

export function findDefinition({ target }: Deck, kind: DefinitionKind, name: string): Command {
  const section = pluginDefinitionsInDeck[kind];
  return bash(`Show the definition of ${name}, if there is one`, [
    `deck gateway dump ${flag} --format json --output-file - \\`,
    `${target} |`,
    `jq --arg name ${shellWord(name)} '[.${section}[]? | select(.name == $name)]'`,
  ]);
}

export function countClones({ target }: Deck, ref: string): Command {
  return bash(`Count the clones of ${ref}`, [
    `deck gateway dump ${flag} --format json --output-file - \\`,
    `${target} |`,
    `jq --arg ref ${shellWord(ref)} '[.${pluginDefinitionsInDeck.cloned}[]? | select(.ref == $ref)] | length'`,
  ]);
}

/** decK deletes a definition when the file that it syncs does not have it any more. */
export function deleteDefinition({ target }: Deck, kind: DefinitionKind, name: string): readonly Command[] {
  const section = pluginDefinitionsInDeck[kind];
  const file = "kong.after.json";
  return [
    bash(`Write all entities and definitions, without that of ${name}, to ${file}`, [
      `deck gateway dump ${flag} --format json --output-file - \\`,
      `${target} |`,
      `jq --arg name ${shellWord(name)} '.${section} |= map(select(.name != $name))' > ${file}`,
    ]),
    bash("See that this definition is all that decK would delete", [`deck gateway diff ${flag} ${file} \\`, target]),
    bash("Delete it", [`deck gateway sync ${flag} ${file} \\`, target]),
  ];
}

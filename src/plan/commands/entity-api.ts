import { pluginDefinitionEndpoints } from "../../kong/streamed-and-cloned.js";
import type { CloneDefinition, Command } from "../plan.js";
import { bash } from "./command.js";
import { fileWord, shellWord, urlWord } from "./shell.js";

/** The API of a control plane's entities: Konnect's and the Admin API name them alike. */
export interface EntityApi {
  /** A request's begin, with what proves who asks. */
  readonly request: string;
  /** The address that the names of entities follow, in an open double quote. */
  readonly url: string;
}

export type DefinitionKind = keyof typeof pluginDefinitionEndpoints;

/** A request that fails loudly: the answer's text is shown where the status says that it failed. */
export const curl = "curl --silent --show-error --fail-with-body";

/** Prints the status instead of the answer, and takes none for a failure. */
export function askForStatus({ request }: EntityApi, title: string, url: string): Command {
  return bash(title, [
    `${request.replace(" --fail-with-body", "")} \\`,
    String.raw`  --output /dev/null --write-out '%{http_code}\n' ${url}`,
  ]);
}

export function listInstances(api: EntityApi, name: string): Command {
  const shown = "{id, instance_name, enabled, service, route, consumer, consumer_group, protocols, config}";
  return bash(`List the instances of ${name}`, [
    ...getPlugins(api),
    `jq --arg name ${shellWord(name)} '${ofThisName} | ${shown}'`,
  ]);
}

export function deleteInstances(api: EntityApi, name: string): Command {
  return bash(`Delete the instances of ${name}, one by one`, [
    ...getPlugins(api),
    `jq --raw-output --arg name ${shellWord(name)} '${ofThisName} | .id' |`,
    "while read -r id; do",
    `  ${api.request} \\`,
    `    --request DELETE ${api.url}/plugins/$id"`,
    "done",
  ]);
}

/** One page holds 1000 plugins, of all names; jq stops with a sentence where there are more. */
function getPlugins({ request, url }: EntityApi): readonly string[] {
  return [`${request} \\`, `  ${url}/plugins?size=1000" |`];
}

const ofThisName =
  'if .offset then error("more than 1000 plugins: ask again with &offset=" + .offset) else .data[] end | select(.name == $name)';

export function createStreamed({ request, url }: EntityApi, name: string, files: PluginFiles): Command {
  return bash("Create the custom plugin", [
    ...streamedFromFiles(name, files, "{$name, $schema, $handler}"),
    `${request} \\`,
    "  --request POST --header 'Content-Type: application/json' --data-binary @- \\",
    `  ${url}${pluginDefinitionEndpoints.streamed.admin}"`,
  ]);
}

/** The two files of a plugin, as commands name them. */
export interface PluginFiles {
  readonly schema: string;
  readonly handler: string;
}

/** Begins a pipe. The variables `$name`, `$schema` and `$handler` stand for what the program is to put together. */
export function streamedFromFiles(name: string, { schema, handler }: PluginFiles, program: string): readonly string[] {
  return [
    `jq --null-input --arg name ${shellWord(name)} \\`,
    `  --rawfile schema ${fileWord(schema)} --rawfile handler ${fileWord(handler)} \\`,
    `  '${program}' |`,
  ];
}

export function createCloned({ request, url }: EntityApi, clone: CloneDefinition): Command {
  return bash("Create the cloned plugin", [
    `${request} \\`,
    "  --request POST --header 'Content-Type: application/json' \\",
    `  --data ${shellWord(JSON.stringify(clone))} \\`,
    `  ${url}${pluginDefinitionEndpoints.cloned.admin}"`,
  ]);
}

export function countClones({ request, url }: EntityApi, ref: string): Command {
  return bash(`Count the clones of ${ref}`, [
    `${request} \\`,
    `  ${url}${pluginDefinitionEndpoints.cloned.admin}?size=1000" |`,
    `jq --arg ref ${shellWord(ref)} '[.data[] | select(.ref == $ref)] | length'`,
  ]);
}

export function showDefinition(api: EntityApi, kind: DefinitionKind, name: string): Command {
  return bash(`Show the definition of ${name}`, [`${api.request} \\`, `  ${definitionUrl(api, kind, name)} | jq`]);
}

export function deleteDefinition(api: EntityApi, kind: DefinitionKind, name: string): Command {
  return bash(`Delete the definition of ${name}`, [
    `${api.request} \\`,
    `  --request DELETE ${definitionUrl(api, kind, name)}`,
  ]);
}

export function expectNoDefinition(api: EntityApi, kind: DefinitionKind, name: string): Command {
  return askForStatus(
    api,
    `Ask for the definition of ${name}; the answer's status is printed`,
    definitionUrl(api, kind, name),
  );
}

function definitionUrl({ url }: EntityApi, kind: DefinitionKind, name: string): string {
  return `${url}${pluginDefinitionEndpoints[kind].admin}/"${urlWord(name)}`;
}

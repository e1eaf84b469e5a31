import type { Command } from "./plan.js";
import { fileWord, shellWord, urlWord } from "./shell.js";

/**
 * Commands for Konnect's control planes API (https://developer.konghq.com/api/konnect/control-planes-config/v2/) and for
 * decK (https://developer.konghq.com/deck/gateway/konnect-configuration/). They take what they need to know from the
 * environment, and stop where it is not set.
 */

const api = '"${KONNECT_ADDR:?}/v2/control-planes/${CONTROL_PLANE_ID:?}';
const curl = 'curl --silent --show-error --fail-with-body --header "Authorization: Bearer ${KONNECT_TOKEN:?}"';
const deckTarget = [
  '  --konnect-addr "${KONNECT_ADDR:?}" --konnect-token "${KONNECT_TOKEN:?}"',
  '  --konnect-control-plane-name "${CONTROL_PLANE_NAME:?}"',
].join(" \\\n");

/** Set once in the shell from which the other commands are pasted. */
export function setEnvironment(): Command {
  return command("Set these once, in the shell that you paste the other commands into", [
    "export KONNECT_ADDR='https://us.api.konghq.com'  # the API of your region",
    "export KONNECT_TOKEN='...'  # a personal or system account access token",
    "export CONTROL_PLANE_ID='...' CONTROL_PLANE_NAME='...'",
  ]);
}

export function createSchema(schemaFile: string): Command {
  const url = `${api}/core-entities/plugin-schemas"`;
  return sendSchema("Create the schema on the control plane", "POST", url, schemaFile);
}

export function updateSchema(name: string, schemaFile: string): Command {
  return sendSchema("Update the schema on the control plane", "PUT", schemaUrl(name), schemaFile);
}

function sendSchema(title: string, method: "POST" | "PUT", url: string, schemaFile: string): Command {
  return command(title, [
    `jq --raw-input --slurp '{lua_schema: .}' ${fileWord(schemaFile)} |`,
    `${curl} \\`,
    `  --request ${method} --header 'Content-Type: application/json' --data-binary @- \\`,
    `  ${url}`,
  ]);
}

export function compareSchema(name: string, schemaFile: string): Command {
  return command("Compare the control plane's schema with the file", [
    ...getSchema(name),
    `jq --join-output '.item.lua_schema' | diff - ${fileWord(schemaFile)} && echo 'the control plane has this schema'`,
  ]);
}

/** Writes the file that the way back needs. */
export function saveSchema(name: string): Command {
  return command("Keep the schema that the control plane has now", [
    ...getSchema(name),
    "jq --join-output '.item.lua_schema' > schema.before.lua",
  ]);
}

function getSchema(name: string): readonly string[] {
  return [`${curl} \\`, `  ${schemaUrl(name)} |`];
}

function schemaUrl(name: string): string {
  return `${api}/core-entities/plugin-schemas/"${urlWord(name)}`;
}

export function deleteSchema(name: string): Command {
  return command("Delete the schema from the control plane", [`${curl} \\`, `  --request DELETE ${schemaUrl(name)}`]);
}

export function expectNoSchema(name: string): Command {
  return command("Ask the control plane for the schema; the answer's status is printed", [
    `${curl.replace(" --fail-with-body", "")} \\`,
    `  --output /dev/null --write-out '%{http_code}\\n' ${schemaUrl(name)}`,
  ]);
}

export function listInstances(name: string): Command {
  const shown = "{id, instance_name, service, route, consumer, consumer_group, protocols, config}";
  return command("List the plugin's instances", [
    ...getPlugins,
    `jq --arg name ${shellWord(name)} '${ofThisName} | ${shown}'`,
  ]);
}

export function deleteInstances(name: string): Command {
  return command("Delete the plugin's instances, one by one", [
    ...getPlugins,
    `jq --raw-output --arg name ${shellWord(name)} '${ofThisName} | .id' |`,
    "while read -r id; do",
    `  ${curl} \\`,
    `    --request DELETE ${api}/core-entities/plugins/$id"`,
    "done",
  ]);
}

/** One page holds 1000 plugins, of all names; jq stops with a sentence where there are more. */
const getPlugins = [`${curl} \\`, `  ${api}/core-entities/plugins?size=1000" |`];
const ofThisName =
  'if .offset then error("more than 1000 plugins: ask again with &offset=" + .offset) else .data[] end | select(.name == $name)';

/** Whether each data plane node has the configuration that the control plane sent last. */
export function compareHashes(): Command {
  return command("See which data plane nodes have the configuration that the control plane sent last", [
    "expected=$(",
    `  ${curl} \\`,
    `    ${api}/expected-config-hash" | jq --raw-output '.expected_hash'`,
    ")",
    `${curl} \\`,
    `  ${api}/nodes?page%5Bsize%5D=100" |`,
    'jq --raw-output --arg expected "$expected" \\',
    `  '.items[] | [.hostname, .version, if .config_hash == $expected then "in sync" else "OUT OF SYNC" end] | @tsv'`,
  ]);
}

export function dumpWithDeck(file: string): Command {
  return command(`Write all entities of the control plane to ${file}`, [
    `deck gateway dump --output-file ${fileWord(file)} \\`,
    deckTarget,
  ]);
}

export function diffWithDeck(file: string): Command {
  return command("After the edit: see what decK would change, and that it is this plugin's instances only", [
    `deck gateway diff ${fileWord(file)} \\`,
    deckTarget,
  ]);
}

export function syncWithDeck(file: string): Command {
  return command("Send the edited instances; decK deletes what is not in the file", [
    `deck gateway sync ${fileWord(file)} \\`,
    deckTarget,
  ]);
}

function command(title: string, lines: readonly string[]): Command {
  return { title, language: "bash", text: lines.join("\n") };
}

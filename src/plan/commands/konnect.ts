import type { Command } from "../plan.js";
import { bash } from "./command.js";
import { askForStatus, curl, type EntityApi } from "./entity-api.js";
import { fileWord, urlWord } from "./shell.js";

/**
 * Commands for Konnect's control planes API (https://developer.konghq.com/api/konnect/control-planes-config/v2/). They
 * take what they need to know from the environment, and stop where it is not set.
 */

const controlPlane = '"${KONNECT_ADDR:?}/v2/control-planes/${CONTROL_PLANE_ID:?}';
const request = `${curl} --header "Authorization: Bearer \${KONNECT_TOKEN:?}"`;

export const konnectApi: EntityApi = { request, url: `${controlPlane}/core-entities` };

/** Set once in the shell from which the other commands are pasted. */
export function setEnvironment(): Command {
  return bash("Set these once, in the shell that you paste the other commands into", [
    "export KONNECT_ADDR='https://us.api.konghq.com'  # the API of your region",
    "export KONNECT_TOKEN='...'  # a personal or system account access token",
    "export CONTROL_PLANE_ID='...' CONTROL_PLANE_NAME='...'",
  ]);
}

export function createSchema(schemaFile: string): Command {
  const url = `${konnectApi.url}/plugin-schemas"`;
  return sendSchema("Create the schema on the control plane", "POST", url, schemaFile);
}

export function updateSchema(name: string, schemaFile: string): Command {
  return sendSchema("Update the schema on the control plane", "PUT", schemaUrl(name), schemaFile);
}

function sendSchema(title: string, method: "POST" | "PUT", url: string, schemaFile: string): Command {
  return bash(title, [
    `jq --raw-input --slurp '{lua_schema: .}' ${fileWord(schemaFile)} |`,
    `${request} \\`,
    `  --request ${method} --header 'Content-Type: application/json' --data-binary @- \\`,
    `  ${url}`,
  ]);
}

export function compareSchema(name: string, schemaFile: string): Command {
  return bash("Compare the control plane's schema with the file", [
    ...getSchema(name),
    `jq --join-output '.item.lua_schema' | diff - ${fileWord(schemaFile)} && echo 'the control plane has this schema'`,
  ]);
}

/** Writes the file that the way back needs. */
export function saveSchema(name: string, file: string): Command {
  return bash("Keep the schema that the control plane has now", [
    ...getSchema(name),
    `jq --join-output '.item.lua_schema' > ${fileWord(file)}`,
  ]);
}

function getSchema(name: string): readonly string[] {
  return [`${request} \\`, `  ${schemaUrl(name)} |`];
}

function schemaUrl(name: string): string {
  return `${konnectApi.url}/plugin-schemas/"${urlWord(name)}`;
}

export function deleteSchema(name: string): Command {
  return bash("Delete the schema from the control plane", [`${request} \\`, `  --request DELETE ${schemaUrl(name)}`]);
}

export function expectNoSchema(name: string): Command {
  return askForStatus(
    konnectApi,
    "Ask the control plane for the schema; the answer's status is printed",
    schemaUrl(name),
  );
}

/** Whether each data plane node has the configuration that the control plane sent last. */
export function compareHashes(): Command {
  return bash("See which data plane nodes have the configuration that the control plane sent last", [
    "expected=$(",
    `  ${request} \\`,
    `    ${controlPlane}/expected-config-hash" | jq --raw-output '.expected_hash'`,
    ")",
    ...getNodes,
    'jq --raw-output --arg expected "$expected" \\',
    `  '.items[] | [.hostname, .version, if .config_hash == $expected then "in sync" else "OUT OF SYNC" end] | @tsv'`,
  ]);
}

/** What Konnect cannot send to a node, with its codes: P309, P416, D609. */
export function listCompatibility(): Command {
  return bash("List the data plane nodes: their versions, and the codes of what Konnect cannot send to them", [
    ...getNodes,
    `jq --raw-output '.items[] | [.hostname, .version, ([.compatibility_status.issues[]?.code] | join(" "))] | @tsv'`,
  ]);
}

const getNodes = [`${request} \\`, `  ${controlPlane}/nodes?page%5Bsize%5D=100" |`];

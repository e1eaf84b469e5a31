import type { Command } from "../plan.js";
import { bash } from "./command.js";
import { askForStatus, curl, type EntityApi } from "./entity-api.js";
import { fileWord, urlWord } from "./shell.js";

/** Commands for the Admin API of a self-managed Gateway (https://developer.konghq.com/api/gateway/admin-ee/). */

export const adminApi: EntityApi = {
  request: `${curl} --header "Kong-Admin-Token: \${KONG_ADMIN_TOKEN-}"`,
  url: '"${KONG_ADMIN_ADDR:?}',
};
const { request, url } = adminApi;

export function setEnvironment(): Command {
  return bash("Set these once, in the shell that you paste the other commands into", [
    "export KONG_ADMIN_ADDR='http://localhost:8001'  # with /WORKSPACE at its end, where it is not the default one",
    "export KONG_ADMIN_TOKEN='...'  # where the Admin API asks for one; else leave it unset",
  ]);
}

/** The configuration parameters by their names, as the node that answers knows them. */
export function showParameters(name: string): Command {
  return bash("List the configuration parameters that the node knows", [
    `${request} \\`,
    `  ${url}/schemas/plugins/"${urlWord(name)} |`,
    "jq --compact-output '[.fields[].config.fields // empty | .[] | keys[]]'",
  ]);
}

export function expectNoPlugin(name: string): Command {
  return askForStatus(
    adminApi,
    "Ask the node for the plugin's schema; the answer's status is printed",
    `${url}/schemas/plugins/"${urlWord(name)}`,
  );
}

/** `sync_status` says too why a node is sent nothing: `plugin_version_incompatible`, `plugin_set_incompatible`. */
export function listDataPlanes(): Command {
  return bash("List the data plane nodes with version, status and hash", [
    `${request} \\`,
    `  ${url}/clustering/data-planes?size=1000" |`,
    "jq --raw-output '.data[] | [.hostname, .version, .sync_status, .config_hash] | @tsv'",
  ]);
}

/** For nodes without a database: of the configuration that they have loaded. */
export function showConfigurationHash(): Command {
  return bash("On each node: show the hash of the configuration that it has", [
    `${request} \\`,
    `  ${url}/status" |`,
    "jq --raw-output '.configuration_hash'",
  ]);
}

/** Only for nodes without a database. What is loaded so is gone with the next start, unless the node's own file is replaced too. */
export function loadFile(file: string): Command {
  return bash(`On each node, one after the other: load ${file}`, [
    `${request} \\`,
    `  --request POST --form config=@${fileWord(file)} \\`,
    `  ${url}/config"`,
  ]);
}

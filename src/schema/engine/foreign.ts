import { tableOf } from "./data.js";
import type { Data } from "./data.js";
import { FieldDefinition } from "./definitions.js";
import type { Host } from "./host.js";
import { passed, refused } from "./judged.js";
import type { Judged } from "./judged.js";
import { Undecidable, display, index, isTruthy } from "./lua.js";
import { messages } from "./messages.js";
import { validateField } from "./validate.js";

/**
 * Kong's core entities whose primary key is `id` (CORE_ENTITIES of kong/constants.lua, 3.9.1), and Enterprise's that plugins refer to. Whether
 * any other entity exists hangs on what else the node has loaded.
 */
export const entitiesById: ReadonlySet<Data | undefined> = new Set([
  "workspaces",
  "consumers",
  "certificates",
  "services",
  "routes",
  "snis",
  "upstreams",
  "targets",
  "plugins",
  "ca_certificates",
  "clustering_data_planes",
  "vaults",
  "key_sets",
  "keys",
  "filter_chains",
  "consumer_groups",
]);

const id = new FieldDefinition(
  tableOf([
    ["type", "string"],
    ["uuid", true],
    ["auto", true],
  ]),
);

/**
 * Judges a reference to an entity by its primary key (`validate_primary_key`); elements and values of type foreign are not judged at all. Whether the entity exists is not asked; and what Kong would
 * say of other keys beside the wrong one is left out.
 */
export function validateForeignKey(field: FieldDefinition, value: Data, host: Host): Judged {
  if (!field.isResolved) return passed;
  const entity = field.get("reference");
  if (!entitiesById.has(entity)) throw new Undecidable([`the entity '${display(entity)}'`]);
  const key = index(value, "id");
  if (!isTruthy(key)) return refused(tableOf([["id", messages.missingPrimaryKey]]));
  if (key === null) return refused(tableOf([["id", messages.required]]));
  const judged = validateField(id, key, host);
  return judged.ok ? passed : refused(tableOf([["id", judged.error]]));
}

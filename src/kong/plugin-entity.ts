import { isSince, releaseOf } from "./release.js";
import { typedefsFor } from "./typedefs/index.js";
import type { TypedefOptions, TypedefValue } from "./typedefs/index.js";

/** A field of the plugin entity, in the shape of Kong's own table. */
export interface EntityField {
  readonly name: string;
  readonly field: TypedefValue;
}

/** A field, with the first release that has it where that is later than 2.8. */
interface EntityRow {
  readonly name: string;
  readonly since?: string;
  readonly edition?: "enterprise";
  readonly is: { readonly typedef: string } | { readonly field: TypedefValue };
}

/**
 * kong/db/schema/entities/plugins.lua at 3.9.1, and at each minor release from 2.8 for `since`, in its order and without
 * `description`. What only Enterprise has is in the Admin API's description,
 * https://developer.konghq.com/api/gateway/admin-ee/, and in https://developer.konghq.com/gateway/entities/plugin/.
 */
const rows: readonly EntityRow[] = [
  { name: "id", is: { typedef: "uuid" } },
  { name: "name", is: { field: { type: "string", required: true } } },
  { name: "instance_name", since: "3.2", is: { typedef: "utf8_name" } },
  { name: "created_at", is: { typedef: "auto_timestamp_s" } },
  { name: "updated_at", since: "3.3", is: { typedef: "auto_timestamp_s" } },
  { name: "route", is: { field: scope("routes") } },
  { name: "service", is: { field: scope("services") } },
  { name: "consumer", is: { field: scope("consumers") } },
  { name: "consumer_group", since: "3.4", edition: "enterprise", is: { field: scope("consumer_groups") } },
  { name: "config", is: { field: { type: "record", abstract: true } } },
  { name: "protocols", is: { typedef: "protocols" } },
  { name: "enabled", is: { field: { type: "boolean", required: true, default: true } } },
  { name: "tags", is: { typedef: "tags" } },
  { name: "ordering", since: "3.0", edition: "enterprise", is: { field: pluginOrdering() } },
  {
    name: "partials",
    since: "3.10",
    edition: "enterprise",
    is: {
      field: {
        type: "array",
        elements: {
          type: "record",
          fields: [{ id: { type: "string" } }, { name: { type: "string" } }, { path: { type: "string" } }],
        },
      },
    },
  },
  { name: "condition", since: "3.15", edition: "enterprise", is: { field: { type: "string", len_max: 1024 } } },
];

/** What Kong says of an instance whose plugin it does not have; `%s` is the plugin's name. */
export const pluginNotEnabled = "plugin '%s' not enabled; add it to the 'plugins' configuration property";

/**
 * The fields that every plugin instance has in a release. A plugin's schema may specialise each of them as long as the type
 * stays (`Schema.new_subschema`, kong/db/schema/init.lua 3.9.1), and may add none of its own beside `config`.
 */
export function pluginEntityFields({ gatewayVersion, edition = "enterprise" }: TypedefOptions): readonly EntityField[] {
  const release = releaseOf(gatewayVersion);
  const typedefs = typedefsFor({ gatewayVersion, edition });
  return rows.flatMap((row) => {
    const isThere = row.since === undefined || isSince(release, row.since);
    const field = "typedef" in row.is ? typedefs[row.is.typedef] : row.is.field;
    return isThere && (row.edition ?? edition) === edition && field !== undefined ? [{ name: row.name, field }] : [];
  });
}

/** For each direction and phase, the names of plugins; the documentation knows the phase `access` only. */
function pluginOrdering(): TypedefValue {
  const phases = {
    type: "map",
    keys: { type: "string", one_of: ["access"] },
    values: { type: "array", elements: { type: "string" } },
  };
  return { type: "map", keys: { type: "string", one_of: ["before", "after"] }, values: phases };
}

function scope(reference: string): TypedefValue {
  return { type: "foreign", reference, default: null, on_delete: "cascade" };
}

import type { Data, Table } from "./data.js";
import type { FieldDefinition } from "./definitions.js";
import type { Host } from "./host.js";
import { passed, refused } from "./judged.js";
import type { Judged } from "./judged.js";
import { jsonSchemaError } from "./json-schema.js";
import { display, index, isTruthy } from "./lua.js";
import type { Work } from "./work.js";

/**
 * Judges the value of a `json` field (`validate_json_field`). It is the only judgement that nulls do not escape: a schema has to allow
 * them.
 */
export function validateJson(
  field: FieldDefinition | undefined,
  name: Data,
  value: Data,
  record: Table,
  { work }: Host,
): Judged {
  const source = field?.get("json_schema");
  const inline = index(source, "inline");
  if (isTruthy(inline)) return judge(inline, value, work);
  const parentKey = index(source, "parent_subschema_key");
  const parent = parentKey === undefined ? undefined : record.get(parentKey);
  const isOptional = isTruthy(index(source, "optional"));
  if (!isTruthy(parent)) {
    if (isOptional) return passed;
    return refused(
      `validation of ${display(name)} depends on the parent attribute ${display(parentKey)}, but it is not set`,
    );
  }
  // Schemas by name are registered by proxy-wasm filters only, and none is known here.
  const fallback = index(source, "default");
  if (isTruthy(fallback)) return judge(fallback, value, work);
  const schemaName = `${display(index(source, "namespace"))}/${display(parent)}`;
  return isOptional ? passed : refused(`mandatory json schema for field (${schemaName}) not found`);
}

function judge(schema: Data, value: Data, work: Work): Judged {
  const error = jsonSchemaError(schema, value, work);
  return error === undefined ? passed : refused(error);
}

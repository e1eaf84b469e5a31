import { SchemaError } from "../errors.js";
import { asksForName, nameWanted } from "../lua/evaluate.js";
import { LuaTable, type LuaValue } from "../lua/value.js";
import type { MetaschemaProblem } from "./check-metaschema.js";
import { messages } from "./engine/messages.js";
import type { ErrorTree } from "./format-errors.js";
import { releasesKnowing } from "./metaschema.js";
import type { ReadOptions } from "./model.js";

/** The error for a schema that Kong does not load. */
export function refusalOf(
  problem: MetaschemaProblem,
  table: LuaTable,
  source: string,
  { pluginName }: ReadOptions,
): SchemaError {
  if (isLegacy(table)) {
    const message = `${legacyFormat}; Kong says: ${problem.message}`;
    return new SchemaError("schema-legacy", message, { ...problem, nextStep: legacyStep });
  }
  const isNameless = pluginName === undefined && table.get("name") === undefined && asksForName(source);
  const nextStep = isNameless ? nameWanted : refusedStep(problem);
  return new SchemaError("schema-refused", problem.message, { ...problem, nextStep });
}

const legacyFormat = "the schema has the format of before Kong 1.0, where `fields` named the parameters itself";
const legacyStep = 'Convert it: `fields = { { config = { type = "record", fields = { { name = { … } }, … } } } }`.';

function refusedStep({ errorTree = {} }: MetaschemaProblem): string {
  const attributes = unknownIn(errorTree).flatMap((name) => {
    const releases = releasesKnowing(name);
    return releases === undefined ? [] : [`${name}: Kong Gateway ${releases}`];
  });
  const known = attributes.length === 0 ? "" : ` (${[...new Set(attributes)].join("; ")})`;
  return (
    "Correct the schema: these are Kong's own words, and no node of that release starts with it. " +
    `For a schema of another release${known} name it: the option \`gatewayVersion\`, on the command line --gateway-version, ` +
    "and --old-gateway-version where it is only the old one of two."
  );
}

/** The names that Kong does not know. */
function unknownIn(errors: ErrorTree): readonly string[] {
  return Object.entries(errors).flatMap(([name, error]) => {
    if (typeof error !== "string") return unknownIn(error);
    return error === messages.unknown ? [name] : [];
  });
}

/** What could stand beside `fields` before Kong 1.0, and cannot now (kong/plugins/ and kong/dao/schemas_validation.lua, 0.14.1). */
const legacyKeys = ["no_consumer", "self_check"] as const;

/** Whether `fields` names the parameters instead of listing a `config` record. */
function isLegacy(table: LuaTable): boolean {
  const fields = table.get("fields");
  if (!(fields instanceof LuaTable) || fields.get(1) !== undefined) return false;
  if (legacyKeys.some((key) => table.get(key) !== undefined)) return true;
  const isConfigNamed = isRecord(fields.get("config"));
  return !isConfigNamed && fields.entries.some(({ key }) => typeof key === "string");
}

function isRecord(field: LuaValue | undefined): boolean {
  return field instanceof LuaTable && field.get("type") === "record";
}

import { isList } from "../changes/value-key.js";
import { LuaTable } from "../lua/value.js";
import { functionsOf } from "../schema/functions.js";
import { isLuaFunction, isValueMap, type Field, type PluginSchema, type Value } from "../schema/model.js";
import { samplesOf } from "./samples.js";

/** The names that a shorthand of `config` is turned into; undefined where they cannot be told. */
export function shorthandTargets(shorthand: Field, schema: PluginSchema): readonly string[] | undefined {
  const { attributes } = shorthand;
  const declared = declaredTargets(attributes["deprecation"]) ?? headOf(attributes["translate_backwards"]);
  const written = writtenNames(attributes["func"], samplesOf(shorthand)[0] ?? "x", schema);
  if (written === undefined) return undefined;
  return [...new Set([...(declared ?? []), ...written])];
}

function declaredTargets(deprecation: Value | undefined): readonly string[] | undefined {
  const replaced = isValueMap(deprecation) ? deprecation["replaced_with"] : undefined;
  if (!isList(replaced)) return undefined;
  return replaced.flatMap((item) => (isValueMap(item) ? (headOf(item["path"]) ?? []) : []));
}

function headOf(path: Value | undefined): readonly string[] | undefined {
  const [head] = isList(path) ? path : [];
  return typeof head === "string" ? [head] : undefined;
}

/** The keys of what the function gives for one value. */
function writtenNames(
  func: Value | undefined,
  sample: string | number | boolean | null | object,
  schema: PluginSchema,
): readonly string[] | undefined {
  if (!isLuaFunction(func) || (typeof sample === "object" && sample !== null)) return undefined;
  const result = functionsOf(schema, "control_plane").call(func.luaFunction, [sample]);
  const [given] = result.outcome === "returned" ? result.values : [];
  return given instanceof LuaTable
    ? given.entries.flatMap(({ key }) => (typeof key === "string" ? [key] : []))
    : undefined;
}

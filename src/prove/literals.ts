import { isList } from "../changes/value-key.js";
import {
  isLuaFunction,
  isMixedTable,
  isValueMap,
  type LuaFunction,
  type PluginSchema,
  type Value,
} from "../schema/model.js";

/** How far behind its first line a function is looked through. */
const mostLines = 30;

/** The texts and numbers that stand in and just behind the functions in a value: what they compare with is often among them. */
export function literalsNear(value: Value | undefined, schema: PluginSchema): readonly (string | number)[] {
  return functionsIn(value).flatMap((found) => {
    const matches = [
      ...textOf(found, schema).matchAll(/"([^"\\\n]{0,60})"|'([^'\\\n]{0,60})'|\b(\d{1,9}(?:\.\d{1,6})?)\b/g),
    ];
    return matches
      .slice(0, 8)
      .map(([, double, single, number]) => (number === undefined ? (double ?? single ?? "") : Number(number)));
  });
}

/** The names that stand there. */
export function namesNear(value: Value | undefined, schema: PluginSchema): readonly string[] {
  return functionsIn(value).flatMap((found) => textOf(found, schema).match(/\b[A-Za-z_]\w*\b/g) ?? []);
}

function textOf({ position }: LuaFunction, { source }: PluginSchema): string {
  if (position === undefined) return "";
  const [first = "", ...rest] = source.split("\n").slice(position.line - 1, position.line - 1 + mostLines);
  return [first.slice(position.column - 1), ...rest].join("\n");
}

/** The functions of the schema that stand in a value; those of typedefs are not its own. */
export function functionsIn(value: Value | undefined): readonly LuaFunction[] {
  if (value === undefined || value === null || typeof value !== "object") return [];
  if (isLuaFunction(value)) return value.luaFunction.startsWith("native:") ? [] : [value];
  if (isList(value)) return value.flatMap(functionsIn);
  if (isMixedTable(value)) return value.luaTable.flat().flatMap(functionsIn);
  return isValueMap(value) ? Object.values(value).flatMap(functionsIn) : [];
}

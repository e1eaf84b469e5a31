import { CliError, messageOf } from "./errors.js";

export interface SavedSchema {
  readonly source: string;
  /** The plugin's name, where the answer gives it. */
  readonly name: string | undefined;
}

/**
 * Reads a saved answer of `GET …/plugin-schemas/NAME`, which has the schema's text in `item.lua_schema`. A text that is
 * no JSON object is Lua: no schema.lua can begin with `{`.
 */
export function readSavedAnswer(text: string, shown: string): SavedSchema | undefined {
  if (!/^\uFEFF?\s*\{/.test(text)) return undefined;
  let answer: unknown;
  try {
    answer = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (thrown) {
    throw new CliError(
      "answer-without-schema",
      `${shown} begins like a saved answer of the plugin-schemas API and is not valid JSON: ${messageOf(thrown)}`,
      "A schema.lua begins with Lua statements or with return; an answer must be saved whole.",
    );
  }
  const item = property(answer, "item") ?? answer;
  const source = property(item, "lua_schema");
  if (typeof source !== "string") {
    throw new CliError(
      "answer-without-schema",
      `${shown} is JSON and has no text in item.lua_schema`,
      "Save the whole answer of GET …/plugin-schemas/NAME; an error answer or a list has no schema.",
    );
  }
  const name = property(item, "name");
  return { source, name: typeof name === "string" ? name : undefined };
}

function property(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(key);
}

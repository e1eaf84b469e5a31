import { CliError, messageOf } from "./errors.js";

export interface SavedSchema {
  readonly source: string;
  /** The plugin's name, where the answer gives it. */
  readonly name: string | undefined;
}

/**
 * Reads a saved answer of `GET …/plugin-schemas/NAME`, which has the schema's text in `item.lua_schema`, the item alone, a
 * list with one item, or the text alone as JSON. All other texts are Lua: no schema.lua can begin with `{`, `[` or `"`.
 */
export function readSavedAnswer(text: string, shown: string): SavedSchema | undefined {
  if (!/^\uFEFF?\s*[{["]/.test(text)) return undefined;
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
  if (typeof answer === "string") return { source: answer, name: undefined };
  const list = property(answer, "items") ?? answer;
  const items: readonly unknown[] = Array.isArray(list) ? list : [property(answer, "item") ?? answer];
  const schemas = items.flatMap(schemaIn);
  const [schema] = schemas;
  if (schema === undefined) {
    throw new CliError(
      "answer-without-schema",
      `${shown} is JSON and has no text in item.lua_schema`,
      "Save the whole answer of GET …/plugin-schemas/NAME; an error answer has no schema.",
    );
  }
  if (schemas.length > 1) {
    throw new CliError(
      "answer-without-schema",
      `${shown} is a list of ${schemas.length} schemas: ${schemas.map(({ name = "?" }) => name).join(", ")}`,
      "Save the answer of GET …/plugin-schemas/NAME for one of them.",
    );
  }
  return schema;
}

function schemaIn(item: unknown): readonly SavedSchema[] {
  const [source, name] = [property(item, "lua_schema"), property(item, "name")];
  return typeof source === "string" ? [{ source, name: typeof name === "string" ? name : undefined }] : [];
}

function property(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return new Map<string, unknown>(Object.entries(value)).get(key);
}

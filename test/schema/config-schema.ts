import { readSchema } from "../../src/schema/read.js";
import type { PluginSchema, ReadOptions } from "../../src/schema/model.js";

/** A schema whose `config` has these fields; `more` stands beside them in the record, `level` beside `config`. */
export function configSchema(
  fields: string,
  { more = "", level = "", ...options }: ReadOptions & { more?: string; level?: string } = {},
): PluginSchema {
  const source = `
    local typedefs = require "kong.db.schema.typedefs"
    return {
      name = "p",
      fields = {
        ${level}
        { config = { type = "record", ${more} fields = { ${fields} } } },
      },
    }`;
  return readSchema(source, options);
}

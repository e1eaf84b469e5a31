import { readSchema, SchemaError } from "../index.js";
import { onQuestion, postAnswer } from "../isolated/inside.js";
import type { ReadAnswer, ReadJob } from "../isolated/read-schema-isolated.js";

/** The thread of `readSchemaIsolated`. */
onQuestion((job) => postAnswer(read(job as ReadJob)));

function read({ source, options }: ReadJob): ReadAnswer {
  try {
    return { ok: true, schema: readSchema(source, options) };
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    const { code, message, position, nextStep, errorTree } = error;
    return { ok: false, error: { code, message, position, nextStep, errorTree } };
  }
}

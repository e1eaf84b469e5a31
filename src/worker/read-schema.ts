import { parentPort } from "node:worker_threads";
import { readSchema, SchemaError } from "../index.js";
import type { ReadAnswer, ReadJob } from "../isolated/read-schema-isolated.js";

/** The thread of `readSchemaIsolated`: reads each schema that it gets, and posts what came of it. */
parentPort?.on("message", (job: ReadJob) => parentPort?.postMessage(read(job)));

function read({ source, options }: ReadJob): ReadAnswer {
  try {
    return { ok: true, schema: readSchema(source, options) };
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    const { code, message, position, nextStep, errorTree } = error;
    return { ok: false, error: { code, message, position, nextStep, errorTree } };
  }
}

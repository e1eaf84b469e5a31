import { evaluate, type Evaluation } from "../lua/evaluate.js";
import type { ReadOptions, Role } from "./model.js";

/** Runs the source of a schema as a node of this role would. Throws `SchemaError`. */
export function evaluateSchema(source: string, options: ReadOptions, role: Role): Evaluation {
  return evaluate(source, { ...options, role });
}

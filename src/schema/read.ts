import { SchemaError } from "../errors.js";
import { hasCode, type Evaluation } from "../lua/evaluate.js";
import { positionOfReturn } from "../lua/syntax.js";
import { LuaFunctionValue, LuaOpaque, LuaTable, type LuaValue } from "../lua/value.js";
import { checkMetaschema } from "./check-metaschema.js";
import { sameTree } from "./equal.js";
import { evaluateSchema } from "./evaluate-schema.js";
import { differsByRole, findingsOf, firstPosition } from "./findings.js";
import { keepStates } from "./functions.js";
import type { PluginSchema, ReadOptions, SchemaTree } from "./model.js";
import { checkedOptions, checkedSource } from "./read-options.js";
import { refusalOf } from "./refusal.js";
import { buildTree } from "./tree.js";
import { deepFreeze } from "./values.js";

/**
 * Reads the text of a `schema.lua`: parses it, runs it in a sandbox and checks it as Kong does. The result is deep-frozen
 * plain data. Throws `SchemaError`; docs/errors.md lists the codes.
 *
 * A source that reads the `kong` global is run once for a control plane and once for a data plane.
 */
export function readSchema(source: string, options: ReadOptions = {}): PluginSchema {
  const text = checkedSource(source);
  const known = checkedOptions(options);
  try {
    return readText(text, known);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SchemaError("limit-data-depth", "the schema is nested too deeply for the JavaScript stack", {
      ...firstPosition(known),
      nextStep: "Make the configuration flatter, and leave the limit `dataDepth` as it is.",
    });
  }
}

function readText(source: string, options: ReadOptions): PluginSchema {
  const controlPlane = evaluateSchema(source, options, "control_plane");
  const tree = acceptedTree(controlPlane, source, options);
  const findings = [...findingsOf(source, tree, controlPlane, options)];
  let dataPlane: SchemaTree | undefined;
  let onDataPlane: Evaluation | undefined;
  if (controlPlane.readsKong()) {
    onDataPlane = evaluateSchema(source, options, "data_plane");
    const other = acceptedTree(onDataPlane, source, options);
    if (!sameTree(tree, other)) {
      dataPlane = other;
      findings.push(differsByRole(options));
    }
  }
  const schema: PluginSchema = {
    ...tree,
    ...(dataPlane === undefined ? {} : { dataPlane }),
    findings,
    source,
    options,
  };
  keepStates(schema, controlPlane, onDataPlane);
  return deepFreeze(schema);
}

function acceptedTree(evaluation: Evaluation, source: string, options: ReadOptions): SchemaTree {
  const table = schemaTable(evaluation.value, source, options);
  const problem = checkMetaschema(table, { ...options, functions: evaluation.functions });
  if (problem !== undefined) throw refusalOf(problem, table, source, options);
  return buildTree(table, options.pluginName);
}

/** The table that a source returned. */
function schemaTable(value: LuaValue | undefined, source: string, { filename }: ReadOptions): LuaTable {
  if (value === undefined && !hasCode(source)) {
    throw new SchemaError("source-empty", "the source is empty: there is no Lua in it", {
      ...firstPosition({ filename }),
      nextStep: "Give the plugin's schema.lua, which ends with `return { name = …, fields = { … } }`.",
    });
  }
  if (value instanceof LuaTable) return value;
  const position = positionOfReturn(source.replace(/^\uFEFF/, ""), filename) ?? firstPosition({ filename }).position;
  if (value instanceof LuaOpaque) {
    throw new SchemaError("schema-not-a-table", `the source returns ${value.path}, which is not visible here`, {
      position,
      nextStep: "Give the source of the module in the option `modules`, on the command line with --module-path.",
    });
  }
  throw new SchemaError("schema-not-a-table", `the source returns ${describe(value)}, not a table`, {
    position,
    nextStep: "End the file with `return { name = …, fields = { … } }`.",
  });
}

function describe(value: LuaValue | undefined): string {
  if (value === undefined) return "nothing (nil)";
  if (value === null) return "ngx.null";
  if (typeof value !== "object") return `a ${typeof value}`;
  return value instanceof LuaFunctionValue ? "a function" : "something else";
}

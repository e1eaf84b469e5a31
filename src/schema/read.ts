import { SchemaError, type Position } from "../errors.js";
import { asksForName, type Evaluation, hasCode, nameWanted } from "../lua/evaluate.js";
import { positionOfReturn } from "../lua/syntax.js";
import { LuaOpaque, LuaTable, type LuaValue } from "../lua/value.js";
import { checkMetaschema, checkSecondLoad, type MetaschemaProblem } from "./check-metaschema.js";
import { messages } from "./engine/messages.js";
import { sameTree } from "./equal.js";
import { evaluateSchema } from "./evaluate-schema.js";
import type { ErrorTree } from "./format-errors.js";
import { keepStates } from "./functions.js";
import { releasesKnowing } from "./metaschema.js";
import type { Finding, PluginSchema, ReadOptions, SchemaTree } from "./model.js";
import { checkedOptions, checkedSource } from "./read-options.js";
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
  const findings = [
    ...sourceFindings(source, options),
    ...nameFindings(tree, options),
    ...moduleFindings(controlPlane, options),
    ...secondLoadFindings(controlPlane, options),
  ];
  let dataPlane: SchemaTree | undefined;
  let onDataPlane: Evaluation | undefined;
  if (controlPlane.readsKong()) {
    onDataPlane = evaluateSchema(source, options, "data_plane");
    const other = acceptedTree(onDataPlane, source, options);
    if (!sameTree(tree, other)) {
      dataPlane = other;
      findings.push({
        id: "differs-by-role",
        severity: "warning",
        message:
          "the schema reads `kong.configuration` and differs between control plane and data plane: both are compared, each with its own kind",
        ...firstPosition(options),
      });
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
  if (problem !== undefined) {
    if (!isLegacy(table)) {
      const isNameless = options.pluginName === undefined && table.get("name") === undefined && asksForName(source);
      const nextStep = isNameless ? nameWanted : refusedStep(problem);
      throw new SchemaError("schema-refused", problem.message, { ...problem, nextStep });
    }
    throw new SchemaError("schema-legacy", `${legacyFormat}; Kong says: ${problem.message}`, {
      ...problem,
      nextStep: legacyStep,
    });
  }
  return buildTree(table, options.pluginName);
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

/** A data plane loads a schema twice, and the second time with more rules. */
function secondLoadFindings({ value, functions }: Evaluation, options: ReadOptions): Finding[] {
  const problem = value instanceof LuaTable ? checkSecondLoad(value, { ...options, functions }) : undefined;
  if (problem === undefined) return [];
  return [
    {
      id: "data-plane-refuses-schema",
      severity: "error",
      message:
        `a control plane takes this schema and a data plane does not start with it: ${problem.message}. ` +
        "A default lacks what a record within it requires: complete the default, or give that record `required = false`",
      ...(problem.position === undefined ? {} : { position: problem.position }),
      source: "kong/db/schema/entity.lua, 3.9.1",
    },
  ];
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
  return "something that is no table";
}

function sourceFindings(source: string, options: ReadOptions): Finding[] {
  if (!source.startsWith("\uFEFF")) return [];
  return [
    {
      id: "byte-order-mark",
      severity: "note",
      message:
        "the source begins with a byte order mark: Kong skips it in a file, other tools may not; save the file without it",
      ...firstPosition(options),
    },
  ];
}

function nameFindings({ name, position }: SchemaTree, options: ReadOptions): Finding[] {
  const { pluginName } = options;
  if (pluginName === undefined || pluginName === name) return [];
  return [
    {
      id: "name-differs",
      severity: "warning",
      message: `the schema is called ${name} and is read as the plugin ${pluginName}: instances of ${pluginName} are taken to be its instances, and those of ${name} are not`,
      ...(position === undefined ? firstPosition(options) : { position }),
    },
  ];
}

function moduleFindings(
  { opaqueModules, brokenModules, opaqueDecisions }: Evaluation,
  options: ReadOptions,
): Finding[] {
  const modules = opaqueModules.map((module): Finding => {
    const problem = brokenModules.get(module);
    if (problem === undefined) {
      return {
        id: "opaque-module",
        severity: "note",
        message: `what comes from module ${module} is not visible here: give its source (option \`modules\`, on the command line --module-path) to have it compared`,
        ...firstPosition(options),
      };
    }
    const { message, position } = problem;
    return {
      id: "broken-module",
      severity: "warning",
      message: `the source that was given for module ${module} cannot be run here, so what comes from it is not visible: ${message}`,
      ...(position === undefined ? firstPosition(options) : { position }),
    };
  });
  const decisions = Array.from(opaqueDecisions, ([path, position]): Finding => ({
    id: "opaque-decision",
    severity: "warning",
    message: `which way the schema goes here hangs on ${path}, which is not visible: it was read as if that were true and equal to nothing, and what Kong makes of it otherwise is not compared; give the module's source`,
    ...(position === undefined ? firstPosition(options) : { position }),
  }));
  return [...modules, ...decisions];
}

function firstPosition({ filename }: { readonly filename?: string | undefined }): { readonly position: Position } {
  return { position: { ...(filename === undefined ? {} : { file: filename }), line: 1, column: 1 } };
}

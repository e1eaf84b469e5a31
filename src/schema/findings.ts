import type { Position } from "../errors.js";
import type { Evaluation } from "../lua/evaluate.js";
import { LuaTable } from "../lua/value.js";
import { checkSecondLoad } from "./check-metaschema.js";
import type { Finding, ReadOptions, SchemaTree } from "./model.js";

/** What the reader of a schema should know of its source. */
export function findingsOf(
  source: string,
  tree: SchemaTree,
  evaluation: Evaluation,
  options: ReadOptions,
): readonly Finding[] {
  return [
    ...sourceFindings(source, options),
    ...nameFindings(tree, options),
    ...moduleFindings(evaluation, options),
    ...secondLoadFindings(evaluation, options),
  ];
}

export function differsByRole(options: ReadOptions): Finding {
  return {
    id: "differs-by-role",
    severity: "warning",
    message:
      "the schema reads `kong.configuration` and differs between control plane and data plane: both are compared, each with its own kind",
    ...firstPosition(options),
  };
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
    message: `which way the schema goes here hangs on ${shortened(path)}, which is not visible: it was read as if that were true and equal to nothing, and what Kong makes of it otherwise is not compared; give the module's source`,
    ...(position === undefined ? firstPosition(options) : { position }),
  }));
  return [...modules, ...decisions];
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

/** The path of an opaque value holds what it was called with. */
function shortened(path: string): string {
  return path.length <= longestPath ? path : `${Array.from(path).slice(0, longestPath).join("")}…`;
}

const longestPath = 200;

/** Where a source begins. */
export function firstPosition({ filename }: { readonly filename?: string | undefined }): {
  readonly position: Position;
} {
  return { position: { ...(filename === undefined ? {} : { file: filename }), line: 1, column: 1 } };
}

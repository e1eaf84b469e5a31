import type { ErrorTree } from "../../src/schema/format-errors.js";
import type { PluginSchema } from "../../src/schema/model.js";
import { readInstance, receiveInstance, storeInstance, type InstanceData } from "../../src/schema/nodes.js";
import { readSchema } from "../../src/schema/read.js";
import { engineCases, type EngineCase } from "../conformance/engine-cases.js";

/** A refusal of Kong's own engine, and what is wrong where, taken from the tree of errors and not from the text. */
export interface Refusal {
  readonly id: string;
  readonly text: string;
  readonly errors: readonly { readonly path: readonly (string | number)[]; readonly message: string }[];
  readonly oldSchema: PluginSchema;
  readonly newSchema: PluginSchema;
  /** The version of the node that refuses. */
  readonly refusedBy: "old" | "new";
}

/** All refusals in the conformance cases. */
export function readRefusals(): Refusal[] {
  return engineCases.flatMap(refusalsOf);
}

function refusalsOf(given: EngineCase): Refusal[] {
  const oldSchema = readSchema(given.oldSchema, { edition: "oss" });
  const newSchema = readSchema(given.newSchema, { edition: "oss" });
  const trees = errorTrees(given, oldSchema, newSchema);
  return Object.entries(given.expect).flatMap(([cell, answer]) => {
    const tree = trees[cell];
    if (!isRefusal(answer) || tree === undefined) return [];
    const refusedBy = cell.includes("OnOldDataPlane") ? "old" : "new";
    return [
      { id: `${given.id}, ${cell}`, text: answer.error, errors: leavesOf(tree, []), oldSchema, newSchema, refusedBy },
    ];
  });
}

function isRefusal(answer: unknown): answer is { readonly error: string } {
  return typeof answer === "object" && answer !== null && "error" in answer && typeof answer.error === "string";
}

function errorTrees(
  given: EngineCase,
  oldSchema: PluginSchema,
  newSchema: PluginSchema,
): Record<string, ErrorTree | undefined> {
  const posted = { config: given.config, fields: { name: oldSchema.name, ...given.plugin } };
  const resaved = { config: given.resave, fields: { name: newSchema.name, ...given.pluginResave } };
  const oldBlob = storeInstance(oldSchema, posted);
  const newBlob = storeInstance(newSchema, resaved);
  const old = oldBlob.ok ? oldBlob.stored : undefined;
  const now = newBlob.ok ? newBlob.stored : undefined;
  const exported = old && readInstance(newSchema, old);
  const read = exported?.ok === true ? exported.read : undefined;
  const put = old && { config: old.config, fields: { ...old.fields, name: newSchema.name } };
  return {
    oldBlobOnNewDataPlane: onDataPlane(newSchema, old),
    oldBlobNullsAbsentOnNewDataPlane: onDataPlane(newSchema, withoutNulls(old)),
    newBlobOnOldDataPlane: onDataPlane(oldSchema, now),
    newBlobNullsAbsentOnOldDataPlane: onDataPlane(oldSchema, withoutNulls(now)),
    putOldBlobBackAtNewControlPlane: put && errorsIn(storeInstance(newSchema, put)),
    selfManagedExportOnOldDataPlane: onDataPlane(oldSchema, read),
    selfManagedExportOnNewDataPlane: onDataPlane(newSchema, read),
  };
}

function onDataPlane(schema: PluginSchema, instance: InstanceData | undefined): ErrorTree | undefined {
  return instance && errorsIn(receiveInstance(schema, instance));
}

function errorsIn(answer: { readonly verdict: string; readonly errors?: ErrorTree }): ErrorTree | undefined {
  return answer.verdict === "refused" ? answer.errors : undefined;
}

function withoutNulls(instance: InstanceData | undefined): InstanceData | undefined {
  return (
    instance && {
      ...instance,
      config: JSON.parse(
        JSON.stringify(instance.config, (_, value: unknown) => (value === null ? undefined : value)),
      ) as unknown,
    }
  );
}

/** Errors of a record itself are a list under `@entity`: their place is the record. */
function leavesOf(tree: ErrorTree, above: readonly (string | number)[]): Refusal["errors"] {
  return Object.entries(tree).flatMap(([key, error]) => {
    if (key === "@entity" && typeof error === "object")
      return Object.values(error).map((message) => ({ path: above, message: message as string }));
    const path = [...above, /^\d+$/.test(key) ? Number(key) : key];
    return typeof error === "string" ? [{ path, message: error }] : leavesOf(error, path);
  });
}

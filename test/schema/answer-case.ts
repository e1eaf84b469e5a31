import type { EngineCase } from "../conformance/engine-cases.js";
import { formatErrors } from "../../src/schema/format-errors.js";
import type { ErrorTree } from "../../src/schema/format-errors.js";
import { readInstance, receiveInstance, storeInstance } from "../../src/schema/nodes.js";
import type { Answer, InstanceData } from "../../src/schema/nodes.js";
import { readSchema } from "../../src/schema/read.js";
import type { PluginSchema } from "../../src/schema/model.js";

/** Our answer to a case, in the shape of its `expect`. */
export function answerCase(given: EngineCase): Record<string, unknown> {
  const oldSchema = readSchema(given.oldSchema, { edition: "oss" });
  const newSchema = readSchema(given.newSchema, { edition: "oss" });
  const storedOld = storeInstance(oldSchema, {
    config: given.config,
    fields: { name: oldSchema.name, ...given.plugin },
  });
  const storedNew = storeInstance(newSchema, {
    config: given.resave,
    fields: { name: newSchema.name, ...given.pluginResave },
  });
  const old = storedOld.ok ? storedOld.stored : undefined;
  const put = old && storeInstance(newSchema, { config: old.config, fields: { ...old.fields, name: newSchema.name } });
  const exported = old && readInstance(newSchema, old);
  const read = exported?.ok === true ? exported.read : undefined;
  return {
    storedOld: old?.config ?? refusal(storedOld, "admin-api"),
    storedNew: storedNew.ok ? storedNew.stored.config : refusal(storedNew, "admin-api"),
    oldBlobOnOldDataPlane: onDataPlane(oldSchema, old),
    oldBlobOnNewDataPlane: onDataPlane(newSchema, old),
    oldBlobNullsAbsentOnNewDataPlane: onDataPlane(newSchema, withoutNulls(old)),
    newBlobOnOldDataPlane: onDataPlane(oldSchema, storedNew.ok ? storedNew.stored : undefined),
    newBlobNullsAbsentOnOldDataPlane: onDataPlane(oldSchema, withoutNulls(storedNew.ok ? storedNew.stored : undefined)),
    newBlobOnNewDataPlane: onDataPlane(newSchema, storedNew.ok ? storedNew.stored : undefined),
    putOldBlobBackAtNewControlPlane: put === undefined ? null : put.ok ? { ok: true } : refusal(put, "admin-api"),
    selfManagedExportOnOldDataPlane:
      exported?.ok === false ? refusal(exported, "admin-api") : onDataPlane(oldSchema, read),
    selfManagedExportOnNewDataPlane:
      exported?.ok === false ? refusal(exported, "admin-api") : onDataPlane(newSchema, read),
  };
}

function onDataPlane(schema: PluginSchema, instance: InstanceData | undefined): unknown {
  if (instance === undefined) return null;
  const answer = receiveInstance(schema, instance);
  if (!answer.ok) return refusal(answer, "data-plane-log");
  return { ok: true, effective: answer.effective.config, runtime: answer.runtime };
}

function refusal(answer: Answer<unknown>, format: "data-plane-log" | "admin-api"): unknown {
  switch (answer.verdict) {
    case "accepted":
      throw new Error("not refused");
    case "unknown":
      return { unknown: answer.missing };
    case "refused":
      return errorText(answer.errors, format);
  }
}

function errorText(errors: ErrorTree, format: "data-plane-log" | "admin-api"): unknown {
  const raised = errors["@raised"];
  if (raised !== undefined) return { raised };
  const text = formatErrors(errors, format);
  return { ok: false, error: text.replace(/^unable to update running config: /, "") };
}

function withoutNulls(instance: InstanceData | undefined): InstanceData | undefined {
  return instance && { ...instance, config: dropNulls(instance.config) };
}

function dropNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(dropNulls);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === null ? [] : [[key, dropNulls(item)]])),
  );
}

import { describe, expect, it } from "vitest";
import { engineCases } from "../conformance/engine-cases.js";
import { checkInstances } from "../../src/instances/check-instances.js";
import { adaptInstances } from "../../src/instances/adapt-instances.js";
import type { PluginInstance } from "../../src/instances/instance.js";
import { readSchema } from "../../src/schema/read.js";

describe("the verdict on a configuration of the conformance cases", () => {
  it.each(engineCases)("$id", ({ oldSchema, newSchema, config, plugin = {}, expect: cells }) => {
    const [old, now] = [oldSchema, newSchema].map((source) => readSchema(source, { edition: "oss" }));
    if (old === undefined || now === undefined) throw new Error("two schemas");
    const instance: PluginInstance = {
      name: old.name,
      address: { position: { line: 1, column: 1 }, scope: {}, keys: [] },
      form: "given",
      config,
      fields: plugin,
      placeholders: [],
    };
    const [verdict] = checkInstances(old, now, [instance]);
    const [edit] = adaptInstances(old, now, [instance]);
    const passes = cells["oldBlobOnNewDataPlane"]?.ok === true;
    if (verdict === undefined || edit === undefined) throw new Error("one instance");
    if (cells["oldBlobOnNewDataPlane"] === null) expect(verdict.verdict).toBe("already-invalid");
    else if (passes) expect(["none", "short"]).toContain(verdict.path);
    else expect(["long", "cp-dp-sync", "unknown"]).toContain(verdict.path);
    // Whatever is proposed is taken by the nodes that it is proposed for.
    if (edit.need === "edit" || edit.need === "resave") {
      expect([edit.newControlPlane, edit.newDataPlanes]).toEqual(["accepted", "accepted"]);
    }
  });
});

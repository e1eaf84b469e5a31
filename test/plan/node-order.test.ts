import { describe, expect, it } from "vitest";
import { engineCases } from "../conformance/engine-cases.js";
import { classifyChanges } from "../../src/classify/classify-changes.js";
import { diffSchemas } from "../../src/diff/diff-schemas.js";
import { selfManagedTable } from "../../src/kong/self-managed.js";
import { updatePathTable } from "../../src/kong/update-paths.js";
import { joinOrders, nodeOrderOf, orderName } from "../../src/plan/node-order.js";
import { readSchema } from "../../src/schema/read.js";

function orderOf(oldSource: string, newSource: string) {
  const [old, next] = [oldSource, newSource].map((source) => readSchema(source, { edition: "oss" }));
  if (old === undefined || next === undefined) throw new Error("two schemas");
  return joinOrders(classifyChanges(old, next, diffSchemas(old, next)).map(nodeOrderOf));
}

describe("the order of nodes under a self-managed control plane", () => {
  it("has a cell for every cell of Kong's table", () => {
    const cells = (table: object) =>
      Object.entries(table).map(([row, columns]) => [row, Object.keys(columns as object)]);
    expect(cells(selfManagedTable)).toEqual(cells(updatePathTable));
  });

  it.each(engineCases)(
    "promises nothing that Kong's engine refutes: $id",
    ({ oldSchema, newSchema, expect: measured }) => {
      const order = orderOf(oldSchema, newSchema);
      const refuted = {
        "old nodes accept what the new control plane sends":
          order.edits === "none" && order.oldNodesAccept && measured["selfManagedExportOnOldDataPlane"]?.ok === false,
        "new nodes accept what the old control plane sends":
          order.edits === "none" && order.newNodesAccept && measured["oldBlobOnNewDataPlane"]?.ok === false,
        "no instance has to be edited":
          order.edits === "none" && measured["selfManagedExportOnNewDataPlane"]?.ok === false,
      };
      expect(Object.entries(refuted).filter(([, isRefuted]) => isRefuted)).toEqual([]);
    },
  );

  it.each([
    ["{ a = { type = 'string' } }", "any-order", "none"],
    ["{ a = { type = 'string', default = 'x' } }", "data-planes-first", "none"],
    ["{ a = { type = 'string', required = true } }", "all-together", "between"],
    [
      "{ r = { type = 'record', fields = { { a = { type = 'string', required = true } } } } }",
      "all-together",
      "between",
    ],
    [
      "{ r = { type = 'record', required = false, fields = { { a = { type = 'string', required = true } } } } }",
      "any-order",
      "none",
    ],
  ])("of an addition follows from what a new node stores: %s", (field, name, edits) => {
    const schema = (fields: string) =>
      `return { name = 'p', fields = { { config = { type = 'record', fields = { ${fields} } } } } }`;
    const order = orderOf(schema(""), schema(field));
    expect([orderName(order), order.edits]).toEqual([name, edits]);
  });

  it("is none where one change wants the control plane first and another the data planes", () => {
    const schema = (fields: string) =>
      `return { name = 'p', fields = { { config = { type = 'record', fields = { ${fields} } } } } }`;
    const order = orderOf(
      schema("{ old = { type = 'string' } }"),
      schema("{ new = { type = 'string', default = 'x' } }"),
    );
    expect([orderName(order), order.edits]).toEqual(["all-together", "none"]);
  });
});

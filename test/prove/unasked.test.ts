import { describe, expect, it } from "vitest";
import { classifyChanges } from "../../src/classify/classify-changes.js";
import { diffSchemas } from "../../src/diff/diff-schemas.js";
import { isStricterPath } from "../../src/kong/update-paths.js";
import { assumedPath } from "../../src/classify/trust.js";
import { readSchema } from "../../src/schema/read.js";
import { engineCases } from "../conformance/engine-cases.js";

describe("a path by Kong's table alone", () => {
  it.each(engineCases)("is nowhere milder than the proven one where the table is silent: $id", (one) => {
    const [old, now] = [readSchema(one.oldSchema), readSchema(one.newSchema)];
    const changes = diffSchemas(old, now);
    const byTable = classifyChanges(old, now, changes, { trust: "table" });
    const proven = classifyChanges(old, now, changes);
    const milder = byTable.filter(({ row, path }, at) => {
      const { provenPath } = proven[at] ?? { provenPath: "none" };
      return row === null && isStricterPath(assumedPath(provenPath), path);
    });
    expect(milder).toEqual([]);
  });
});

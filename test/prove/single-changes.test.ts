import { describe, expect, it } from "vitest";
import { engineCases } from "../conformance/engine-cases.js";
import { changeKindList, type Change } from "../../src/changes/registry.js";
import { sourceOf } from "../../src/classify/kind-page.js";
import { applyChanges } from "../../src/diff/apply-changes.js";
import { diffSchemas } from "../../src/diff/diff-schemas.js";
import { madeSchema } from "../../src/prove/made-schema.js";
import type { Proof } from "../../src/prove/proof.js";
import { proveChanges } from "../../src/prove/prove.js";
import type { PluginSchema } from "../../src/schema/model.js";
import { readSchema } from "../../src/schema/read.js";
import { replay } from "./replay.js";

const pairs = [
  ...engineCases.map(({ id, oldSchema, newSchema }) => ({ id, old: oldSchema, now: newSchema })),
  ...changeKindList.map(({ id, example }) => ({ id, old: sourceOf(example.old), now: sourceOf(example.new) })),
  ...changeKindList.map(({ id, example }) => ({
    id: `${id}, backwards`,
    old: sourceOf(example.new),
    now: sourceOf(example.old),
  })),
];

/** The old schema with one change of several. */
function changedBy(change: Change, old: PluginSchema, now: PluginSchema): PluginSchema {
  return madeSchema(applyChanges(old, [change]), now, [old, now]);
}

function isRefusal({ path }: Proof): boolean {
  return path === "long" || path === "cp-dp-sync";
}

describe.each(pairs)("Each change of '$id' by itself", ({ old: oldSource, now: newSource }) => {
  const [old, now] = [readSchema(oldSource, { edition: "oss" }), readSchema(newSource, { edition: "oss" })];
  const changes = diffSchemas(old, now);
  const proofs = proveChanges(old, now, changes);
  const proven = changes.map((change) => ({ change, proof: proofs.ofChange(change) }));

  it("has a witness where something is refused, which the nodes refuse again", () => {
    for (const { change, proof } of proven.filter(({ proof }) => isRefusal(proof))) {
      expect([change.kind, proof.witness?.node, proof.witness?.isPartial]).toEqual([
        change.kind,
        "new data plane",
        undefined,
      ]);
      if (proof.witness !== undefined)
        expect(replay(proof.witness, old, changedBy(change, old, now))).toEqual(proof.witness);
    }
  });

  it("has an argument where nothing is", () => {
    for (const { proof } of proven.filter(({ proof }) => !isRefusal(proof))) expect(proof.argument).toBeDefined();
  });
});

import { describe, expect, it } from "vitest";
import { engineCases, type EngineCase } from "../conformance/engine-cases.js";
import { diffSchemas } from "../../src/diff/diff-schemas.js";
import { instancePath } from "../../src/prove/instance-path.js";
import { proveChanges } from "../../src/prove/prove.js";
import { readSchema } from "../../src/schema/read.js";
import { replay } from "./replay.js";

function schemasOf({ oldSchema, newSchema }: EngineCase) {
  return [readSchema(oldSchema, { edition: "oss" }), readSchema(newSchema, { edition: "oss" })] as const;
}

function passes(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "ok" in answer && answer.ok === true;
}

describe.each(engineCases)("Kong's answers to '$id'", (given) => {
  const { config, resave, plugin, pluginResave, expect: answers } = given;
  const stays = passes(answers["oldBlobOnNewDataPlane"]);
  const isEditable = passes(answers["newBlobOnOldDataPlane"]);

  it("give the instance its path", () => {
    const [old, now] = schemasOf(given);
    const before = { config, fields: { ...plugin, name: old.name } };
    const after = { config: resave, fields: { ...pluginResave, name: now.name } };
    const { path, freeze } = instancePath(old, now, before, after);
    if (!stays) expect(path).toBe(isEditable ? "long" : "cp-dp-sync");
    else if (isEditable) expect([path, freeze]).toEqual([path === "none" ? "none" : "short", "none"]);
    else expect([path, freeze]).toEqual(["short", "any-edit"]);
  });

  it("refuse nothing that is called safe", () => {
    const [old, now] = schemasOf(given);
    const { path, freeze } = proveChanges(old, now, diffSchemas(old, now)).together;
    if (!stays) expect(path).not.toBe("short");
    if (!stays || !isEditable) expect([path, freeze]).not.toEqual(["short", "none"]);
  });

  it("are those of the witness", () => {
    const [old, now] = schemasOf(given);
    const { together } = proveChanges(old, now, diffSchemas(old, now));
    expect(together.path).not.toBe("unknown");
    if (together.witness !== undefined) expect(replay(together.witness, old, now)).toEqual(together.witness);
    if (together.path === "long" || together.path === "cp-dp-sync") {
      expect(together.witness?.node).toBe("new data plane");
      expect(together.witness?.editError === undefined).toBe(together.path === "long");
    }
  });
});

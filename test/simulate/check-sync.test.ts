import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { engineCases } from "../conformance/engine-cases.js";
import { readInstances } from "../../src/instances/read-instances.js";
import { readSchema } from "../../src/schema/read.js";
import { checkSync } from "../../src/simulate/check-sync.js";
import { renderSyncCheck } from "../../src/render/sync-check.js";
import { deckInstances, pluginWith } from "../instances/plugin.js";

const [ttl, withoutTtl] = ["old", "ttl-removed"].map((side) =>
  readSchema(readFileSync(`examples/${side}/response-stamp/schema.lua`, "utf8"), { pluginName: "response-stamp" }),
);
if (ttl === undefined || withoutTtl === undefined) throw new Error("two schemas");

const missing = `unable to update running config: bad config received from control plane in 'plugins':
  - in entry 1 of 'plugins':
    in 'config':
      in 'ttl': required field missing`;

describe("checkSync without instances", () => {
  it("shows what the page's troubleshooting case shows: the parameter is gone on the control plane only", () => {
    expect(checkSync(withoutTtl, ttl)).toMatchObject({
      about: "any-instance",
      outcome: { verdict: "refused", log: missing },
      examples: { refused: { config: {} } },
    });
  });

  it("finds the configuration that is refused where the empty one is not even saved", () => {
    const { outcome, examples } = checkSync(ttl, withoutTtl);
    expect(outcome.verdict).toBe("refused");
    expect(examples).toEqual({ refused: { config: { ttl: 1 } } });
  });

  it("finds it where the empty one is accepted, and shows both", () => {
    const any = pluginWith(`{ n = { type = "integer" } }`);
    const few = pluginWith(`{ n = { type = "integer", between = { 1, 5 } } }`);
    const { outcome, examples } = checkSync(any, few);
    expect(outcome.verdict).toBe("refused");
    expect(examples.accepted).toEqual({ config: {} });
    expect(examples.refused?.config["n"]).not.toBe(1);
    expect(checkSync(few, any).outcome).toEqual({ verdict: "accepted" });
  });

  it("sees what a part of the schema does that stands beside one of which nobody knows", () => {
    const before = pluginWith(
      `{ n = { type = "integer" } }, { s = { type = "string", custom_validator = function() return true end } }`,
    );
    const now = pluginWith(
      `{ s = { type = "string", custom_validator = function(s) return s == "a" or s == "b" or #s == 9 end } }`,
    );
    expect(checkSync(before, now)).toMatchObject({
      outcome: { verdict: "refused" },
      examples: { refused: { config: expect.objectContaining({}) as object } },
    });
    const unknown = pluginWith(
      `{ n = { type = "integer" } }, { s = { type = "string", custom_validator = function(s) return s ~= "secret" .. #s end } }`,
    );
    expect(checkSync(before, unknown).outcome.verdict).toBe("unknown");
  });

  it("says that equal schemas are in step", () => {
    expect(renderSyncCheck(checkSync(ttl, ttl), "text")).toBe(
      "In step: a push is accepted. The two schemas say the same.\nRemedy: Nothing has to be done.\n",
    );
  });
});

describe("checkSync with instances", () => {
  const now = pluginWith("");
  const old = pluginWith(`{ size = { type = "integer" } }`);

  it("names those that are refused, and how many there are", () => {
    const check = checkSync(old, now, deckInstances("name: p", "name: p\nconfig: { size: 1 }"));
    expect(check.instances).toEqual([expect.stringContaining("global")]);
    expect(check.reason).toBe("Of the 2 instances of p, one is refused, and the whole payload with it.");
  });

  it("does not take for accepted what the control plane does not take as it is written", () => {
    const check = checkSync(now, old, deckInstances("name: p\nconfig: { size: 1 }"));
    expect(check.outcome.verdict).toBe("unknown");
    expect(check.remedy).toContain("GET …/plugins");
    const stored = readInstances('{ "name": "p", "config": { "size": 1 } }', { format: "admin-api" });
    expect(checkSync(now, old, stored).outcome).toEqual({ verdict: "accepted" });
  });

  it("says so where there is none", () => {
    expect(checkSync(old, now, []).reason).toBe("There is no instance of p, so nothing of it is in a payload.");
  });
});

describe("checkSync without instances, for every conformance case", () => {
  it.each(engineCases)("takes $id for in step only where the case's own instance is accepted", (given) => {
    const [old, now] = [given.oldSchema, given.newSchema].map((source) => readSchema(source, { edition: "oss" }));
    if (old === undefined || now === undefined) throw new Error("two schemas");
    const cell = (name: string) => given.expect[name]?.ok;
    const isRefused = cell("oldBlobOnOldDataPlane") === true && cell("oldBlobOnNewDataPlane") === false;
    const { verdict } = checkSync(old, now).outcome;
    if (isRefused) expect(verdict).not.toBe("accepted");
    const isBackRefused = cell("newBlobOnNewDataPlane") === true && cell("newBlobOnOldDataPlane") === false;
    if (isBackRefused) expect(checkSync(now, old).outcome.verdict).not.toBe("accepted");
  });
});

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { PluginInstance } from "../../src/instances/instance.js";
import { planMigration } from "../../src/plan/plan-migration.js";
import type { PluginSchema } from "../../src/schema/model.js";
import { readSchema } from "../../src/schema/read.js";
import { describeActions } from "../../src/simulate/orders.js";
import { simulateRollout, type Rollout, type SimulateOptions } from "../../src/simulate/simulate-rollout.js";
import { deckInstances, pluginWith } from "../instances/plugin.js";

function simulate(
  old: PluginSchema,
  now: PluginSchema,
  instances: readonly PluginInstance[],
  options?: SimulateOptions,
): Rollout {
  const rollout = simulateRollout(planMigration(old, now), instances, options);
  if (rollout === undefined) throw new Error("two schemas");
  return rollout;
}

/** What the first group does with a push after each step. */
function pushes({ steps }: Rollout): unknown {
  return steps.map(({ id, groups, isInSync }) => [id ?? "start", groups[0]?.ifPushed.verdict, isInSync]);
}

function variants({ exploration }: Rollout): unknown {
  return exploration.variants.map(({ change, verdict, counterexample }) => [
    change.kind,
    change.kind === "dropped" ? change.action : change.actions.join(" ↔ "),
    verdict,
    counterexample &&
      `${describeActions(counterexample.actions)}; ${counterexample.problem.event ?? "end"}: ${counterexample.problem.kind}`,
  ]);
}

const [ttl, withoutTtl] = ["old", "ttl-removed"].map((side) =>
  readSchema(readFileSync(`examples/${side}/response-stamp/schema.lua`, "utf8"), { pluginName: "response-stamp" }),
);
if (ttl === undefined || withoutTtl === undefined) throw new Error("two schemas");
const stamps = deckInstances("name: response-stamp\nconfig: { ttl: 60 }", "name: response-stamp\nconfig: { ttl: 90 }");

const logWithoutTtl = `unable to update running config: bad config received from control plane in 'plugins':
  - in entry 1 of 'plugins':
    in 'config':
      in 'ttl': required field missing
  - in entry 2 of 'plugins':
    in 'config':
      in 'ttl': required field missing`;

describe("the page's case: a required parameter is removed", () => {
  it("is refused by data planes with the old schema in the engine's words, until they have the new one", () => {
    const rollout = simulate(ttl, withoutTtl, stamps);
    expect(pushes(rollout)).toEqual([
      ["start", "accepted", true],
      ["update-control-plane-schema", "accepted", true],
      ["update-instances", "refused", false],
      ["update-data-plane-schemas", "accepted", true],
    ]);
    expect(rollout.steps[2]?.groups[0]?.ifPushed).toEqual({
      verdict: "refused",
      log: logWithoutTtl,
      instances: [0, 1],
    });
  });

  it("is refused after the control plane's update already, where that one reads again before it sends", () => {
    const plan = planMigration(ttl, withoutTtl);
    const rollout = simulateRollout(plan, stamps, { controlPlane: "self-managed" });
    expect(rollout?.steps[1]?.groups[0]?.ifPushed).toEqual({
      verdict: "refused",
      log: logWithoutTtl,
      instances: [0, 1],
    });
  });

  it("is done in the best order: every other one, and every step less, is worse", () => {
    const rollout = simulate(ttl, withoutTtl, stamps);
    expect([rollout.exploration.verdict, rollout.exploration.orders]).toEqual(["best", 6]);
    expect(variants(rollout)).toEqual([
      ["dropped", "update-control-plane", "refuted", expect.stringContaining("not-finished")],
      ["dropped", "update-instances", "refuted", expect.stringContaining("not-finished")],
      ["dropped", "update-data-planes", "refuted", expect.stringContaining("not-finished")],
      ["swapped", "update-control-plane ↔ update-instances", "refuted", expect.any(String)],
      ["swapped", "update-instances ↔ update-data-planes", "refuted", expect.any(String)],
    ]);
  });

  it("has a point of no return: the values are in the backup only", () => {
    const rollout = simulate(ttl, withoutTtl, stamps);
    expect(rollout.pointOfNoReturn).toBe("update-instances");
    expect(rollout.waysBack.map(({ after, actions, losses }) => [after, actions, losses.length])).toEqual([
      [1, ["restore-control-plane"], 0],
      [2, ["restore-control-plane", "restore-instances"], 2],
      [3, expect.arrayContaining(["restore-control-plane", "restore-instances", "restore-data-planes"]), 2],
    ]);
    expect(rollout.waysBack[1]?.losses[0]).toEqual({
      instance: 0,
      path: ["config", "ttl"],
      value: 60,
      why: "only-in-backup",
    });
  });
});

describe("a parameter that nobody sets is removed", () => {
  const old = pluginWith(`{ url = { type = "string" } }, { ttl = { type = "integer" } }`);
  const now = pluginWith(`{ url = { type = "string" } }`);

  it("goes without a refusal, and the instances need no step", () => {
    const rollout = simulate(old, now, deckInstances("name: p\nconfig: { url: x }"));
    expect(rollout.exploration.verdict).toBe("safe");
    expect(variants(rollout)).toContainEqual(["dropped", "update-instances", "unneeded", undefined]);
  });

  it("needs the step where an instance sets it: without it nodes come up with other values and refuse what is sent", () => {
    const rollout = simulate(old, now, deckInstances("name: p\nconfig: { ttl: 5 }"));
    expect(rollout.exploration.verdict).toBe("safe");
    expect(variants(rollout)).toContainEqual([
      "dropped",
      "update-instances",
      "refuted",
      expect.stringContaining("not-finished"),
    ]);
  });
});

describe("a parameter with a default is added", () => {
  const old = pluginWith("");
  const now = pluginWith(`{ ttl = { type = "integer", default = 5 } }`);

  it("is refused as soon as somebody saves an instance again before data planes are updated", () => {
    const rollout = simulate(old, now, deckInstances("name: p"));
    const [group] = rollout.steps[1]?.groups ?? [];
    expect([group?.ifPushed.verdict, group?.ifSavedAgain.verdict]).toEqual(["accepted", "refused"]);
    expect(rollout.exploration.exposure).toMatchObject({
      actions: ["update-control-plane"],
      problem: { kind: "edit-breaks", event: "saved-again" },
    });
  });
});

describe("a value from the environment that a function asks for", () => {
  const asking = (fields: string) =>
    pluginWith(
      `{ url = { type = "string" } }, ${fields}`,
      `entity_checks = { { custom_entity_check = { field_sources = { "config" },
        fn = function(entity) if entity.config.url == "x" then return nil, "not x" end return true end } } }`,
    );

  it("is taken for accepted by the nodes that have it today, and is unknown to those with the new schema", () => {
    const instances = deckInstances(`name: p\nconfig: { url: '\${{ env "DECK_X" }}' }`);
    const rollout = simulate(asking(`{ ttl = { type = "integer" } }`), asking(""), instances);
    const [start, updated] = [rollout.steps[0], rollout.steps.at(-1)];
    expect([start?.groups[0]?.ifPushed.verdict, start?.isInSync]).toEqual(["accepted", true]);
    expect(start?.newNode.withNewVersion.verdict).toBe("unknown");
    expect(updated?.groups[0]?.ifPushed.verdict).toBe("unknown");
    expect(rollout.exploration.verdict).toBe("unknown");
  });
});

describe("data planes", () => {
  const old = pluginWith(`{ ttl = { type = "integer" } }`);
  const now = pluginWith("");
  const instances = deckInstances("name: p\nconfig: { ttl: 5 }");

  it("may be on different versions to begin with, and out of reach", () => {
    const dataPlanes = [{ name: "a" }, { name: "b", has: "new" as const }, { name: "c", isConnected: false }];
    const [start] = simulate(old, now, instances, { dataPlanes }).steps;
    expect(
      start?.groups.map(({ name, has, isConnected, ifPushed }) => [name, has, isConnected, ifPushed.verdict]),
    ).toEqual([
      ["a", "old", true, "accepted"],
      ["b", "new", true, "refused"],
      ["c", "old", false, "accepted"],
    ]);
    expect(start?.isInSync).toBe(false);
  });

  it("that start again under a new version come up with values that nobody has validated", () => {
    const plan = planMigration(old, now);
    const swapped = { ...plan, steps: [...plan.steps].sort((a, b) => rank(a.id) - rank(b.id)) };
    const rollout = simulateRollout(swapped, instances);
    const updated = rollout?.steps.find(({ id }) => id === "update-data-plane-schemas");
    expect(updated?.groups[0]?.ifRestarted).toEqual([
      { instance: 0, changes: [{ path: ["config", "ttl"], old: 5, new: undefined }] },
    ]);
    expect(rollout?.exploration.verdict).toBe("not-best");
  });
});

function rank(id: string): number {
  return ["update-control-plane-schema", "update-data-plane-schemas", "update-instances"].indexOf(id);
}

import { describe, expect, it } from "vitest";
import type { PlanOptions } from "../../src/plan/options.js";
import { planMigration } from "../../src/plan/plan-migration.js";
import { planRemoval } from "../../src/plan/plan-removal.js";
import type { MigrationPlan } from "../../src/plan/plan.js";
import { reportInstances } from "../../src/simulate/instance-report.js";
import { simulateRollout, type Rollout } from "../../src/simulate/simulate-rollout.js";
import { deckInstances, pluginWith } from "../instances/plugin.js";

const old = pluginWith(`{ url = { type = "string" } }, { ttl = { type = "integer", required = true } }`);
const now = pluginWith(`{ url = { type = "string" } }`);
const instances = deckInstances("name: p\nconfig: { ttl: 60 }", "name: p\nconfig: { ttl: 90 }");

function simulate(plan: MigrationPlan, some = instances): Rollout {
  const rollout = simulateRollout(plan, some);
  if (rollout === undefined) throw new Error("not simulated");
  return rollout;
}

/** After each step: what the nodes have, what they do with a push, and whether all is in step. */
function timeline({ steps }: Rollout): unknown {
  return steps.map(({ id = "start", controlPlane, groups, isInSync }) =>
    [id, controlPlane, groups[0]?.has, groups[0]?.ifPushed.verdict, isInSync ? "in sync" : "out"].join(" "),
  );
}

/** What becomes of the plan with two steps exchanged, or one left out. */
function verdictOn({ exploration }: Rollout, ...actions: readonly string[]): unknown {
  const variant = exploration.variants.find(
    ({ change }) => (change.kind === "dropped" ? change.action : change.actions.join(" ")) === actions.join(" "),
  );
  return [variant?.verdict, variant?.counterexample?.problem.kind];
}

describe("another plugin beside the old one, installed", () => {
  const rollout = simulate(planMigration(old, now, { strategy: "side-by-side" }));

  it("never makes a node refuse anything", () => {
    expect(timeline(rollout)).toEqual([
      "start old old accepted in sync",
      "upload-schema both old accepted in sync",
      "deploy-plugin-files both both accepted in sync",
      "move-instances both both accepted in sync",
      "delete-instances both both accepted in sync",
      "delete-control-plane-schema new both accepted in sync",
      "delete-data-plane-files new new accepted in sync",
    ]);
    expect([rollout.exploration.verdict, rollout.exploration.orders]).toEqual(["safe", 720]);
  });

  it("needs the files before the instances, and the old instances gone before the old files", () => {
    expect(verdictOn(rollout, "update-data-planes", "create-instances-beside")).toEqual([
      "refuted",
      "no-configuration",
    ]);
    expect(verdictOn(rollout, "delete-old-instances")).toEqual(["refuted", "not-finished"]);
  });

  it("keeps all values until the old instances are deleted", () => {
    expect(rollout.pointOfNoReturn).toBe("delete-instances");
    expect(rollout.waysBack.map(({ after, actions, losses }) => [after, actions, losses.length])).toEqual([
      [3, ["restore-instances"], 0],
      [4, ["restore-instances"], 2],
      [5, ["restore-control-plane", "restore-instances"], 2],
      [6, expect.arrayContaining(["restore-data-planes", "restore-control-plane", "restore-instances"]), 2],
    ]);
  });

  it("asks of the instances no more than another name where their configuration fits", () => {
    const plan = planMigration(now, pluginWith(`{ url = { type = "string" } }, { size = { type = "integer" } }`), {
      strategy: "side-by-side",
    });
    const report = reportInstances(plan, deckInstances("name: p\nconfig: { url: x }"), { isSimulated: false });
    expect([report?.instancePath, report?.instances[0]?.verdict, report?.instances[0]?.operations]).toEqual([
      "short",
      "untouched",
      ['set name to "p-v2"'],
    ]);
    expect(reportInstances(planMigration(old, now, { strategy: "side-by-side" }), instances)?.instancePath).toBe(
      "long",
    );
  });
});

describe("a streamed plugin", () => {
  const rollout = simulate(planMigration(old, now, { distribution: "streamed" }));

  it("comes with the instances, so nodes never judge by another schema than the control plane", () => {
    expect(timeline(rollout)).toEqual([
      "start old old accepted in sync",
      "create-new-plugin both both accepted in sync",
      "move-instances both both accepted in sync",
      "delete-old-plugin new new accepted in sync",
    ]);
    expect(rollout.exploration.verdict).toBe("safe");
    expect(rollout.notModelled).toEqual([expect.stringContaining("setting")]);
  });

  it("cannot be deleted while instances refer to it, and takes none before it is there", () => {
    const { variants } = rollout.exploration;
    const exchanged = variants.filter(({ change }) => change.kind === "swapped");
    expect(exchanged.map(({ verdict }) => verdict)).toEqual(["refuted", "refuted"]);
    const early = simulateRollout(withSteps("create-new-plugin", "delete-old-plugin", "move-instances"), instances);
    expect(early?.steps.at(2)?.controlPlane).toBe("both");
    expect(early?.exploration.exposure?.problem.kind).toBe("not-finished");
  });

  function withSteps(...ids: readonly string[]): MigrationPlan {
    const plan = planMigration(old, now, { distribution: "streamed" });
    return { ...plan, steps: ids.flatMap((id) => plan.steps.filter((step) => step.id === id)) };
  }
});

describe("a clone", () => {
  const clone = { old: { name: "a", ref: "acl" }, new: { name: "b", ref: "acl", priority: 5 } };
  const configured = deckInstances("name: a\nconfig: { ttl: 60 }");

  it("is moved like a streamed plugin, where the schema of its source is given", () => {
    const plan = planMigration(old, old, { distribution: "cloned", clone });
    const rollout = simulate(plan, configured);
    expect(timeline(rollout)).toEqual([
      "start old old accepted in sync",
      "create-new-plugin both both accepted in sync",
      "move-instances both both accepted in sync",
      "delete-old-plugin new new accepted in sync",
    ]);
    expect(rollout.edits[0]?.name).toBe("b");
  });

  it("is not simulated where it is not, and the report says so", () => {
    const plan = planMigration(undefined, undefined, { distribution: "cloned", clone });
    expect(simulateRollout(plan, configured)).toBeUndefined();
    expect(reportInstances(plan, configured)).toMatchObject({
      rollout: null,
      notSimulated: "Not modelled: the schema of the plugin that a clone is made from was not given.",
    });
  });
});

describe("a control plane of one's own", () => {
  const rollout = (options: PlanOptions, ...sides: readonly [typeof old, typeof old]) =>
    simulate(
      planMigration(...sides, { hosting: "self-managed-hybrid", ...options }),
      deckInstances("name: p\nconfig: { ttl: 60 }"),
    );

  it("sends nothing to nodes with another major of the plugin, whatever their schema accepts", () => {
    const { steps, notModelled } = rollout({ fromVersion: "1.4.0", toVersion: "2.0.0" }, old, old);
    expect(steps.map(({ groups }) => groups[0]?.ifPushed.verdict)).toEqual(["accepted", "held-back", "accepted"]);
    expect(steps[1]?.groups[0]?.ifPushed).toEqual({
      verdict: "held-back",
      reason: "the plugin's VERSION is 1.4.0 on the node and 2.0.0 on the control plane: another major",
    });
    expect(notModelled).toEqual([]);
  });

  it("sends to nodes with a lower minor, and not to those with a higher one", () => {
    const { exploration, steps } = rollout({ fromVersion: "1.4.0", toVersion: "1.5.0" }, old, old);
    expect(steps.map(({ groups }) => groups[0]?.ifPushed.verdict)).toEqual(["accepted", "accepted", "accepted"]);
    const swapped = exploration.variants.find(({ change }) => change.kind === "swapped");
    expect([swapped?.verdict, swapped?.counterexample?.problem.detail]).toEqual([
      "refuted",
      expect.stringContaining("another minor"),
    ]);
  });

  it("says that it does not know the versions where nobody gave them", () => {
    expect(rollout({}, old, now).notModelled).toEqual([expect.stringContaining("--from-version")]);
  });

  it("sends nothing to a node that lacks a plugin which is configured", () => {
    const plan = planMigration(old, now, { hosting: "self-managed-hybrid", strategy: "side-by-side" });
    const { steps } = simulate(plan);
    const moved = steps.find(({ id }) => id === "move-instances");
    expect(moved?.newNode.withOldVersion).toEqual({ verdict: "held-back", reason: "the node does not have p-v2" });
  });

  it("reads instances again, so that one parameter less needs no edit of what is stored", () => {
    const optional = pluginWith(`{ url = { type = "string" } }, { ttl = { type = "integer" } }`);
    const plan = planMigration(optional, now, { hosting: "self-managed-hybrid" });
    expect(reportInstances(plan, instances, { isSimulated: false })?.instancePath).toBe("short");
    expect(reportInstances(planMigration(optional, now), instances, { isSimulated: false })?.instancePath).toBe("long");
  });
});

describe("nodes that no control plane sends anything to", () => {
  it.each(["traditional", "db-less"] as const)("are not modelled, and the report says so: %s", (hosting) => {
    const plan = planMigration(old, now, { hosting });
    expect(simulateRollout(plan, instances)).toBeUndefined();
    expect(reportInstances(plan, instances)).toMatchObject({
      instancePath: "unknown",
      rollout: null,
      notSimulated: expect.stringContaining("Not modelled") as string,
    });
  });
});

describe("a first upload", () => {
  const plan = planMigration(undefined, now);

  it("shows what an instance does that is created too early", () => {
    const rollout = simulate(plan, []);
    expect(timeline(rollout)).toEqual([
      "start none none accepted in sync",
      "upload-schema new none accepted in sync",
      "deploy-plugin-files new new accepted in sync",
    ]);
    expect(rollout.steps.map(({ groups }) => groups[0]?.ifSavedAgain.verdict)).toEqual([
      "accepted",
      "refused",
      "accepted",
    ]);
    expect(rollout.exploration.better).toEqual(["update-data-planes", "update-control-plane"]);
  });

  it("of a streamed plugin is one step, and safe", () => {
    const rollout = simulate(planMigration(undefined, now, { distribution: "streamed" }), []);
    expect([timeline(rollout), rollout.exploration.verdict]).toEqual([
      ["start none none accepted in sync", "create-new-plugin new new accepted in sync"],
      "safe",
    ]);
  });
});

describe("a removal", () => {
  it("is safe in its order, loses all values, and needs the instances gone first", () => {
    const rollout = simulate(planRemoval(old, instances));
    expect(timeline(rollout)).toEqual([
      "start old old accepted in sync",
      "delete-instances old old accepted in sync",
      "delete-control-plane-schema none old accepted in sync",
      "delete-data-plane-files none none accepted in sync",
    ]);
    expect([rollout.exploration.verdict, rollout.pointOfNoReturn]).toEqual(["safe", "delete-instances"]);
    expect(rollout.waysBack[0]?.losses).toEqual([
      { instance: 0, path: ["config"], value: { ttl: 60 }, why: "only-in-backup" },
      { instance: 1, path: ["config"], value: { ttl: 90 }, why: "only-in-backup" },
    ]);
  });

  it("of a streamed plugin is refused while instances refer to it", () => {
    const plan = planRemoval(old, instances, { distribution: "streamed" });
    expect(verdictOn(simulate(plan), "delete-instances")).toEqual(["refuted", "not-finished"]);
    expect(verdictOn(simulate(plan), "delete-instances", "drop-old-from-control-plane")).toEqual([
      "refuted",
      "not-finished",
    ]);
  });
});

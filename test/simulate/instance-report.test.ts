import { describe, expect, it } from "vitest";
import { planMigration } from "../../src/plan/plan-migration.js";
import { render } from "../../src/render/render.js";
import { createReport } from "../../src/report.js";
import type { PluginSchema } from "../../src/schema/model.js";
import { reportInstances } from "../../src/simulate/instance-report.js";
import { deckInstances, pluginWith } from "../instances/plugin.js";

const old = pluginWith(`{ url = { type = "string" } }, { ttl = { type = "integer" } }`);
const now = pluginWith(`{ url = { type = "string" } }`);

function reportFor(before: PluginSchema, after: PluginSchema, ...entries: readonly string[]) {
  const plan = planMigration(before, after);
  const instances = reportInstances(plan, deckInstances(...entries), { isSimulated: false });
  if (instances === undefined) throw new Error("two schemas");
  return { plan, instances, report: createReport(plan, instances) };
}

describe("the path of the instances that there are", () => {
  it("may be shorter than that of the plan, until somebody sets what decides", () => {
    const { plan, instances } = reportFor(old, now, "name: p", "name: p\nconfig: { url: x }");
    expect([plan.path, instances.instancePath]).toEqual(["long", "short"]);
    expect(instances.sentence).toBe("Long by the table, Short for these 2 instances, until someone sets config.ttl.");
  });

  it("is that of the plan where an instance needs it", () => {
    const { instances } = reportFor(old, now, "name: p", "name: p\nconfig: { ttl: 5 }");
    expect([instances.instancePath, instances.sentence]).toEqual([
      "long",
      "Long by the table, and for these 2 instances too.",
    ]);
  });

  it("is not known where a value from the environment decides", () => {
    const few = pluginWith(`{ url = { type = "string", one_of = { "a", "b" } } }, { ttl = { type = "integer" } }`);
    const { instances } = reportFor(old, few, "name: p", `name: p\nconfig: { url: '\${{ env "DECK_X" }}' }`);
    expect([instances.instancePath, instances.sentence]).toEqual([
      "unknown",
      "Long by Kong's engine; for 1 of these 2 instances it hangs on what is not known here.",
    ]);
  });

  it("is none where there is no instance", () => {
    const { instances } = reportFor(old, now, "name: another");
    expect([instances.instancePath, instances.sentence]).toEqual([
      "none",
      "Long by the table; there is no instance of p.",
    ]);
  });
});

describe("the steps of a plan with instances", () => {
  const many = Array.from({ length: 300 }, (_, index) => `name: p\nconfig: { ttl: ${index} }`);

  it("name those that each edit applies to", () => {
    const { report } = reportFor(old, now, "name: p", "name: p\nconfig: { ttl: 5 }", "name: p\nconfig: { url: x }");
    const edits = report.steps.flatMap(({ instanceEdits }) => instanceEdits);
    expect(edits.map(({ shownPath, instances }) => [shownPath, instances])).toEqual([["config.ttl", [1]]]);
    expect(render(report, "text")).toContain("Of your 3 instances one needs an edit: the command adapt writes them.");
    expect(render(report, "text")).toContain("1 of 3: line 4, global.");
  });

  it("say so where nothing has to be edited", () => {
    const { report } = reportFor(old, now, "name: p");
    expect(render(report, "text")).toContain("Of your 1 instance none needs an edit: go on to the next step.");
    expect(render(report, "text")).toContain("None of your instances needs an edit at config.ttl.");
  });

  it.each(["text", "markdown", "github"] as const)("are as long for hundreds as for a few: %s", (format) => {
    const lines = (report: Parameters<typeof render>[0]) => render(report, format).split("\n").length;
    const [few, all] = [many.slice(0, 12), many].map((entries) => lines(reportFor(old, now, ...entries).report));
    expect(all).toBe(few);
  });
});

import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { render } from "../../src/render/render.js";
import { createReport } from "../../src/report.js";
import { allPlans } from "./all-plans.js";

/** Written down and read once, as an operator would; a difference is to be read again. */
describe("the plan of the example plugin", () => {
  it.each(allPlans().map(({ name, plan }) => [name, plan] as const))("reads well: %s", async (name, plan) => {
    // The changes are the same in all of them, and shown by the sessions with the command line.
    const text = render({ ...createReport(plan), changes: [] }, "text");
    await expect(text).toMatchFileSnapshot(resolve(`test/plan/fixtures/${name}.txt`));
  });
});

describe("every step of every plan", () => {
  const steps = allPlans().flatMap(({ name, plan }) => plan.steps.map((step) => ({ ...step, plan: name })));

  it("can be seen to have worked, by a command", () => {
    expect(steps.filter(({ check }) => check.commands.length === 0).map(({ plan, id }) => [plan, id])).toEqual([]);
  });

  it("says what must hold before it", () => {
    const without = steps.filter(({ preconditions }) => preconditions.length === 0);
    // A clone has no files to look at before it is tried.
    expect(without.filter(({ plan, id }) => !(plan.startsWith("cloned") && id === "test-first"))).toEqual([]);
  });

  it("has sentences with an end", () => {
    const sentences = steps.flatMap((step) => [
      ...step.actions,
      ...step.preconditions.map(({ expect: state }) => state),
      ...step.instanceEdits.map(({ sentence }) => sentence),
      step.check.expect,
      step.ifOutOfOrder,
    ]);
    expect(sentences.filter((sentence) => !/^[A-Z\p{Ll}].*\.$/u.test(sentence))).toEqual([]);
    expect(sentences.filter((sentence) => /\.\.|  |undefined|\[object/.test(sentence))).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { engineCases, type EngineCase } from "../conformance/engine-cases.js";
import type { InstanceEdit } from "../../src/instances/edit.js";
import type { PluginInstance } from "../../src/instances/instance.js";
import { documentedSteps } from "../../src/kong/update-paths.js";
import { planMigration } from "../../src/plan/plan-migration.js";
import type { MigrationPlan, MigrationStep, StepId } from "../../src/plan/plan.js";
import { readSchema } from "../../src/schema/read.js";
import { actionsOf } from "../../src/simulate/plan-actions.js";
import { simulateRollout, type Rollout } from "../../src/simulate/simulate-rollout.js";
import type { Action } from "../../src/simulate/world.js";

const cases = engineCases
  // Where one of the two control planes does not take the instance there is nothing to roll out.
  .filter((given) => given.expect["oldBlobOnOldDataPlane"] !== null && given.expect["newBlobOnOldDataPlane"] !== null);

interface Prepared {
  readonly plan: MigrationPlan;
  readonly simulate: (plan: MigrationPlan) => Rollout;
}

function prepare(given: EngineCase, controlPlane: "konnect" | "self-managed"): Prepared | undefined {
  const [old, now] = [given.oldSchema, given.newSchema].map((source) => readSchema(source, { edition: "oss" }));
  if (old === undefined || now === undefined) throw new Error("two schemas");
  // Another name is another plugin, with steps of its own.
  if (old.name !== now.name) return undefined;
  const instance: PluginInstance = {
    ...{ name: old.name, form: "given", config: given.config, fields: given.plugin ?? {}, placeholders: [] },
    address: { position: { line: 1, column: 1 }, scope: {}, keys: [] },
  };
  const edit: InstanceEdit = {
    ...{ instance, need: "edit", operations: [], name: now.name, missing: [] },
    ...{ config: given.resave, fields: given.pluginResave ?? {}, bridge: undefined, decisions: [], errors: undefined },
    ...{ newControlPlane: "accepted", newDataPlanes: "accepted", oldDataPlanes: "accepted" },
  };
  const planned = planMigration(old, now);
  const [template] = planned.steps;
  if (template === undefined) return undefined;
  // The longest of the documented paths, so that there is a step to show unneeded.
  const steps = documentedSteps["cp-dp-sync"].map(({ id }): MigrationStep => ({ ...template, id }));
  const simulate = (plan: MigrationPlan) => {
    const rollout = simulateRollout(plan, [instance], { edits: [edit], controlPlane });
    if (rollout === undefined) throw new Error("not simulated");
    return rollout;
  };
  return { plan: { ...planned, steps }, simulate };
}

/** The plan with its steps in the order of these actions. */
function withActions(plan: MigrationPlan, actions: readonly Action[]): MigrationPlan {
  const ids = new Map(actionsOf(plan).map(({ id, action }): [Action, StepId] => [action, id]));
  return { ...plan, steps: actions.flatMap((action) => plan.steps.filter(({ id }) => id === ids.get(action))) };
}

/** Whether a problem of this kind can be seen in the last state of a run, in its own words. */
function isSeen({ steps }: Rollout, kind: string): boolean {
  const last = steps.at(-1);
  const [group] = last?.groups ?? [];
  if (last === undefined || group === undefined) return false;
  const newNode = group.has === "new" ? last.newNode.withNewVersion : last.newNode.withOldVersion;
  switch (kind) {
    case "payload-refused":
      return group.ifPushed.verdict === "refused";
    case "no-configuration":
      return newNode.verdict === "refused";
    case "edit-breaks":
      return group.ifSavedAgain.verdict === "refused";
    case "values-changed":
      return group.ifRestarted.length > 0;
    case "not-finished":
      return !last.isInSync || last.controlPlane !== "new" || group.has !== "new";
    default:
      return false;
  }
}

describe.each(["konnect", "self-managed"] as const)(
  "all orders of the steps, with one event, on %s",
  (controlPlane) => {
    it.each(cases)("are told apart rightly: $id", (given) => {
      const prepared = prepare(given, controlPlane);
      if (prepared === undefined) return;
      const { plan, simulate } = prepared;
      const { exploration, steps } = simulate(plan);
      const { verdict, exposure, better, variants } = exploration;
      if (verdict === "unknown") return;

      // Safe: at no moment does any event do anything; else the first moment at which one does is shown.
      const isQuiet = steps.every((step) =>
        step.groups.every(
          (group) =>
            group.ifPushed.verdict === "accepted" &&
            group.ifSavedAgain.verdict === "accepted" &&
            group.ifRestarted.length === 0,
        ),
      );
      expect(verdict === "safe").toBe(isQuiet && steps.at(-1)?.isInSync === true && exposure === undefined);
      if (exposure !== undefined && exposure.problem.kind !== "edit-refused") {
        expect(isSeen(simulate(withActions(plan, exposure.actions)), exposure.problem.kind)).toBe(true);
      }

      // Not best: the other order is one that nothing beats; best: nothing that was tried beats the plan.
      expect(better === undefined).toBe(verdict !== "not-best");
      if (better !== undefined) {
        expect(["safe", "best"]).toContain(simulate(withActions(plan, better)).exploration.verdict);
      } else {
        const exchanged = variants.filter(({ change }) => change.kind === "swapped");
        expect(exchanged.map((variant) => variant.verdict)).not.toContain("better");
      }

      for (const { verdict: judgement, actions, change, counterexample } of variants) {
        if (judgement === "refuted") {
          // The counterexample is the beginning of the variant, and can be seen when just that is done.
          if (counterexample === undefined) throw new Error("refuted without a counterexample");
          expect(counterexample.actions).toEqual(actions.slice(0, counterexample.actions.length));
          if (counterexample.problem.kind === "edit-refused") continue;
          const shown = simulate(withActions(plan, counterexample.actions));
          expect([change, isSeen(shown, counterexample.problem.kind)]).toEqual([change, true]);
        } else if (judgement === "unneeded") {
          // What is left does the whole work by itself.
          const rest = simulate(withActions(plan, actions)).steps.at(-1);
          expect([rest?.controlPlane, rest?.groups[0]?.has, rest?.isInSync]).toEqual(["new", "new", true]);
        }
      }
    });

    it("never take the update of a schema for unneeded", () => {
      const dropped = cases.flatMap((given) => {
        const prepared = prepare(given, controlPlane);
        return prepared?.simulate(prepared.plan).exploration.variants ?? [];
      });
      const unneeded = dropped.filter(({ verdict }) => verdict === "unneeded").map(({ change }) => change);
      expect(new Set(unneeded.map((change) => (change.kind === "dropped" ? change.action : "")))).toEqual(
        new Set(["update-instances"]),
      );
    });
  },
);

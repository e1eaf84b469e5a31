import { describe, expect, it } from "vitest";
import { engineCases, type Cell } from "../conformance/engine-cases.js";
import type { InstanceEdit } from "../../src/instances/edit.js";
import type { PluginInstance } from "../../src/instances/instance.js";
import { Hider, secretPlaces, secretsIn } from "../../src/instances/secrets.js";
import { documentedSteps, type UpdatePath } from "../../src/kong/update-paths.js";
import { planMigration } from "../../src/plan/plan-migration.js";
import type { MigrationPlan, MigrationStep } from "../../src/plan/plan.js";
import { readSchema } from "../../src/schema/read.js";
import type { Outcome } from "../../src/simulate/outcome.js";
import { simulateRollout } from "../../src/simulate/simulate-rollout.js";

/** The lines of a refusal in one order, for Kong's is not fixed; undefined for an acceptance. */
function refusalIn(cell: Cell | undefined, hider: Hider): unknown {
  if (cell === null || cell === undefined || cell.ok === true) return undefined;
  // A simulated log hides secrets, Kong's own does not.
  return sorted(hider.text(`unable to update running config: ${cell.error ?? cell.raised ?? ""}`));
}

function refusalOf(outcome: Outcome | undefined): unknown {
  return outcome?.verdict === "refused" ? sorted(outcome.log) : outcome?.verdict === "accepted" ? undefined : outcome;
}

function sorted(text: string): readonly string[] {
  return text.split("\n").sort();
}

function withPath(plan: MigrationPlan, path: UpdatePath): MigrationPlan {
  const [template] = plan.steps;
  if (template === undefined) throw new Error("a plan without steps");
  return { ...plan, steps: documentedSteps[path].map(({ id }): MigrationStep => ({ ...template, id })) };
}

describe("simulating a conformance case along its documented and its proven path", () => {
  it.each(engineCases)("$id", (given) => {
    const [old, now] = [given.oldSchema, given.newSchema].map((source) => readSchema(source, { edition: "oss" }));
    if (old === undefined || now === undefined) throw new Error("two schemas");
    const plan = planMigration(old, now);
    if (plan.steps.length === 0) return;
    const instance: PluginInstance = {
      name: old.name,
      address: { position: { line: 1, column: 1 }, scope: {}, keys: [] },
      form: "given",
      config: given.config,
      fields: given.plugin ?? {},
      placeholders: [],
    };
    const edit: InstanceEdit = {
      ...{
        instance,
        need: "edit",
        operations: [],
        name: now.name,
        config: given.resave,
        fields: given.pluginResave ?? {},
      },
      ...{ newControlPlane: "accepted", newDataPlanes: "accepted", oldDataPlanes: "accepted" },
      ...{ bridge: undefined, decisions: [], errors: undefined, missing: [] },
    };
    const cells = given.expect;
    const forms = [given.config, given.resave].map((config) => ({ config }));
    const hider = new Hider(secretsIn(secretPlaces([old, now]), forms));
    // Without a stored instance there is nothing that could be refused.
    if (cells["oldBlobOnOldDataPlane"] === null || cells["newBlobOnOldDataPlane"] === null) return;
    const proven = plan.proof?.path === "unknown" ? undefined : plan.proof?.path;
    for (const path of new Set([plan.officialPath, proven])) {
      if (path === null || path === undefined || path === "none") continue;
      const rollout = simulateRollout(withPath(plan, path), [instance], { edits: [edit] });
      const isEdited = documentedSteps[path].some(({ id }) => id === "update-instances");
      const blobs = rollout?.steps.map((_, at) => (isEdited && at >= 2 ? "newBlob" : "oldBlob")) ?? [];
      for (const [at, step] of (rollout?.steps ?? []).entries()) {
        const blob = blobs[at] ?? "oldBlob";
        expect([path, step.id, refusalOf(step.newNode.withOldVersion)]).toEqual([
          path,
          step.id,
          refusalIn(cells[`${blob}OnOldDataPlane`], hider),
        ]);
        expect([path, step.id, refusalOf(step.newNode.withNewVersion)]).toEqual([
          path,
          step.id,
          refusalIn(cells[`${blob}OnNewDataPlane`], hider),
        ]);
        const [group] = step.groups;
        const isUpdated = step.id === "update-data-plane-schemas" && old.name === now.name;
        const side = isUpdated ? "New" : "Old";
        if (old.name === now.name)
          expect(refusalOf(group?.ifPushed)).toEqual(refusalIn(cells[`${blob}On${side}DataPlane`], hider));
      }
    }
    const ownPlane = simulateRollout(withPath(plan, "short"), [instance], {
      edits: [edit],
      controlPlane: "self-managed",
    });
    const updated = ownPlane?.steps[1];
    if (old.name === now.name) {
      expect(refusalOf(updated?.newNode.withOldVersion)).toEqual(
        refusalIn(cells["selfManagedExportOnOldDataPlane"], hider),
      );
      expect(refusalOf(updated?.newNode.withNewVersion)).toEqual(
        refusalIn(cells["selfManagedExportOnNewDataPlane"], hider),
      );
    }
  });
});

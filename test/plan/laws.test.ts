import fc from "fast-check";
import { expect, it } from "vitest";
import { changeKinds, type Change } from "../../src/changes/registry.js";
import type { ChangeKind } from "../../src/changes/kind.js";
import { applyChanges } from "../../src/diff/apply-changes.js";
import { diffSchemas } from "../../src/diff/diff-schemas.js";
import { sameSchema } from "../../src/diff/same.js";
import { isStricterPath } from "../../src/kong/update-paths.js";
import { planMigration } from "../../src/plan/plan-migration.js";
import { render } from "../../src/render/render.js";
import { createReport } from "../../src/report.js";
import { readSchema } from "../../src/schema/read.js";
import { parameters, source, styles } from "../diff/arbitrary-schemas.js";

const kinds: Readonly<Record<string, ChangeKind<Change>>> = changeKinds;

it("plans between any two schemas: the changes lead there, no part is stricter than the whole, and all formats render", () => {
  fc.assert(
    fc.property(parameters, parameters, styles, (before, after, style) => {
      const [old, now] = [before, after].map((all) => readSchema(source(all, [style], false)));
      if (old === undefined || now === undefined) return;
      expect(diffSchemas(old, old)).toEqual([]);
      const changes = diffSchemas(old, now);
      expect(sameSchema(applyChanges(old, changes), now)).toBe(true);
      const back = diffSchemas(now, old);
      expect(changes.map(({ kind }) => kinds[kind]?.mirror).sort()).toEqual(back.map(({ kind }) => kind).sort());

      const plan = planMigration(old, now);
      const whole = plan.proof?.path;
      const stricter = plan.changes.filter(
        ({ provenPath }) =>
          provenPath !== "unknown" && whole !== undefined && whole !== "unknown" && isStricterPath(provenPath, whole),
      );
      expect(stricter).toEqual([]);
      const report = createReport(plan);
      for (const format of ["text", "markdown", "json", "github"] as const) expect(render(report, format)).not.toBe("");
    }),
    { numRuns: 60, seed: 20240521 },
  );
});

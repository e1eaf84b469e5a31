import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changeKinds } from "../../src/changes/registry.js";
import type { ChangeKind } from "../../src/changes/kind.js";
import type { Change } from "../../src/changes/registry.js";
import { applyChanges } from "../../src/diff/apply-changes.js";
import { diffSchemas } from "../../src/diff/diff-schemas.js";
import { sameSchema } from "../../src/diff/same.js";
import type { Field, NamedField, RecordBody } from "../../src/schema/model.js";
import type { SchemaTrees } from "../../src/diff/trees.js";
import { relatedTrees, schemaTrees } from "./arbitrary-trees.js";

const runs = { numRuns: 500, seed: 20240521 };

function kindsOf(changes: readonly Change[]): readonly string[] {
  return changes.map(({ kind }) => kind).sort();
}

function mirrorsOf(changes: readonly Change[]): readonly (string | undefined)[] {
  const kinds: Readonly<Record<string, ChangeKind<Change>>> = changeKinds;
  return changes.map(({ kind }) => kinds[kind]?.mirror).sort();
}

/** A plain name that only the one schema has. */
function gone({ fields }: SchemaTrees, other: SchemaTrees): string | undefined {
  return fields.find(({ name }) => /^[a-z]+$/i.test(name) && !other.fields.some((one) => one.name === name))?.name;
}

/** The same schema with every list of names and of checks the other way round; several definitions of a name keep their order. */
function reversed(schema: SchemaTrees): SchemaTrees {
  const { dataPlane } = schema;
  return {
    ...schema,
    ...reversedBody(schema),
    ...(dataPlane === undefined ? {} : { dataPlane: { ...dataPlane, ...reversedBody(dataPlane) } }),
  };
}

function reversedBody(body: RecordBody): RecordBody {
  return {
    fields: reversedNames(body.fields),
    shorthandFields: reversedNames(body.shorthandFields),
    entityChecks: body.entityChecks.toReversed(),
  };
}

function reversedNames(named: readonly NamedField[]): readonly NamedField[] {
  const names = [...new Set(named.map(({ name }) => name))].reverse();
  return names.flatMap((wanted) =>
    named.filter(({ name }) => name === wanted).map(({ name, field }) => ({ name, field: reversedField(field) })),
  );
}

function reversedField(field: Field): Field {
  return field.type === "record" ? { ...field, ...reversedBody(field) } : field;
}

describe("the changes between two schemas", () => {
  it("lead from the old one to the new one", () => {
    fc.assert(
      fc.property(fc.oneof(relatedTrees, fc.tuple(schemaTrees, schemaTrees)), ([old, now]) => {
        expect(sameSchema(applyChanges(old, diffSchemas(old, now)), now)).toBe(true);
      }),
      runs,
    );
  });

  it("are none exactly where the schemas say the same", () => {
    fc.assert(
      fc.property(relatedTrees, ([old, now]) => {
        expect(diffSchemas(old, old)).toEqual([]);
        expect(diffSchemas(old, now).length === 0).toBe(sameSchema(old, now));
      }),
      runs,
    );
  });

  it("do not depend on the order of names and checks", () => {
    fc.assert(
      fc.property(schemaTrees, (schema) => {
        expect(diffSchemas(schema, reversed(schema))).toEqual([]);
      }),
      runs,
    );
  });

  it("are mirrored when the sides are exchanged", () => {
    fc.assert(
      fc.property(relatedTrees, ([old, now]) => {
        expect(mirrorsOf(diffSchemas(old, now))).toEqual(kindsOf(diffSchemas(now, old)));
      }),
      runs,
    );
  });

  it("lead to the new one, and are mirrored, with renames that a caller declares", () => {
    fc.assert(
      fc.property(relatedTrees, ([old, now]) => {
        const [from, to] = [gone(old, now), gone(now, old)];
        fc.pre(from !== undefined && to !== undefined);
        const there = diffSchemas(old, now, { renames: [{ from, to }] });
        const back = diffSchemas(now, old, { renames: [{ from: to, to: from }] });
        expect(sameSchema(applyChanges(old, there), now)).toBe(true);
        expect(there.filter(({ subject }) => subject === "field-move")).not.toEqual([]);
        expect(mirrorsOf(there)).toEqual(kindsOf(back));
      }),
      runs,
    );
  });
});

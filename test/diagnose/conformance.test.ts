import { describe, expect, it } from "vitest";
import { diagnose } from "../../src/diagnose/diagnose.js";
import type { Diagnosis } from "../../src/diagnose/diagnosis.js";
import { readRefusals, type Refusal } from "./refusals.js";
import { answers, wrappings } from "./wrappings.js";

const refusals = readRefusals();
const isPayload = ({ text }: Refusal) => text.startsWith("bad config");
const byText = (one: { readonly path: unknown; readonly message: string }) => JSON.stringify([one.path, one.message]);
const sorted = (errors: readonly { readonly path: readonly (string | number)[]; readonly message: string }[]) =>
  errors.map(byText).sort();

/** The conformance cases say the same things often: each text once. */
const different = (chosen: readonly Refusal[]) => [
  ...new Map(chosen.map((refusal) => [refusal.text, refusal])).values(),
];

describe.each(Object.entries(wrappings))("a refusal of a data plane node, %s", (_, wrap) => {
  it.each(different(refusals.filter(isPayload)))("is read back to its places and words: $id", ({ text, errors }) => {
    const found = diagnose(wrap(text));
    expect(sorted(found)).toEqual(sorted(errors));
    for (const { reporter, entity, entry } of found) {
      expect({ reporter, entity, entry }).toEqual({ reporter: "data-plane", entity: "plugins", entry: 1 });
    }
  });
});

describe.each(Object.entries(answers))("a refusal of the Admin API, %s", (_, wrap) => {
  it.each(different(refusals.filter((refusal) => !isPayload(refusal))))(
    "is read back to its places and words: $id",
    ({ text, errors }) => {
      const found = diagnose(wrap(text));
      expect(sorted(found)).toEqual(sorted(errors));
      expect(new Set(found.map(({ reporter }) => reporter))).toEqual(new Set(["admin-api"]));
    },
  );
});

describe("with the two schemas", () => {
  /** Where the text alone does not tell, for both versions require the parameter. */
  const undecided = [
    "record->map (y null), oldBlobOnNewDataPlane",
    "record->map (y null), putOldBlobBackAtNewControlPlane",
    "record->map (y null), selfManagedExportOnNewDataPlane",
    "map->record (known keys), newBlobOnOldDataPlane",
    "map->record (known keys), selfManagedExportOnOldDataPlane",
    "map->record (other key), selfManagedExportOnOldDataPlane",
  ];
  const judged = (refusal: Refusal): readonly Diagnosis[] =>
    diagnose(refusal.text, { oldSchema: refusal.oldSchema, newSchema: refusal.newSchema });

  it.each(refusals)("a change is to blame, and the refusing side is known: $id", (refusal) => {
    const expected = undecided.includes(refusal.id) ? "both" : refusal.refusedBy;
    for (const { blame } of judged(refusal)) {
      expect(blame?.refusedBy).toBe(expected);
      expect(blame?.changes).not.toEqual([]);
    }
  });
});

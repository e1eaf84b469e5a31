import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ChangeKind } from "../../src/changes/kind.js";
import { changeKindList, changeKinds, describeChange, type Change } from "../../src/changes/registry.js";
import { sourceOf } from "../../src/classify/kind-page.js";
import { diffSchemas } from "../../src/diff/diff-schemas.js";
import { readSchema } from "../../src/schema/read.js";

function read(example: string) {
  return readSchema(sourceOf(example));
}

function kindsBetween(old: string, now: string): readonly string[] {
  return [...new Set(diffSchemas(read(old), read(now)).map(({ kind }) => kind))];
}

describe("the catalogue of changes", () => {
  it("has one file for each kind, under its id", () => {
    const files = readdirSync("src/changes/kinds").map((file) => file.replace(/\.ts$/, ""));
    expect(files.sort()).toEqual(Object.keys(changeKinds).sort());
  });

  it("names each kind as the registry does", () => {
    for (const [id, kind] of Object.entries(changeKinds)) expect(kind.id).toBe(id);
  });

  it.each(changeKindList.map((kind) => [kind.id, kind] as const))(
    "shows %s, and nothing else, in its example",
    (id, kind) => {
      expect(kindsBetween(kind.example.old, kind.example.new)).toEqual([id]);
    },
  );

  it.each(changeKindList.map((kind) => [kind.id, kind] as const))(
    "finds nothing between the example of %s and itself",
    (_, kind) => {
      expect(kindsBetween(kind.example.old, kind.example.old)).toEqual([]);
      expect(kindsBetween(kind.example.new, kind.example.new)).toEqual([]);
    },
  );

  it.each(changeKindList.map((kind) => [kind.id, kind] as const))(
    "shows the mirror of %s in its example backwards",
    (_, kind) => {
      expect(kindsBetween(kind.example.new, kind.example.old)).toEqual([kind.mirror]);
      const kinds: Readonly<Record<string, ChangeKind<Change>>> = changeKinds;
      expect(kinds[kind.mirror]?.mirror).toBe(kind.id);
    },
  );

  it.each(changeKindList.map((kind) => [kind.id, kind] as const))("describes %s with the place in it", (_, kind) => {
    const changes = diffSchemas(read(kind.example.old), read(kind.example.new));
    expect(changes.map(describeChange)).toMatchSnapshot();
  });
});

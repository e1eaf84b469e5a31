import { describe, expect, it } from "vitest";
import { isChangeKind, nearestKinds } from "../../src/changes/nearest-kinds.js";
import { changeKindList } from "../../src/changes/registry.js";

describe("the kinds nearest to a name", () => {
  it.each([
    ["field-remove", "field-removed"],
    ["removed-field", "field-removed"],
    ["Type-Change", "type-changed"],
    ["became_required", "became-required"],
    ["rename", "field-renamed"],
    ["unclasified", "unclassified"],
  ])("begin with the one that was meant: %s", (name, meant) => {
    expect(isChangeKind(name)).toBe(false);
    expect(nearestKinds(name)[0]).toBe(meant);
  });

  it("are each kind itself, where it is one", () => {
    for (const { id } of changeKindList) expect([isChangeKind(id), nearestKinds(id)[0]]).toEqual([true, id]);
  });

  it("are at most three, and none for what is like none of them", () => {
    expect(nearestKinds("field")).toHaveLength(3);
    expect(nearestKinds("zzz")).toEqual([]);
    expect(nearestKinds("")).toEqual([]);
  });

  it("are no names that every object has", () => {
    expect(["toString", "constructor", "__proto__"].filter(isChangeKind)).toEqual([]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pluginNameRule } from "../../src/kong/streamed-and-cloned.js";
import { planMigration } from "../../src/plan/plan-migration.js";
import { proposeName } from "../../src/plan/name-proposal.js";
import { readSchema } from "../../src/schema/read.js";

function propose(oldName: string, from: string | null = null, to: string | null = null, taken: readonly string[] = []) {
  return proposeName({ oldName, from, to, isRuled: true, isTaken: (name) => taken.includes(name) });
}

describe("the name that is proposed for a new version", () => {
  it.each([
    ["delay", null, null, "delay-v2"],
    ["delay-v2", null, null, "delay-v3"],
    ["delay-v9", null, null, "delay-v10"],
    ["delay-v2-1", null, null, "delay-v3"],
    ["delay", null, "2.0.0", "delay-v2"],
    ["delay", null, "3.4.5", "delay-v3"],
    ["delay", "1.4.0", "2.0.0", "delay-v2"],
    ["delay", "1.4.0", "1.5.0", "delay-v1-5"],
    ["delay", "1.4.0", "1.4.1", "delay-v1-4-1"],
    ["delay", null, "1.5.0", "delay-v1-5"],
    ["delay", "0.9.0", "1.0.0", "delay-v1"],
    ["delay-v2", "2.0.0", "2.1.0", "delay-v2-1"],
    ["delay-v2", null, "2.1.0", "delay-v2-1"],
    ["delay-v2-1", "2.1.0", "2.1.3", "delay-v2-1-3"],
    ["delay-v2-1", "2.1.0", "3.0.0", "delay-v3"],
    ["delay", "1.0.0", "2.0.0-rc.1", "delay-v2-rc-1"],
    ["delay-v2-rc-1", "2.0.0-rc.1", "2.0.0", "delay-v2"],
    // The names count by themselves.
    ["delay-v2", "1.1.0", "1.2.0", "delay-v3"],
    // A name that only looks like one with a version in it.
    ["my-v2-delay", null, null, "my-v2-delay-v2"],
    // Names that the rule does not allow.
    ["Delay_Plugin", null, null, "delay-plugin-v2"],
    ["2fast", null, null, "plugin-2fast-v2"],
    ["名前", null, null, "plugin-v2"],
  ])("follows the version: %s, from %s to %s, becomes %s", (oldName, from, to, expected) => {
    expect(propose(oldName, from, to)).toBe(expected);
  });

  it("passes over names that are taken", () => {
    expect(propose("delay", null, null, ["delay-v2", "delay-v3"])).toBe("delay-v4");
    expect(propose("delay", "1.0.0", "2.0.0", ["delay-v2"])).toBe("delay-v2-0");
  });

  it("keeps what installed plugins may be called", () => {
    expect(proposeName({ oldName: "my_plugin", from: null, to: null, isRuled: false, isTaken: () => false })).toBe(
      "my_plugin-v2",
    );
  });

  it("is valid, new and free, whatever the old name and the versions are", () => {
    const version = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)).map((parts) => parts.join("."));
    fc.assert(
      fc.property(
        fc.string(),
        fc.option(version),
        fc.option(version),
        fc.array(fc.string()),
        (oldName, from, to, taken) => {
          const name = propose(oldName, from, to, taken);
          expect(name).toMatch(pluginNameRule.pattern);
          expect([oldName, ...taken]).not.toContain(name);
          expect(propose(name, to, null, taken)).not.toBe(name);
        },
      ),
    );
  });
});

describe("the name of the new version", () => {
  const schema = (name: string) =>
    readSchema(`return { name = "${name}", fields = { { config = { type = "record", fields = {} } } } }`);
  const delay = schema("delay");

  it("is the one that was asked for, or the schema's own where that is another one already, or proposed", () => {
    const streamed = { distribution: "streamed" } as const;
    expect([
      planMigration(delay, delay, { ...streamed, newName: "delay-next" }).newName,
      planMigration(delay, schema("delay-next"), streamed).newName,
      planMigration(delay, delay, streamed).newName,
      planMigration(delay, delay, { ...streamed, takenNames: ["delay-v2"] }).newName,
      planMigration(delay, delay, { strategy: "side-by-side" }).newName,
      planMigration(delay, delay).newName,
      planMigration(undefined, delay, streamed).newName,
    ]).toEqual(["delay-next", "delay-next", "delay-v2", "delay-v3", "delay-v2", "delay", "delay"]);
  });

  it("of a clone is proposed where only priority or source change", () => {
    const old = { name: "acme-headers", ref: "request-transformer" };
    const plan = planMigration(undefined, undefined, {
      distribution: "cloned",
      clone: { old, new: { ...old, priority: 5 } },
    });
    expect([plan.oldName, plan.newName]).toEqual(["acme-headers", "acme-headers-v2"]);
  });
});

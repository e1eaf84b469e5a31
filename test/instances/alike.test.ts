import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { judgeInstances } from "../../src/instances/check-instances.js";
import { readInstances } from "../../src/instances/read-instances.js";
import { readSchema } from "../../src/schema/read.js";
import { deckInstances, pluginWith } from "./plugin.js";

describe("instances that differ only in what no schema looks at", () => {
  const [old, now] = ["old", "new"].map((side) =>
    readSchema(readFileSync(`examples/${side}/quota-guard/schema.lua`, "utf8"), { pluginName: "quota-guard" }),
  );
  if (old === undefined || now === undefined) throw new Error("two schemas");
  const text = readFileSync("examples/decks/quota-guard.yaml", "utf8");
  const instances = readInstances(text, { format: "deck" });
  const twins = instances.map((instance, index) => ({
    ...instance,
    address: { ...instance.address, position: { line: 1000 + index, column: 1 }, instanceName: `twin-${index}` },
    fields: { ...instance.fields, instance_name: `twin-${index}` },
  }));

  it("are told the same together as each alone", () => {
    const all = [...instances, ...twins];
    const together = judgeInstances(old, now, all);
    const apart = all.flatMap((instance) => judgeInstances(old, now, [instance]));
    expect(together).toEqual(apart);
  });

  it("are judged once, and keep what is their own", () => {
    const [one, twin] = judgeInstances(old, now, [...instances.slice(0, 1), ...twins.slice(0, 1)]);
    // The very same list, and not one like it.
    expect(one?.edit.decisions === twin?.edit.decisions).toBe(true);
    expect([twin?.edit.fields["instance_name"], twin?.edit.instance]).toEqual(["twin-0", twins[0]]);
  });

  it("are told apart where a field is not what Kong takes in any case, or a function looks at it", () => {
    const named = (name: string) => `name: p\ninstance_name: ${name}`;
    const verdicts = judgeInstances(pluginWith(""), pluginWith(""), deckInstances(named("a"), named("'not a name!'")));
    expect(verdicts.map(({ verdict }) => verdict.verdict)).toEqual(["untouched", "already-invalid"]);
    const watched = pluginWith(
      "",
      `entity_checks = { { custom_entity_check = { field_sources = { "instance_name" },
        fn = function(entity) if entity.instance_name == "b" then return nil, "not b" end return true end } } }`,
    );
    const judged = judgeInstances(watched, watched, deckInstances(named("a"), named("b")));
    expect(judged.map(({ verdict }) => verdict.verdict)).toEqual(["untouched", "already-invalid"]);
  });
});

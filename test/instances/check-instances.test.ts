import { describe, expect, it } from "vitest";
import { checkInstances } from "../../src/instances/check-instances.js";
import type { PluginInstance } from "../../src/instances/instance.js";
import { readInstances } from "../../src/instances/read-instances.js";
import type { PluginSchema } from "../../src/schema/model.js";
import { readSchema } from "../../src/schema/read.js";
import { deckInstances, pluginWith } from "./plugin.js";

/** What becomes of instances of a plugin `p` with these configurations, in the short form. */
function verdicts(old: PluginSchema, now: PluginSchema, instances: readonly PluginInstance[]): unknown {
  return checkInstances(old, now, instances).map(({ verdict, path, freeze }) => [verdict, path, freeze]);
}

function sentences(old: PluginSchema, now: PluginSchema, instances: readonly PluginInstance[]): readonly string[] {
  return checkInstances(old, now, instances).map(({ sentence }) => sentence);
}

const ttl = pluginWith(`{ url = { type = "string" } }, { ttl = { type = "integer" } }`);
const withoutTtl = pluginWith(`{ url = { type = "string" } }`);
const optionalTtl = deckInstances("name: p", "name: p\nconfig: { ttl: 5 }", "name: other\nconfig: { ttl: 5 }");

describe("an instance", () => {
  it("needs nothing where the schemas are the same", () => {
    expect(verdicts(ttl, ttl, optionalTtl)).toEqual([
      ["untouched", "none", "none"],
      ["untouched", "none", "none"],
    ]);
  });

  it("is untouched where it does not use what changed, and must change where it does", () => {
    expect(verdicts(ttl, withoutTtl, optionalTtl)).toEqual([
      ["untouched", "short", "none"],
      ["must-change", "long", "none"],
    ]);
    expect(sentences(ttl, withoutTtl, optionalTtl)).toEqual([
      "line 3, global: It is accepted before and after, with the same values.",
      "line 4, global: Data plane nodes with the new schema refuse it as it is stored: config.ttl: unknown field. Drop config.ttl.",
    ]);
  });

  it("drifts where the handler gets other values, at once or once it is saved again", () => {
    const now = pluginWith(`{ url = { type = "string" } }, { ttl = { type = "integer", default = 60 } }`);
    const old = pluginWith(`{ url = { type = "string" } }, { ttl = { type = "integer", default = 30 } }`);
    expect(checkInstances(old, now, deckInstances("name: p"))).toMatchObject([
      {
        verdict: "drifts",
        path: "short",
        drift: [{ path: ["config", "ttl"], old: 30, new: 60, when: "instance-saved" }],
        sentence:
          "line 3, global: It is accepted before and after, with other values: config.ttl was 30 and is 60 once it is saved again.",
      },
    ]);
    expect(checkInstances(withoutTtl, now, deckInstances("name: p"))).toMatchObject([
      {
        verdict: "drifts",
        freeze: "any-edit",
        drift: [{ path: ["config", "ttl"], old: undefined, new: 60, when: "data-plane-updated" }],
        sentence:
          "line 3, global: It is accepted before and after, with other values: config.ttl is new and 60. Nobody may save it again before every data plane node has the new schema: old ones would refuse everything.",
      },
    ]);
  });

  it("needs a decision where nothing gives a value", () => {
    const now = pluginWith(`{ url = { type = "string" } }, { ttl = { type = "integer", required = true, gt = 0 } }`);
    expect(
      verdicts(ttl, now, deckInstances("name: p", "name: p\nconfig: { ttl: 0 }", "name: p\nconfig: { ttl: 5 }")),
    ).toEqual([
      ["needs-decision", "long", "none"],
      ["needs-decision", "long", "none"],
      ["untouched", "short", "none"],
    ]);
    expect(sentences(ttl, now, deckInstances("name: p", "name: p\nconfig: { ttl: 0 }"))).toEqual([
      "line 3, global: config.ttl needs a value (integer, greater than 0). Decide, and say so with --set PATH=VALUE.",
      "line 4, global: config.ttl is 0, and must be another value (integer, greater than 0): value must be greater than 0. Decide, and say so with --set PATH=VALUE.",
    ]);
  });

  it("cannot be changed before data planes are where the new value is unknown to them", () => {
    const now = pluginWith(`{ url = { type = "string" } }, { key = { type = "string", required = true } }`);
    expect(verdicts(withoutTtl, now, deckInstances("name: p"))).toEqual([["needs-decision", "cp-dp-sync", "none"]]);
  });

  it("that is invalid already is told to be so, with who refuses it", () => {
    const instances = deckInstances("name: p\nconfig: { ttl: x }", "name: p\nconfig: { ttx: 1 }");
    expect(sentences(ttl, withoutTtl, instances)).toEqual([
      "line 3, global: The control plane refuses it already, with the old schema: config.ttl: expected an integer. Correct it before anything else.",
      "line 5, global: The control plane refuses it already, with the old schema: config.ttx: unknown field. Correct it before anything else.",
    ]);
    const answer = JSON.stringify({ name: "p", config: { ttl: "x" } });
    expect(checkInstances(ttl, withoutTtl, readInstances(answer, { format: "admin-api" }))).toMatchObject([
      { verdict: "already-invalid", refusedBy: "old-data-planes" },
    ]);
  });

  it("must be moved where the plugin has another name", () => {
    const now = { ...ttl, name: "q" };
    expect(checkInstances(ttl, now, deckInstances("name: p"))).toMatchObject([
      {
        verdict: "must-change",
        path: "cp-dp-sync",
        errors: { name: "plugin 'p' not enabled; add it to the 'plugins' configuration property" },
      },
    ]);
  });

  it("must be saved again, and nothing more, where only a default of the old schema is in the way", () => {
    const old = pluginWith(`{ url = { type = "string" } }, { ttl = { type = "integer", default = 5 } }`);
    expect(sentences(old, withoutTtl, deckInstances("name: p"))).toEqual([
      "line 3, global: Data plane nodes with the new schema refuse it as it is stored: config.ttl: unknown field. Save it again as it is.",
    ]);
  });

  it("as the control plane stores it is judged as it is stored", () => {
    const answer = JSON.stringify({ data: [{ name: "p", config: { url: null, ttl: null } }] });
    expect(verdicts(ttl, withoutTtl, readInstances(answer, { format: "admin-api" }))).toEqual([
      ["untouched", "short", "none"],
    ]);
  });

  it("hangs on what is not visible only where that decides", () => {
    const opaque = pluginWith(`{ url = { type = "string" } }, { ttl = require("elsewhere").ttl }`);
    const instances = deckInstances("name: p\nconfig: { ttl: 5 }");
    expect(checkInstances(ttl, opaque, instances)).toMatchObject([
      { verdict: "unknown", path: "unknown", missing: ["elsewhere.ttl"] },
    ]);
  });
});

describe("a value from the environment", () => {
  const instance = deckInstances('name: p\nconfig: { url: "${{ env "DECK_URL" }}", ttl: 5 }');

  it("does not matter where its parameter stays as it was", () => {
    expect(verdicts(ttl, withoutTtl, instance)).toEqual([["must-change", "long", "none"]]);
  });

  it("does not matter where its parameter goes", () => {
    expect(verdicts(ttl, pluginWith(`{ ttl = { type = "integer" } }`), instance)).toEqual([
      ["must-change", "long", "none"],
    ]);
  });

  it("does not matter where its parameter takes more than before", () => {
    const old = pluginWith(
      `{ url = { type = "string", len_max = 10, one_of = { "a" } } }, { ttl = { type = "integer" } }`,
    );
    const now = pluginWith(`{ url = { type = "string", one_of = { "a", "b" } } }, { ttl = { type = "number" } }`);
    const number = deckInstances('name: p\nconfig: { url: ${{ env "DECK_URL" }}, ttl: ${{ env "DECK_TTL" | toInt }} }');
    expect(verdicts(old, now, number)).toEqual([["untouched", "short", "none"]]);
  });

  it("matters where its parameter takes less", () => {
    const now = pluginWith(`{ url = { type = "string", len_max = 10 } }, { ttl = { type = "integer" } }`);
    expect(checkInstances(ttl, now, instance)).toMatchObject([
      { verdict: "unknown", path: "unknown", missing: ['${{ env "DECK_URL" }}'] },
    ]);
  });

  it("matters where a new check looks at it, and not where it looks elsewhere", () => {
    const checking = (field: string) =>
      readSchema(
        ttl.source.replace(
          'type = "record",',
          `type = "record", custom_validator = function(config) return config.${field} ~= 7 end,`,
        ),
      );
    expect(verdicts(ttl, checking("url"), instance)).toEqual([["unknown", "unknown", "none"]]);
    expect(verdicts(ttl, checking("ttl"), instance)).toEqual([["untouched", "short", "none"]]);
  });
});

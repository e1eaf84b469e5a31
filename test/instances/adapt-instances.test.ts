import { describe, expect, it } from "vitest";
import { adaptInstances } from "../../src/instances/adapt-instances.js";
import type { InstanceOptions } from "../../src/instances/check-instances.js";
import type { PluginInstance } from "../../src/instances/instance.js";
import { readInstances } from "../../src/instances/read-instances.js";
import { showValuePath } from "../../src/instances/values.js";
import type { PluginSchema } from "../../src/schema/model.js";
import { readSchema } from "../../src/schema/read.js";
import { deckInstances, pluginWith } from "./plugin.js";

/** What each instance becomes: what it needs, its new configuration, what was done. */
function edits(
  old: PluginSchema | string,
  now: PluginSchema | string,
  instances: readonly PluginInstance[],
  options?: InstanceOptions,
): unknown {
  const [before, after] = [old, now].map((side) => (typeof side === "string" ? pluginWith(side) : side));
  if (before === undefined || after === undefined) throw new Error("two schemas");
  return adaptInstances(before, after, instances, options).map(({ need, config, operations }) => [
    need,
    config,
    operations.map(({ action, path }) => `${action} ${showValuePath(path)}`).join(", "),
  ]);
}

function edit(old: string, now: string, config: string, options?: InstanceOptions): unknown {
  const [only] = edits(old, now, deckInstances(`name: p\nconfig: ${config}`), options) as unknown[];
  return only;
}

describe("the smallest edit", () => {
  it("is none where the instance can stay", () => {
    expect(edit(`{ a = { type = "string" } }`, `{ a = { type = "string", len_min = 1 } }`, "{ a: x }")).toEqual([
      "none",
      { a: "x" },
      "",
    ]);
  });

  it("drops what the new schema does not know, wherever it stands", () => {
    const element = (
      fields: string,
    ) => `{ l = { type = "array", elements = { type = "record", fields = { ${fields} } } } },
      { m = { type = "map", keys = { type = "string" }, values = { type = "record", fields = { ${fields} } } } },
      { r = { type = "record", fields = { ${fields} } } }`;
    const [both, one] = [
      element(`{ x = { type = "integer" } }, { z = { type = "integer" } }`),
      element(`{ x = { type = "integer" } }`),
    ];
    expect(edit(both, one, "{ l: [{ x: 1, z: 1 }, { z: 1 }], m: { k: { z: 1 } }, r: { x: 1, z: 1 } }")).toEqual([
      "edit",
      { l: [{ x: 1 }, {}], m: { k: {} }, r: { x: 1 } },
      "drop config.l[1].z, drop config.l[2].z, drop config.m.k.z, drop config.r.z",
    ]);
  });

  it.each([
    ["a number to a text", `"number"`, `"string"`, "1.5", "1.5"],
    ["a switch to a text", `"boolean"`, `"string"`, "true", "true"],
    ["a text to a number", `"string"`, `"integer"`, '"5"', 5],
    ["a text to a switch", `"string"`, `"boolean"`, '"false"', false],
    ["a value to a list", `"string"`, `"array", elements = { type = "string" }`, "x", ["x"]],
    ["a value to a list of another type", `"integer"`, `"set", elements = { type = "string" }`, "5", ["5"]],
    ["a list of one to a value", `"array", elements = { type = "string" }`, `"string"`, "[x]", "x"],
    ["a list of one to a value of another type", `"array", elements = { type = "string" }`, `"integer"`, '["5"]', 5],
  ])("converts %s", (_, old, now, given, becomes) => {
    expect(edit(`{ a = { type = ${old} } }`, `{ a = { type = ${now} } }`, `{ a: ${given} }`)).toEqual([
      "edit",
      { a: becomes },
      "convert config.a",
    ]);
  });

  it.each([
    ["a number that is not whole to an integer", `"number"`, `"integer"`, "1.5"],
    ["a text that is written otherwise than a number", `"string"`, `"integer"`, '"05"'],
    ["a list of two to a value", `"array", elements = { type = "string" }`, `"string"`, "[x, z]"],
    ["a text to a switch", `"string"`, `"boolean"`, '"on"'],
  ])("does not convert %s: it asks", (_, old, now, given) => {
    expect(edit(`{ a = { type = ${old} } }`, `{ a = { type = ${now} } }`, `{ a: ${given} }`)).toEqual([
      "decide",
      expect.anything(),
      "",
    ]);
  });

  it("takes out the nulls of a record that became a map", () => {
    const answer = JSON.stringify({ name: "p", config: { r: { x: 1, z: null } } });
    const old = `{ r = { type = "record", fields = { { x = { type = "integer" } }, { z = { type = "integer" } } } } }`;
    const now = `{ r = { type = "map", keys = { type = "string" }, values = { type = "integer" } } }`;
    expect(edits(old, now, readInstances(answer, { format: "admin-api" }))).toEqual([
      ["edit", { r: { x: 1 } }, "drop config.r.z"],
    ]);
  });

  it("lets the new default come in where null is no longer taken", () => {
    const answer = JSON.stringify({ name: "p", config: { a: null } });
    const now = `{ a = { type = "integer", required = true, default = 5 } }`;
    expect(edits(`{ a = { type = "integer" } }`, now, readInstances(answer, { format: "admin-api" }))).toEqual([
      ["edit", {}, "drop config.a"],
    ]);
  });

  it("says what a shorthand that is gone stood for", () => {
    const fields = `{ host = { type = "string" } }, { port = { type = "integer", default = 80 } }`;
    const old = readSchema(`return { name = "p", fields = { { config = { type = "record", fields = { ${fields} },
      shorthand_fields = { { server = { type = "string", func = function(value) return { host = value, port = 443 } end } } } } } } }`);
    expect(edits(old, fields, deckInstances("name: p\nconfig: { server: x.test }"))).toEqual([
      ["edit", { host: "x.test", port: 443 }, "drop config.server, set config.host, set config.port"],
    ]);
  });

  it("leaves a parameter that became a shorthand as it is", () => {
    const fields = `{ host = { type = "string" } }`;
    const now = readSchema(`return { name = "p", fields = { { config = { type = "record", fields = { ${fields} },
      shorthand_fields = { { server = { type = "string", func = function(value) return { host = value } end } } } } } } }`);
    expect(
      edits(`${fields}, { server = { type = "string" } }`, now, deckInstances("name: p\nconfig: { server: x }")),
    ).toEqual([["none", { server: "x" }, ""]]);
  });

  it("is only to save again where the text does not say what is in the way", () => {
    expect(
      edit(
        `{ a = { type = "integer", default = 1 } }, { b = { type = "string" } }`,
        `{ b = { type = "string" } }`,
        "{ b: x }",
      ),
    ).toEqual(["resave", { b: "x" }, ""]);
  });

  it("gives the new name where the plugin has one", () => {
    const [old, now] = [pluginWith(""), { ...pluginWith(""), name: "q" }];
    expect(adaptInstances(old, now, deckInstances("name: p"))).toMatchObject([
      { need: "edit", name: "q", operations: [{ action: "set", path: ["name"], old: "p", new: "q" }] },
    ]);
  });
});

describe("a declared rename", () => {
  const flat = `{ user = { type = "string" } }, { limits = { type = "map", keys = { type = "string" }, values = { type = "integer" } } }`;
  const deep = `{ auth = { type = "record", fields = { { user = { type = "string" } } } } },
    { limits = { type = "map", keys = { type = "string" }, values = { type = "record", fields = {
      { most = { type = "integer", required = true } }, { window = { type = "string", default = "minute" } } } } } }`;

  it("moves a value to its new place", () => {
    expect(edit(flat, deep, "{ user: ann }", { renames: [{ from: "config.user", to: "config.auth.user" }] })).toEqual([
      "edit",
      { auth: { user: "ann" } },
      "move config.auth.user",
    ]);
  });

  it("moves a value into itself, in every entry of a map", () => {
    const renames = [{ from: "config.limits{}", to: "config.limits{}.most" }];
    expect(edit(flat, deep, "{ limits: { a: 1, b: 2 } }", { renames })).toEqual([
      "edit",
      { limits: { a: { most: 1 }, b: { most: 2 } } },
      "convert config.limits.a, convert config.limits.b",
    ]);
  });

  it("is offered as a question where nobody declared it, and never taken", () => {
    const [first] = adaptInstances(
      pluginWith(flat),
      pluginWith(deep),
      deckInstances("name: p\nconfig: { limits: { a: 1 } }"),
    );
    expect(first).toMatchObject({
      need: "decide",
      decisions: [
        {
          answer: "config.limits",
          error: "expected a record",
          renames: [{ from: "config.limits{}", to: "config.limits{}.most" }],
        },
      ],
    });
    const now = pluginWith(`{ name = { type = "string", required = true } }`);
    const [second] = adaptInstances(pluginWith(flat), now, deckInstances("name: p\nconfig: { user: ann }"));
    expect(second?.decisions).toMatchObject([
      { answer: "config.name", wanted: "string", renames: [{ from: "config.user", to: "config.name" }] },
    ]);
  });
});

describe("an answer", () => {
  const list = (limit: string) =>
    `{ l = { type = "array", elements = { type = "record", fields = { { c = { type = "integer", ${limit} } } } } } }`;

  it("is given to every value that needs it, and to no other", () => {
    const answers = [{ path: "config.l[].c", value: 10 }];
    expect(edit(list(""), list("between = { 1, 10 }"), "{ l: [{ c: 5 }, { c: 50 }, { c: 60 }] }", { answers })).toEqual(
      ["edit", { l: [{ c: 5 }, { c: 10 }, { c: 10 }] }, "set config.l[2].c, set config.l[3].c"],
    );
  });

  it("may be for one place alone", () => {
    const answers = [{ path: "config.l[1].c", value: 10 }];
    expect(edit(list(""), list("between = { 1, 10 }"), "{ l: [{ c: 50 }] }", { answers })).toEqual([
      "edit",
      expect.anything(),
      "set config.l[1].c",
    ]);
    expect(edit(list(""), list("between = { 1, 10 }"), "{ l: [{ c: 5 }, { c: 50 }] }", { answers })).toEqual([
      "decide",
      expect.anything(),
      "",
    ]);
  });

  it("is judged like any other value", () => {
    const answers = [{ path: "config.l[].c", value: 11 }];
    expect(edit(list(""), list("between = { 1, 10 }"), "{ l: [{ c: 50 }] }", { answers })).toEqual([
      "decide",
      expect.anything(),
      "set config.l[1].c",
    ]);
  });

  it.each(["config.l[].d", "config.x", "conf", "config.l[1].c.e", ""])(
    "is refused under the unknown name %j",
    (path) => {
      const answers = [{ path, value: 10 }];
      expect(() => edit(list(""), list("gt = 0"), "{ l: [] }", { answers })).toThrow(
        expect.objectContaining({ code: "answer-does-not-fit" }),
      );
    },
  );

  it("to a check of a record is given only as far as the check needs it", () => {
    const fields = `{ user = { type = "string" } }, { password = { type = "string" } }, { realm = { type = "string" } }`;
    const now = readSchema(`return { name = "p", fields = { { config = { type = "record", fields = { ${fields} },
      entity_checks = { { mutually_required = { "user", "password" } } } } } } }`);
    const answers = [
      { path: "config.realm", value: "r" },
      { path: "config.password", value: "s" },
    ];
    expect(edits(fields, now, deckInstances("name: p\nconfig: { user: ann }"), { answers })).toEqual([
      ["edit", { user: "ann", password: "s" }, "set config.password"],
    ]);
  });
});

describe("a rename", () => {
  it("is refused where it is none between the schemas", () => {
    const renames = [{ from: "config.a", to: "config.z" }];
    expect(() => edit(`{ a = { type = "string" } }`, `{ b = { type = "string" } }`, "{ a: x }", { renames })).toThrow(
      expect.objectContaining({ code: "rename-does-not-fit" }),
    );
  });
});

describe("who takes the edited instance", () => {
  function takers(old: string, now: string, config: string, options?: InstanceOptions): unknown {
    const [only] = adaptInstances(
      pluginWith(old),
      pluginWith(now),
      deckInstances(`name: p\nconfig: ${config}`),
      options,
    );
    return only && [only.newControlPlane, only.newDataPlanes, only.oldDataPlanes, only.bridge];
  }

  it("is everybody where something only goes", () => {
    expect(takers(`{ a = { type = "integer" } }`, "", "{ a: 1 }")).toEqual([
      "accepted",
      "accepted",
      "accepted",
      undefined,
    ]);
  });

  it("is not an old data plane where a new parameter has a value", () => {
    expect(
      takers(`{ a = { type = "integer" } }`, `{ b = { type = "integer", required = true, default = 1 } }`, "{ a: 1 }"),
    ).toEqual(["accepted", "accepted", "refused", undefined]);
  });

  it("can be everybody for a time, with nulls for the new parameters", () => {
    expect(takers(`{ a = { type = "integer" } }`, `{ b = { type = "integer", default = 1 } }`, "{ a: 1 }")).toEqual([
      "accepted",
      "accepted",
      "refused",
      { b: null },
    ]);
  });

  it("is not made everybody by taking away what the owner of the instance has said", () => {
    const renames = [{ from: "config.a", to: "config.b" }];
    expect(
      takers(`{ a = { type = "integer" } }`, `{ b = { type = "integer", default = 1 } }`, "{ a: 1 }", { renames }),
    ).toEqual(["accepted", "accepted", "refused", undefined]);
  });
});

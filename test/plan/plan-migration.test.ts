import { describe, expect, it } from "vitest";
import type { PlanOptions } from "../../src/plan/options.js";
import { planMigration } from "../../src/plan/plan-migration.js";
import { planRemoval } from "../../src/plan/plan-removal.js";
import { stepIds, type MigrationPlan } from "../../src/plan/plan.js";
import { createReport } from "../../src/report.js";
import { showPath } from "../../src/schema/model.js";
import { readSchema } from "../../src/schema/read.js";

function schema(fields: string, { name = "delay" } = {}) {
  return readSchema(
    `return { name = "${name}", fields = { { config = { type = "record", fields = { ${fields} } } } } }`,
  );
}

function plan(oldFields: string, newFields: string, options: PlanOptions = {}): MigrationPlan {
  return planMigration(schema(oldFields), schema(newFields), options);
}

function steps({ steps: all }: MigrationPlan): readonly string[] {
  return all.map(({ id, need }) => (need === "optional" ? `${id}?` : id));
}

const url = `{ url = { type = "string" } }`;
const ttl = `{ ttl = { type = "integer" } }`;

describe("the steps of a plan", () => {
  it("are the four of Kong's page for Short, after a test", () => {
    const short = plan(url, `${url}, ${ttl}`);
    expect([short.situation, short.path, short.officialPath]).toEqual(["update", "short", "short"]);
    expect(steps(short)).toEqual([
      "test-first",
      "open-window",
      "update-control-plane-schema",
      "update-data-plane-schemas",
      "close-window",
    ]);
  });

  it("are the five of Kong's page for Long, after a test", () => {
    const long = plan(`${url}, ${ttl}`, url);
    expect([long.path, long.officialPath]).toEqual(["long", "long"]);
    expect(steps(long)).toEqual([
      "test-first",
      "open-window",
      "update-control-plane-schema",
      "update-instances",
      "update-data-plane-schemas",
      "close-window",
    ]);
  });

  it("leave the edit of instances to what the change is for CP/DP sync", () => {
    const sync = plan(`${url}, { ttl = { type = "integer", required = true } }`, url);
    expect([sync.path, sync.officialPath]).toEqual(["cp-dp-sync", "cp-dp-sync"]);
    expect(steps(sync)).toEqual([
      "test-first",
      "open-window",
      "update-control-plane-schema",
      "update-instances?",
      "update-data-plane-schemas",
      "close-window",
    ]);
  });

  it("touch the data plane nodes only where the schemas say the same", () => {
    const same = plan(url, `{ url = { type = "string" --[[ the same ]] } }`);
    expect([same.situation, same.path, same.officialPath, same.changes]).toEqual(["handler-only", "none", "none", []]);
    expect(steps(same)).toEqual(["test-first", "deploy-plugin-files", "verify"]);
  });

  it("bring a plugin that is new to the control plane and then to the data plane nodes", () => {
    const first = planMigration(undefined, schema(url));
    expect([first.situation, first.path, first.officialPath]).toEqual(["first-upload", "none", "none"]);
    expect(steps(first)).toEqual(["test-first", "upload-schema", "deploy-plugin-files", "verify"]);
  });

  it("put a plugin with a new name beside the old one, and end the old one when its instances have moved", () => {
    const renamed = planMigration(schema(url), schema(url, { name: "delay-v2" }));
    expect([renamed.situation, renamed.path, renamed.officialPath]).toEqual(["new-name", "cp-dp-sync", null]);
    expect(steps(renamed)).toEqual([
      "test-first",
      "upload-schema",
      "deploy-plugin-files",
      "open-window",
      "move-instances",
      "verify",
      "close-window",
      "delete-instances",
      "delete-control-plane-schema",
      "delete-data-plane-files",
    ]);
  });

  it("end a plugin by its instances, its schema and its files, in this order", () => {
    const removal = planRemoval(schema(url));
    expect([removal.situation, removal.path, removal.officialPath]).toEqual(["removal", "long", null]);
    expect(steps(removal)).toEqual(["delete-instances", "delete-control-plane-schema", "delete-data-plane-files"]);
  });

  it("stand in one order in every plan for Konnect in which the name stays", () => {
    const plans = [
      plan(url, `${url}, ${ttl}`),
      plan(ttl, url),
      plan(url, url),
      planMigration(undefined, schema(url)),
      planRemoval(schema(url)),
    ];
    for (const { steps: all } of plans) {
      const places = all.map(({ id }) => stepIds.indexOf(id));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    }
  });
});

describe("what a plan says of instances", () => {
  function edits(oldFields: string, newFields: string) {
    const step = plan(oldFields, newFields).steps.find(({ id }) => id === "update-instances");
    return step?.instanceEdits.map(({ path, action, need, value, sentence }) => ({
      path: showPath(path),
      action,
      need,
      ...(value === undefined ? {} : { value }),
      sentence,
    }));
  }

  it("tells what to drop, to set, to convert and to check", () => {
    expect(
      edits(
        `{ gone = { type = "string" } }, { typed = { type = "string" } }, { req = { type = "string" } }, { def = { type = "integer", default = 5 } }, { tight = { type = "integer" } }`,
        `{ typed = { type = "boolean" } }, { req = { type = "string", required = true } }, { def = { type = "integer", default = 5, required = true } }, { tight = { type = "integer", gt = 0 } },
         { fresh = { type = "string", required = true } }, { free = { type = "string" } }, { r = { type = "record", fields = { { inner = { type = "string", required = true } } } } }`,
      ),
    ).toEqual([
      {
        path: "config.gone",
        action: "drop",
        need: "required",
        sentence:
          "Drop config.gone, also where it is null: the new schema does not know it, and an instance that is saved with it is refused.",
      },
      {
        path: "config.typed",
        action: "convert",
        need: "required",
        sentence:
          "Convert config.typed from string to boolean: a value of the old type is refused under the new schema.",
      },
      {
        path: "config.req",
        action: "set",
        need: "required",
        sentence: "Set config.req where it is null or absent: it is required now and has no default.",
      },
      {
        path: "config.def",
        action: "set",
        need: "required",
        value: 5,
        sentence:
          "Set config.def where it is null, or drop the null so that the default fills in: a null is refused now.",
      },
      {
        path: "config.tight",
        action: "review",
        need: "optional",
        sentence: "Check gt of config.tight in every instance, and edit those whose value does not pass any more.",
      },
      {
        path: "config.fresh",
        action: "set",
        need: "required",
        sentence: "Set config.fresh (string): it is required and has no default.",
      },
      {
        path: "config.r.inner",
        action: "set",
        need: "required",
        sentence: "Set config.r.inner (string): it comes with config.r, is required and has no default.",
      },
    ]);
  });

  it("says what must not be saved before the data plane nodes have the new schema", () => {
    const freeze = (newFields: string) =>
      plan(url, newFields)
        .steps.find(({ id }) => id === "update-control-plane-schema")
        ?.actions.slice(1);
    expect(freeze(`${url}, { ttl = { type = "integer", default = 60 } }`)).toEqual([
      "Save no instance of this plugin until every data plane node has the new schema: a saved instance also gets config.ttl, which a data plane node with the old schema refuses as unknown, and the whole payload with it.",
    ]);
    expect(freeze(`${url}, ${ttl}`)).toEqual([
      "Use nothing that is newly allowed until every data plane node has the new schema: an instance with a new value at config.ttl is refused by data plane nodes with the old schema, and the whole payload with it.",
    ]);
    expect(freeze(`{ url = { type = "string", description = "Where to send them." } }`)).toEqual([]);
  });

  it("warns where the documented path holds less than it promises", () => {
    const ids = (oldFields: string, newFields: string) => plan(oldFields, newFields).findings.map(({ id }) => id);
    const withDefault = `{ ttl = { type = "integer", default = 60 } }`;
    expect(ids(url, `${url}, ${withDefault}`)).toEqual(["saved-instances-carry-new-parameters"]);
    expect(ids(url, withDefault)).toEqual(["edits-carry-new-parameters"]);
    expect(ids(url, `${url}, ${ttl}`)).toEqual([]);
  });

  it("warns where nobody asked Kong's engine", () => {
    const { path, proof, findings } = plan(url, `${url}, { ttl = { type = "integer", required = true } }`, {
      trust: "table",
    });
    expect({ path, proof, findings: findings.map(({ id }) => id) }).toEqual({
      path: "long",
      proof: { path: "unknown", freeze: "none", argument: { by: "not-asked" } },
      findings: ["engine-not-asked", "edits-carry-new-parameters"],
    });
    expect(plan(url, url, { trust: "table" })).toMatchObject({ path: "none", proof: { path: "none" }, findings: [] });
  });
});

describe("an accepted change", () => {
  const accept = [{ kind: "field-removed", path: "config.ttl", reason: "nobody set it" }];

  it("still counts for the path, and no longer for the gate", () => {
    const accepted = plan(`${url}, ${ttl}`, url, { accept });
    expect([accepted.path, accepted.unacceptedPath]).toEqual(["long", "none"]);
    expect(accepted.changes.map((change) => change.accepted)).toEqual([{ reason: "nobody set it" }]);
    expect(accepted.findings).toEqual([]);
  });

  it("is reported where there is none", () => {
    expect(plan(url, url, { accept }).findings).toEqual([
      {
        id: "unused-acceptance",
        severity: "warning",
        message:
          "field-removed:config.ttl is accepted, and there is no such change: take the acceptance away, or correct its kind or path",
      },
    ]);
  });

  it("may be one of a plugin that is named", () => {
    const pathWith = (plugin: string) =>
      plan(`${url}, ${ttl}`, url, { accept: accept.map((one) => ({ ...one, plugin })) }).unacceptedPath;
    expect(["delay", "another"].map(pathWith)).toEqual(["none", "long"]);
  });
});

describe("an accepted removal", () => {
  const removalWith = (plugin: string) =>
    planRemoval(schema(url), undefined, {
      accept: [{ plugin, kind: "plugin-removed", path: "", reason: "nobody has an instance" }],
    });

  it("still takes the same steps, and no longer counts for the gate", () => {
    const { path, unacceptedPath, reason, findings } = removalWith("delay");
    expect({ path, unacceptedPath, reason, findings }).toEqual({
      path: "long",
      unacceptedPath: "none",
      reason:
        "Every instance has to go before the nodes lose the plugin, and each deletion is accepted by all of them. Accepted: nobody has an instance",
      findings: [],
    });
  });

  it("is of the plugin that is named", () => {
    const { unacceptedPath, findings } = removalWith("another");
    expect([unacceptedPath, findings.map(({ message }) => message)]).toEqual([
      "long",
      [
        "another/plugin-removed: is accepted, and there is no such change: take the acceptance away, or correct its plugin, kind or path",
      ],
    ]);
  });
});

describe("the advice on the version", () => {
  function advice(newFields: string, fromVersion?: string, toVersion?: string, trust?: PlanOptions["trust"]) {
    const { level, recommended, agrees } = plan(url, newFields, { fromVersion, toVersion, trust }).version;
    return [level, recommended, agrees];
  }
  const breaking = ttl;
  const addition = `${url}, ${ttl}`;
  const edit = `{ url = { type = "string", description = "Where to send them." } }`;

  it("is major for a path stricter than Short, minor for an addition, else patch", () => {
    expect(advice(breaking, "1.2.3")).toEqual(["major", "2.0.0", null]);
    expect(advice(addition, "1.2.3")).toEqual(["minor", "1.3.0", null]);
    expect(advice(edit, "1.2.3")).toEqual(["patch", "1.2.4", null]);
    expect(advice(url, "1.2.3")).toEqual(["patch", "1.2.4", null]);
    expect(advice(addition)).toEqual(["minor", null, null]);
  });

  it("is the same by Kong's table alone, where the engine agrees with it", () => {
    for (const fields of [breaking, addition, edit, url]) {
      expect(advice(fields, "1.2.3", undefined, "table")).toEqual(advice(fields, "1.2.3"));
    }
  });

  it("agrees with a version that says enough, a pre-release of it included", () => {
    expect(advice(addition, "1.2.3", "1.3.0")).toEqual(["minor", "1.3.0", true]);
    expect(advice(addition, "1.2.3", "2.0.0")).toEqual(["minor", "1.3.0", true]);
    expect(advice(breaking, "1.2.3", "2.0.0-rc.1")).toEqual(["major", "2.0.0", true]);
    expect(advice(breaking, "1.2.3", "1.3.0")).toEqual(["major", "2.0.0", false]);
    expect(advice(edit, "1.2.3", "1.2.3")).toEqual(["patch", "1.2.4", false]);
    expect(advice(edit, "1.2.3", "1.2.2")).toEqual(["patch", "1.2.4", false]);
  });

  it("refuses what is no version", () => {
    expect(() => advice(url, "one")).toThrow(expect.objectContaining({ code: "version-invalid" }));
    expect(() => advice(url, "1.0.0", "1.0")).toThrow(expect.objectContaining({ code: "version-invalid" }));
  });
});

describe("the report", () => {
  it("is plain JSON data that survives being written and read", () => {
    const report = createReport(
      plan(
        `{ a = { type = "string", custom_validator = function() return true end } }, { b = { type = "number", default = 1 } }`,
        `{ a = { type = "string" } }, { b = { type = "number", default = 1 / 0 } }, { c = require("m").c }`,
      ),
    );
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    const digest = /"luaFunction":"([0-9a-f]{64})"/.exec(JSON.stringify(report))?.[1];
    expect(digest).toBeDefined();
    expect(report.plugin).toEqual({ old: "delay", new: "delay" });
    expect(report.changes.map(({ kind, shownPath, old, new: now }) => ({ kind, shownPath, old, now }))).toEqual([
      {
        kind: "custom-validator-removed",
        shownPath: "config.a",
        old: { luaFunction: digest },
        now: undefined,
      },
      { kind: "default-changed", shownPath: "config.b", old: 1, now: "Infinity" },
      { kind: "field-added", shownPath: "config.c", old: undefined, now: { opaque: "m.c" } },
    ]);
  });

  it("writes fields in Kong's own shape", () => {
    const field = `{ r = { type = "record", required = true, fields = { { l = { type = "array", elements = { type = "string", len_min = 2 } } }, { __proto__ = { type = "map", keys = { type = "string" }, values = { type = "integer" } } } }, entity_checks = { { at_least_one_of = { "l" } } } } }`;
    const [change] = createReport(plan("", field)).changes;
    expect(JSON.stringify(change?.new)).toBe(
      `{"type":"record","required":true,"fields":[{"l":{"type":"array","elements":{"type":"string","len_min":2}}},{"__proto__":{"type":"map","keys":{"type":"string"},"values":{"type":"integer"}}}],"entity_checks":[{"at_least_one_of":["l"]}]}`,
    );
  });
});

import { describe, expect, it } from "vitest";
import { planMigration } from "../../src/plan/plan-migration.js";
import type { PlanOptions } from "../../src/plan/options.js";
import { showPath, type PluginSchema } from "../../src/schema/model.js";
import { readSchema } from "../../src/schema/read.js";
import { replay } from "./replay.js";

function schema(fields: string, shorthands = ""): PluginSchema {
  return readSchema(
    `return { name = "example", fields = { { config = { type = "record", fields = { ${fields} }, shorthand_fields = { ${shorthands} } } } } }`,
  );
}

/** What is said of each change and of all together; the witness of all is replayed. */
function told(old: PluginSchema, now: PluginSchema, options: PlanOptions = {}) {
  const plan = planMigration(old, now, options);
  const witness = plan.proof?.witness;
  if (witness !== undefined) expect(replay(witness, old, now)).toEqual(witness);
  return {
    changes: plan.changes.map(({ change, officialPath, provenPath, freeze }) => [
      `${change.kind} ${showPath(change.path)}`,
      officialPath,
      provenPath,
      freeze,
    ]),
    plan: [plan.officialPath, plan.proof?.path, plan.path],
    edits: plan.steps.flatMap(({ instanceEdits }) => instanceEdits.map(({ sentence }) => sentence)),
  };
}

const flat = schema(`{ redis_host = { type = "string" } }, { redis_port = { type = "integer", default = 6379 } }`);
const nested = `{ redis = { type = "record", fields = { { host = { type = "string" } }, { port = { type = "integer", default = 6379 } } } } }`;

const shorthand = (name: string, type: string, target: string) =>
  `{ redis_${name} = { type = "${type}", deprecation = { message = "x", removal_in_version = "4.0", replaced_with = { { path = { "redis", "${target}" } } } }, func = function(value) return { redis = { ${target} = value } } end } }`;

describe("a move that a shorthand carries out", () => {
  it("needs no edit of any instance, and none may be saved before every node has the new schema", () => {
    const now = schema(nested, `${shorthand("host", "string", "host")}, ${shorthand("port", "integer", "port")}`);
    expect(told(flat, now)).toEqual({
      changes: [
        ["field-moved config.redis_host", null, "short", "any-edit"],
        ["field-moved config.redis_port", null, "short", "any-edit"],
        ["field-added config.redis", "short", "short", "any-edit"],
      ],
      plan: ["short", "short", "short"],
      edits: [],
    });
  });

  it("is none backwards: the value has to be moved, which old nodes take as the shorthand", () => {
    const now = schema(nested, `${shorthand("host", "string", "host")}, ${shorthand("port", "integer", "port")}`);
    const { changes, plan } = told(now, flat);
    expect(changes).toEqual([
      ["field-removed config.redis", "long", "long", "none"],
      ["field-moved config.redis_host", "short", "long", "none"],
      ["field-moved config.redis_port", "short", "long", "none"],
    ]);
    expect(plan).toEqual(["long", "long", "long"]);
  });
});

describe("a move that a caller declares", () => {
  const options = { renames: [{ from: "config.host", to: "config.address" }] };
  const old = schema(`{ host = { type = "string" } }`);
  const now = schema(`{ address = { type = "string" } }`);

  function planned(old: PluginSchema, now: PluginSchema) {
    return told(old, now, options).plan;
  }

  it("asks for an edit that takes the value along, which old nodes refuse", () => {
    expect(told(old, now)).toEqual({
      changes: [
        ["field-removed config.host", "long", "long", "none"],
        ["field-added config.address", "short", "short", "new-values"],
      ],
      plan: ["long", "long", "long"],
      edits: [
        "Drop config.host, also where it is null: the new schema does not know it, and an instance that is saved with it is refused.",
      ],
    });
    expect(told(old, now, options)).toEqual({
      changes: [["field-renamed config.host", "long", "cp-dp-sync", "new-values"]],
      plan: ["long", "cp-dp-sync", "cp-dp-sync"],
      edits: [
        "Move the value of config.host to config.address; drop the old name, also where it is null: an instance that is saved with it is refused.",
      ],
    });
  });

  it("shows the value at its new place in the witness", () => {
    const [change] = planMigration(old, now, options).changes;
    const { config, edit, editError } = change?.proof.witness ?? {};
    expect({ config, edit }).toEqual({ config: { host: "x" }, edit: { address: "x" } });
    expect(editError).toContain("in 'address': unknown field");
  });

  it("counts for values that nobody has set, too", () => {
    const preset = schema(`{ host = { type = "string", default = "a" } }`);
    expect(planned(preset, now)).toEqual(["long", "cp-dp-sync", "cp-dp-sync"]);
  });

  it("decides for the whole plan, whatever rules tie to it", () => {
    const check = `entity_checks = { { at_least_one_of = { "ttl", "size" } } }`;
    const tied = (name: string) =>
      readSchema(
        `return { name = "example", fields = { { config = { type = "record", fields = { { ${name} = { type = "string" } }, { ttl = { type = "integer" } }, { size = { type = "integer" } } }, ${check.replace("size", name)} } } } }`,
      );
    expect(planned(tied("host"), tied("address"))).toEqual(["long", "cp-dp-sync", "cp-dp-sync"]);
  });
});

describe("many changes that a rule ties together", () => {
  it("are refused together where one of them is refused alone", () => {
    const names = ["a", "b", "c", "d", "e", "f", "g"];
    const tied = (last: string, most: number) =>
      readSchema(
        `return { name = "example", fields = { { config = { type = "record", fields = { ${names.map((name) => `{ ${name} = { type = "integer", between = { 1, ${most} } } }`).join(", ")}, { z = { type = "${last}" } } }, entity_checks = { { at_least_one_of = { ${[...names, "z"].map((name) => `"${name}"`).join(", ")} } } } } } } }`,
      );
    const plan = planMigration(tied("number", 8), tied("integer", 9));
    expect(plan.changes.find(({ change }) => change.kind === "type-narrowed")?.provenPath).toBe("long");
    expect(plan.proof?.path).toBe("long");
  });

  it("are judged with what a shorthand is turned into, where its function alone says that", () => {
    const old = schema(`{ endpoint = { type = "string", required = true } }`);
    const now = schema(
      `{ traces = { type = "string" } }, { logs = { type = "string" } }`,
      `{ endpoint = { type = "string", func = function(value) return { traces = value } end } }`,
    );
    expect(told(old, now).changes).toEqual([
      ["field-became-shorthand config.endpoint", null, "short", "any-edit"],
      ["field-added config.traces", "short", "short", "new-values"],
      ["field-added config.logs", "short", "short", "new-values"],
    ]);
  });
});

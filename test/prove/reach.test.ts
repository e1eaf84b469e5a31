import { describe, expect, it } from "vitest";
import { diffSchemas } from "../../src/diff/diff-schemas.js";
import type { Proof } from "../../src/prove/proof.js";
import { proveChanges } from "../../src/prove/prove.js";
import { readSchema } from "../../src/schema/read.js";

/** A plugin with these parameters, and what stands beside them in `config` and in the plugin. */
function schemaOf(fields: string, { local = "", inConfig = "", beside = "" } = {}) {
  return readSchema(`
    local typedefs = require "kong.db.schema.typedefs"
    ${local}
    return { name = "p", fields = { { config = { type = "record", fields = { ${fields} }, ${inConfig} } } }, ${beside} }`);
}

function proofOf(old: ReturnType<typeof schemaOf>, now: ReturnType<typeof schemaOf>): Proof {
  return proveChanges(old, now, diffSchemas(old, now)).together;
}

const count = "{ count = { type = 'integer' } },";
const positive = "{ count = { type = 'integer', gt = 0 } },";

describe("The search for an instance that is refused", () => {
  it("gives lists what their elements accept, where a rule asks for one of them", () => {
    const lists = `{ allow = { type = "array", elements = typedefs.ip_or_cidr } }, { deny = { type = "array", elements = typedefs.ip_or_cidr } },`;
    const rule = { beside: `entity_checks = { { at_least_one_of = { "config.allow", "config.deny" } } }` };
    const { path, witness } = proofOf(schemaOf(lists + count, rule), schemaOf(lists + positive, rule));
    expect([path, witness?.config]).toEqual(["long", { allow: ["10.0.0.1"], count: 0 }]);
  });

  it("gives one value after the other until a function of the schema is content", () => {
    const model = `{ model = { type = "record", fields = { { name = { type = "string" } }, { size = { type = "integer" } } } } },
      { auth = { type = "record", fields = { { header = { type = "string" } }, { value = { type = "string" } } } } },`;
    const inConfig = `entity_checks = {
      { custom_entity_check = { field_sources = { "model" }, fn = function(e)
        if e.model.name == ngx.null then return nil, "name the model" end
        return true
      end } },
      { custom_entity_check = { field_sources = { "auth" }, fn = function(e)
        if e.auth.header == ngx.null or e.auth.value == ngx.null then return nil, "authorise" end
        return true
      end } } }`;
    const size = (limit: string) => model.replace('type = "integer"', `type = "integer"${limit}`);
    const { path, witness } = proofOf(schemaOf(size(""), { inConfig }), schemaOf(size(", gt = 0"), { inConfig }));
    expect([path, witness?.config]).toEqual([
      "long",
      { auth: { header: "x", value: "x" }, model: { name: "x", size: 0 } },
    ]);
  });

  const local = `local openssl = require "resty.openssl.x509"`;
  const hidden = `custom_validator = function(v) return openssl.new(v) end`;

  it("leaves out what both versions judge alike and nobody can judge here, and says so", () => {
    const cert = `{ cert = { type = "string", required = true, ${hidden} } },`;
    const tied = { local, inConfig: `entity_checks = { { at_least_one_of = { "cert", "count" } } }` };
    expect(proofOf(schemaOf(cert + count, tied), schemaOf(cert + positive, tied))).toMatchObject({
      path: "long",
      assumes: ["resty.openssl.x509"],
      witness: { isPartial: true, config: { cert: "x", count: 0 } },
    });
  });

  it("leaves out nothing that a change touches", () => {
    const cert = (limit: string) => `{ cert = { type = "string", required = true, ${limit} ${hidden} } },`;
    const { path, argument } = proofOf(schemaOf(cert(""), { local }), schemaOf(cert("len_max = 4096,"), { local }));
    expect([path, argument]).toEqual(["unknown", { by: "nothing", missing: ["resty.openssl.x509"] }]);
  });

  it("leaves out no function around a change", () => {
    const inside = (fields: string) => `{ inner = { type = "record", ${hidden}, fields = { ${fields} } } },`;
    const { path } = proofOf(schemaOf(inside(count), { local }), schemaOf(inside(positive), { local }));
    expect(path).toBe("unknown");
  });

  const wideFields = Array.from({ length: 200 }, (_, index) => `{ f${index} = { type = "integer" } },`).join("");
  it.each([
    ["all parameters that it is about", `names[i] .. " must be less than " .. names[j]`],
    ["one of them", `names[j] .. " is too small"`],
    ["none of them", `"out of order"`],
  ])("leaves out of a wide instance what a function does not ask for, whose message names %s", (_, message) => {
    const ascending = (operator: string) => `
      local names = { "f17", "f83", "f150" }
      local function ascending(config)
        for i = 1, #names do
          for j = i + 1, #names do
            local before, after = config[names[i]], config[names[j]]
            if before ~= ngx.null and after ~= ngx.null and before ${operator} after then return nil, ${message} end
          end
        end
        return true
      end
      ${"\n".repeat(40)}`;
    const inConfig = "custom_validator = ascending";
    const { path, witness } = proofOf(
      schemaOf(wideFields, { local: ascending(">"), inConfig }),
      schemaOf(wideFields, { local: ascending(">="), inConfig }),
    );
    expect([path, Object.keys(witness?.config ?? {}).length]).toEqual(["long", 2]);
  });
});

describe("A change of what is asked of a value", () => {
  it.each([
    ["a function", `type = "string", custom_validator = function(v) return v == "strict" end`, "len_max = 3"],
    [
      "two patterns",
      `type = "string", match_all = { { pattern = "^a.-z$", err = "x" }, { pattern = "%d%d%d", err = "y" } }`,
      "len_max = 4",
    ],
    [
      "two bans",
      `type = "string", match_none = { { pattern = "%l", err = "x" }, { pattern = "%d", err = "y" } }`,
      "len_max = 2",
    ],
    [
      "a function of numbers",
      `type = "integer", custom_validator = function(v) return v % 7 == 0 and v > 100 end`,
      "between = { 0, 100 }",
    ],
    [
      "a function of elements",
      `type = "set", elements = { type = "string", custom_validator = function(v) return v:match("^/%a+/%d+$") ~= nil end }`,
      "len_max = 1",
    ],
  ])("is not called safe where no value was found that the old schema accepts, because of %s", (_, asked, more) => {
    const field = (attributes: string) => `{ a = { ${attributes} } },`;
    const { path, argument } = proofOf(schemaOf(field(asked)), schemaOf(field(`${asked}, ${more}`)));
    expect([path, argument]).toEqual([
      "unknown",
      { by: "nothing", missing: ["which values of config.a the old schema accepts, of which none was found"] },
    ]);
  });
});

describe("The witnesses of a very wide schema with very many changes", () => {
  it("are shown without the rest of the instance", () => {
    const wide = (type: string) =>
      schemaOf(Array.from({ length: 800 }, (_, index) => `{ f${index} = { type = "${type}" } },`).join("\n"));
    const { path, witness } = proofOf(wide("number"), wide("boolean"));
    expect([path, witness]).toMatchObject(["long", { isPartial: true, config: { f0: 1 }, stored: { f0: 1 } }]);
  });
});

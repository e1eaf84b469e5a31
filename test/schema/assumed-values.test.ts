import { describe, expect, it } from "vitest";
import { receiveInstance, storeInstance } from "../../src/schema/nodes.js";
import { readSchema } from "../../src/schema/read.js";

const password = '${{ env "DECK_PASSWORD" }}';
const limit = '${{ env "DECK_LIMIT" | toInt }}';
const assumed = new Set([password, limit]);

function schemaOf(fields: string, rest = ""): ReturnType<typeof readSchema> {
  return readSchema(`
    local function any_over(config)
      for _, name in ipairs({ "low", "high" }) do
        if type(config[name]) == "number" and config[name] > 100 then return nil, name .. " is too high" end
      end
      return true
    end
    local function walks(config)
      local count = 0
      for _ in pairs(config) do count = count + 1 end
      return count < 10
    end
    return { name = "p", fields = { { config = { type = "record", fields = { ${fields} }, ${rest} } } } }
  `);
}

const fields = `
  { low = { type = "integer", gt = 0 } }, { high = { type = "integer" } },
  { user = { type = "string" } }, { password = { type = "string", len_min = 8 } }`;

describe("a value that is not known", () => {
  it("fits its field, and is stored as it was given", () => {
    const stored = storeInstance(schemaOf(fields), { config: { low: 1, password }, assumed });
    expect(stored).toMatchObject({ ok: true, stored: { config: { low: 1, high: null, user: null, password } } });
  });

  it("goes on to the data plane and its handler", () => {
    const received = receiveInstance(schemaOf(fields), {
      config: { low: 1, high: null, user: null, password },
      assumed,
    });
    expect(received).toMatchObject({ ok: true, runtime: { low: 1, password } });
  });

  it("does not hide what is wrong elsewhere", () => {
    const refused = storeInstance(schemaOf(fields), { config: { low: 0, password }, assumed });
    expect(refused).toEqual({
      verdict: "refused",
      ok: false,
      errors: { config: { low: "value must be greater than 0" } },
    });
  });

  it("does not matter to a function that does not look at it", () => {
    const schema = schemaOf(fields, "custom_validator = any_over");
    expect(storeInstance(schema, { config: { low: 1, password }, assumed }).verdict).toBe("accepted");
    expect(storeInstance(schema, { config: { low: 101, password }, assumed })).toMatchObject({
      errors: { config: "low is too high" },
    });
  });

  it.each([
    ["looks at it", "any_over", { high: limit }],
    ["goes over the whole table", "walks", { low: 1, password }],
    ["compares it", 'function(config) return config.password ~= "secret" end', { password }],
    ["indexes with it", "function(config) return ({ a = true })[config.password] end", { password }],
    ["only asks whether it is there", "function(config) return config.password ~= nil end", { password }],
    ["encodes it", 'function(config) return require("cjson").encode(config) ~= "" end', { password }],
    ["reads it raw", 'function(config) return rawget(config, "password") end', { password }],
    ["catches errors", "function(config) return pcall(function() return config.password .. '' end) end", { password }],
  ])("makes the verdict unknown where a function %s", (_, validator, config) => {
    const schema = schemaOf(fields, `custom_validator = ${validator}`);
    const [value] = Object.values(config).filter((item) => typeof item === "string");
    expect(storeInstance(schema, { config, assumed })).toEqual({ verdict: "unknown", ok: false, missing: [value] });
  });

  it("is set, as far as checks ask for that", () => {
    const schema = schemaOf(
      fields,
      `entity_checks = {
        { at_least_one_of = { "user", "password" } },
        { mutually_required = { "low", "password" } },
        { conditional = { if_field = "low", if_match = { gt = 5 }, then_field = "password", then_match = { required = true } } },
      }`,
    );
    expect(storeInstance(schema, { config: { low: 6, password }, assumed }).verdict).toBe("accepted");
    expect(storeInstance(schema, { config: { password }, assumed }).verdict).toBe("refused");
  });

  it("makes the verdict unknown where a check compares it", () => {
    const schema = schemaOf(
      fields,
      `entity_checks = { { conditional = { if_field = "low", if_match = { eq = 5 }, then_field = "user", then_match = { required = true } } } }`,
    );
    expect(storeInstance(schema, { config: { low: limit }, assumed })).toMatchObject({
      verdict: "unknown",
      missing: [limit],
    });
  });

  it("can be one of a list, with which the list as a whole is judged", () => {
    const schema = schemaOf(`{ hosts = { type = "array", len_max = 2, elements = { type = "string" } } }`);
    const judge = (...hosts: string[]) => storeInstance(schema, { config: { hosts }, assumed }).verdict;
    expect([judge("a", password), judge("a", password, "b")]).toEqual(["accepted", "refused"]);
  });

  it("makes the verdict unknown where a shorthand is turned into real fields", () => {
    const schema = readSchema(`return { name = "p", fields = { { config = { type = "record",
      fields = { { a = { type = "string" } }, { b = { type = "string" } } },
      shorthand_fields = { { c = { type = "string", func = function(value) return { a = value } end } } } } } } }`);
    expect(storeInstance(schema, { config: { c: password }, assumed })).toEqual({
      verdict: "unknown",
      ok: false,
      missing: [password],
    });
  });
});

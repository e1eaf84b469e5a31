import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillConfig } from "../../src/schema/fill-config.js";
import { formatErrors } from "../../src/schema/format-errors.js";
import { validateConfig } from "../../src/schema/validate-config.js";
import { configSchema } from "./config-schema.js";

/** The Lua text of a field of any type, three levels deep. */
const field: fc.Arbitrary<string> = fc.letrec<{ field: string }>((tie) => ({
  field: fc.oneof(
    { maxDepth: 3, depthIdentifier: "field" },
    fc.constantFrom(
      `type = "string"`,
      `type = "string", default = "d"`,
      `type = "string", required = true, default = "d"`,
      `type = "string", required = true`,
      `type = "integer", between = { 0, 9 }`,
      `type = "number", default = 0.5`,
      `type = "boolean", default = false`,
    ),
    tie("field").map((inner) => `type = "array", elements = { ${inner} }`),
    tie("field").map((inner) => `type = "set", elements = { ${inner} }, default = {}`),
    tie("field").map((inner) => `type = "map", keys = { type = "string" }, values = { ${inner} }`),
    fc
      .tuple(fc.constantFrom("", "required = true,", "required = false,"), fc.array(tie("field"), { maxLength: 3 }))
      .map(([required, inner]) => `type = "record", ${required} fields = { ${list(inner)} }`),
  ),
})).field;

function list(fields: readonly string[]): string {
  return fields.map((inner, at) => `{ ${"abc"[at] ?? "x"} = { ${inner} } }`).join(", ");
}

const schema = fc.array(field, { maxLength: 3 }).map((fields) => configSchema(list(fields)));

/** JSON whose keys are often those of the fields. */
const config = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, "", "d", 3, 0.5, "{vault://env/x}"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c", "x", "__proto__", "constructor"), tie("value"), { maxKeys: 3 }),
  ),
})).value;

const roles = fc.constantFrom("control_plane" as const, "data_plane" as const);

describe("Judging any configuration by any schema", () => {
  it("throws nothing, gives plain data, and can be put into words", () => {
    fc.assert(
      fc.property(schema, fc.oneof(config, fc.jsonValue()), roles, (any, given, role) => {
        const result = validateConfig(any, given, { role });
        expect(structuredClone(result)).toEqual(result);
        if (result.verdict !== "refused") return;
        expect(formatErrors(result.errors, "admin-api")).not.toBe("");
        expect(formatErrors(result.errors, "data-plane-log")).toContain("unable to update running config: ");
      }),
    );
  });

  it("leaves what it is given as it was, and answers the same again", () => {
    fc.assert(
      fc.property(schema, config, roles, (any, given, role) => {
        const before = JSON.stringify(given);
        const first = validateConfig(any, given, { role });
        expect(validateConfig(any, given, { role })).toEqual(first);
        expect(JSON.stringify(given)).toBe(before);
      }),
    );
  });

  it("accepts on a data plane what a control plane with the same schema has stored", () => {
    fc.assert(
      fc.property(schema, config, (any, given) => {
        const stored = validateConfig(any, given, { role: "control_plane" });
        fc.pre(stored.ok);
        expect(validateConfig(any, stored.config, { role: "data_plane" })).toMatchObject({ verdict: "accepted" });
      }),
    );
  });

  it("finds nothing more to fill in after a second time", () => {
    fc.assert(
      fc.property(schema, config, (any, given) => {
        const stored = validateConfig(any, given, { role: "control_plane" });
        fc.pre(stored.ok);
        const insert = { role: "control_plane", context: "insert" } as const;
        // the default of an optional record is filled in only when it is stored again
        const again = fillConfig(any, stored.config, insert);
        expect(fillConfig(any, again, insert)).toEqual(again);
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffSchemas } from "../../src/diff/diff-schemas.js";
import { proveChanges } from "../../src/prove/prove.js";
import { readSchema } from "../../src/schema/read.js";
import type { PluginSchema } from "../../src/schema/model.js";
import { validateConfig } from "../../src/schema/validate-config.js";

/** The Lua text of a field; lists, maps and records hold others. */
const field: fc.Arbitrary<string> = fc.letrec<{ field: string }>((tie) => ({
  field: fc.oneof(
    { maxDepth: 2, depthIdentifier: "field" },
    fc
      .tuple(
        fc.constantFrom(
          `type = "string"`,
          `type = "string", len_min = 0`,
          `type = "string", len_max = 1`,
          `type = "string", one_of = { "x", "y" }`,
          `type = "string", one_of = { "x" }`,
          `type = "integer"`,
          `type = "number"`,
          `type = "integer", between = { 0, 3 }`,
          `type = "number", gt = 0`,
          `type = "boolean"`,
        ),
        fc.constantFrom("", "", ", required = true"),
      )
      .map((parts) => parts.join("")),
    fc.constantFrom(
      `type = "string", default = "x"`,
      `type = "string", required = true, default = "y"`,
      `type = "integer", default = 3`,
      `type = "boolean", required = true, default = false`,
    ),
    fc
      .tuple(fc.constantFrom("array", "set"), tie("field"), fc.constantFrom("", ", len_min = 1"))
      .map(([type, inner, rule]) => `type = "${type}", elements = { ${inner} }${rule}`),
    tie("field").map((inner) => `type = "map", keys = { type = "string" }, values = { ${inner} }`),
    fc
      .tuple(fc.constantFrom("", "required = true,", "required = false,"), fc.array(tie("field"), { maxLength: 2 }))
      .map(([required, inner]) => `type = "record", ${required} fields = { ${listed(inner)} }`),
  ),
})).field;

const names = ["a", "b", "c"] as const;

function listed(fields: readonly (string | undefined)[]): string {
  return fields
    .flatMap((inner, at) => (inner === undefined ? [] : `{ ${names[at] ?? "z"} = { ${inner} } }`))
    .join(", ");
}

const rule = fc.constantFrom(
  "",
  `{ at_least_one_of = { "a", "b" } }`,
  `{ mutually_required = { "a", "b" } }`,
  `{ mutually_exclusive = { "a", "b" } }`,
  `{ only_one_of = { "a", "b" } }`,
  `{ conditional = { if_field = "a", if_match = { eq = "x" }, then_field = "b", then_match = { required = true } } }`,
);

/** Two versions that share most of their fields. */
const pair = fc
  .record({
    fields: fc.tuple(field, field, field),
    edits: fc.array(fc.tuple(fc.nat(2), fc.option(field, { nil: undefined })), { minLength: 1, maxLength: 2 }),
    rules: fc.tuple(rule, rule),
    sharesRule: fc.boolean(),
    isForth: fc.boolean(),
  })
  .map(({ fields, edits, rules: [first, second], sharesRule, isForth }) => {
    const edited: (string | undefined)[] = [...fields];
    for (const [at, now] of edits) edited[at] = now;
    const sources = [sourceOf(fields, first), sourceOf(edited, sharesRule ? first : second)];
    return isForth ? sources : sources.reverse();
  });

function sourceOf(fields: readonly (string | undefined)[], check: string): string {
  const here = names.filter((_, at) => fields[at] !== undefined);
  const isMeant = [...check.matchAll(/"([ab])"/g)].every(([, name]) => here.some((known) => known === name));
  const checks = check === "" || !isMeant ? "" : `, entity_checks = { ${check} }`;
  return `return { name = "p", fields = { { config = { type = "record", fields = { ${listed(fields)} }${checks} } } } }`;
}

const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, false, "", "x", "y", "xx", 0, 1, 3, 4, -1, 0.5),
    fc.array(tie("value"), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom(...names), tie("value"), { maxKeys: 2 }),
  ),
})).value;

const configs = fc.array(fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3 }), {
  minLength: 40,
  maxLength: 40,
});

function read(source: string | undefined): PluginSchema | undefined {
  try {
    return readSchema(source ?? "");
  } catch {
    return undefined; // Kong refuses some rules over some fields.
  }
}

describe("What is called safe", () => {
  it("is: no configuration that can be stored is refused, and none that a freeze does not speak of", () => {
    fc.assert(
      fc.property(pair, configs, ([oldSource, newSource], given) => {
        const [old, now] = [read(oldSource), read(newSource)];
        fc.pre(old !== undefined && now !== undefined);
        const { path, freeze } = proveChanges(old, now, diffSchemas(old, now)).together;
        for (const config of given) {
          const stored = validateConfig(old, config, { role: "control_plane" });
          const stays = stored.ok && validateConfig(now, stored.config, { role: "data_plane" }).ok;
          if (stored.ok && !stays) expect(["long", "cp-dp-sync"]).toContain(path);
          const saved = validateConfig(now, config, { role: "control_plane" });
          if (!saved.ok || validateConfig(old, saved.config, { role: "data_plane" }).ok) continue;
          if (path === "short" || path === "none")
            expect(stays ? ["any-edit"] : ["any-edit", "new-values"]).toContain(freeze);
        }
      }),
      { numRuns: 120, seed: 1 },
    );
  });
});

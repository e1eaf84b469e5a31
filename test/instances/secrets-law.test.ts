import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Rename } from "../../src/changes/rename.js";
import { judgeInstances } from "../../src/instances/check-instances.js";
import { readInstances } from "../../src/instances/read-instances.js";
import { rewriteInstances } from "../../src/instances/rewrite/rewrite-instances.js";
import { planMigration } from "../../src/plan/plan-migration.js";
import type { MigrationPlan } from "../../src/plan/plan.js";
import { renderOpenInstances } from "../../src/render/instances.js";
import { render, renderRollout } from "../../src/render/render.js";
import { renderSyncCheck } from "../../src/render/sync-check.js";
import { createReport } from "../../src/report.js";
import type { PluginSchema } from "../../src/schema/model.js";
import { checkSync } from "../../src/simulate/check-sync.js";
import { reportInstances } from "../../src/simulate/instance-report.js";
import { deckFile, pluginWith } from "./plugin.js";

/** Stands in every secret, and nowhere else. */
const marker = "SeCrEt";

const text = (attributes = "") => `{ type = "string", ${attributes} }`;
const encrypted = text("encrypted = true");
const list = (elements: string) => `{ type = "array", elements = ${elements} }`;
const map = (keys: string, values: string, attributes = "") =>
  `{ type = "map", keys = ${keys}, values = ${values}, ${attributes} }`;
const record = (fields: string, attributes = "") => `{ type = "record", fields = { ${fields} }, ${attributes} }`;
const integer = `{ type = "integer" }`;

/** A secret of every shape. */
const secretFields: Readonly<Record<string, string>> = {
  mode: text(),
  password: encrypted,
  headers: map(text(), encrypted),
  sealed: map(text(), text(), "encrypted = true"),
  names: map(encrypted, integer),
  tokens: list(text("referenceable = true")),
  auth: record(`{ token = ${encrypted} }, { user = ${text()} }`),
  keys: list(record(`{ key = ${encrypted} }, { id = ${text()} }`)),
};

/** They take their value to `config.auth.token`, and are not marked themselves; only one says so. */
const shorthands = `{ named = { type = "string", deprecation = { message = "m", removal_in_version = "4.0", replaced_with = { { path = { "auth", "token" } } } }, func = function(value) return { auth = { token = value } } end } }, { short = { type = "string", func = function(value) return { auth = { token = value } } end } }`;

function schemaWith(others: Readonly<Record<string, string | undefined>> = {}, attributes = "") {
  const fields = Object.entries({ ...secretFields, ...others });
  const written = fields.map(([name, field]) => (field === undefined ? "" : `{ ${name} = ${field} },`)).join(" ");
  return pluginWith(`${written} }, shorthand_fields = { ${shorthands} }, ${attributes} entity_checks = {`);
}

const quoting = `custom_validator = function(value) return nil, "not good: " .. tostring(value) end`;
const quotingInside = `custom_validator = function(value) return nil, "nor is <" .. tostring(value.password or value.token) .. ">" end,`;

const old = schemaWith();
const versions = {
  "the same": old,
  removed: schemaWith({
    ...{ password: undefined, headers: undefined, tokens: undefined, keys: undefined, sealed: undefined },
    ...{ names: undefined, auth: record(`{ user = ${text()} }, { token = ${text()} }`) },
  }),
  "of another type": schemaWith({
    password: `{ type = "integer", encrypted = true }`,
    headers: map(text(), `{ type = "integer", encrypted = true }`),
    tokens: text(),
    keys: list(text()),
    sealed: record(`{ a = ${text()} }`),
    names: list(text()),
  }),
  tightened: schemaWith({
    password: text(`encrypted = true, match = "^x"`),
    headers: map(text(), text(`encrypted = true, match = "^x"`)),
    sealed: map(text(), text(`match = "^x"`), "encrypted = true"),
    names: map(text(`encrypted = true, match = "^x"`), integer),
    tokens: list(text(`referenceable = true, match = "^x"`)),
    auth: record(`{ token = ${text(`encrypted = true, match = "^x"`)} }, { user = ${text()} }`),
    keys: list(record(`{ key = ${text(`match = "^x"`)} }`)),
  }),
  "quoted by its validator": schemaWith({
    password: text(`encrypted = true, ${quoting}`),
    tokens: list(text(quoting)),
  }),
  "quoted by its record's": schemaWith({ auth: record(`{ token = ${encrypted} }`, quotingInside) }),
  "quoted by the configuration's": schemaWith({}, quotingInside),
  "with another default": schemaWith({
    password: text(`encrypted = true, default = "other"`),
    auth: record(`{ token = ${text(`encrypted = true, default = "other"`)} }, { more = ${text("required = true")} }`),
  }),
  "no secret any more": schemaWith({
    password: text(`match = "^x"`),
    tokens: list(text(`len_max = 2`)),
    headers: map(text(), text(`len_max = 2`)),
  }),
  moved: schemaWith({ password: undefined, phrase: text(`match = "^x"`) }),
};

const renames = [{ from: "config.password", to: "config.phrase" }];

const ways = [
  { hosting: "konnect" },
  { hosting: "self-managed-hybrid" },
  { hosting: "traditional" },
  { strategy: "side-by-side" },
] as const;

interface Case {
  readonly plan: MigrationPlan;
  readonly now: PluginSchema;
  readonly renames: readonly Rename[];
}

/** A plan says nothing of values, so that each can be made once. */
const cases = new Map<string, Case>(
  Object.entries(versions).flatMap(([what, now]) =>
    ways.map((way) => {
      const declared = what === "moved" ? renames : [];
      const plan = planMigration(old, now, { ...way, trust: "table", renames: declared });
      return [`${what}, ${Object.values(way).join()}`, { plan, now, renames: declared }] as const;
    }),
  ),
);

function caseOf(name: string) {
  const found = cases.get(name);
  if (found === undefined) throw new RangeError(name);
  return found;
}

const formats = ["text", "markdown", "json", "github"] as const;
const names = fc.constantFrom(...cases.keys());

const secret = fc
  .tuple(fc.string({ unit: "binary-ascii", maxLength: 5 }), fc.string({ unit: "grapheme", maxLength: 5 }))
  .map(([before, after]) => `${before}${marker}${after}`);
const shapes = fc.oneof(
  { weight: 4, arbitrary: secret },
  fc.array(fc.oneof(secret, fc.array(secret)), { maxLength: 2 }),
  fc.dictionary(fc.constantFrom("a", "b"), secret),
);
const config = fc.record(
  {
    mode: fc.constantFrom("m", "n"),
    password: shapes,
    headers: fc.oneof(fc.dictionary(fc.constantFrom("h", "i"), secret), shapes),
    sealed: fc.oneof(fc.dictionary(secret, secret), shapes),
    names: fc.oneof(fc.dictionary(secret, fc.integer({ min: 1, max: 9 })), fc.array(secret), secret),
    tokens: fc.oneof(fc.array(fc.oneof(secret, fc.constant("{vault://env/token}"))), shapes),
    auth: fc.oneof(
      fc.record({ token: shapes, user: fc.constant("u") }, { requiredKeys: [] }),
      fc.array(secret),
      secret,
    ),
    keys: fc.array(fc.record({ key: shapes, id: fc.constant("k") }, { requiredKeys: [] }), { maxLength: 3 }),
    short: secret,
    named: secret,
  },
  { requiredKeys: [] },
);
const deck = fc
  .array(config, { minLength: 1, maxLength: 3 })
  .map((configs) => deckFile(...configs.map((one) => `name: p\nconfig: ${JSON.stringify(one)}`)));

function linesWith(part: string, output: string): readonly string[] {
  return output.split("\n").filter((line) => line.includes(part));
}

describe("what instances hold in secret fields", () => {
  it("is in no report of them, in any format", () => {
    fc.assert(
      fc.property(deck, names, (file, name) => {
        const { plan, renames: declared } = caseOf(name);
        const instances = readInstances(file, { format: "deck" });
        const report = createReport(plan, reportInstances(plan, instances, { renames: declared }));
        const printed = formats.flatMap((format) => [render(report, format), renderRollout(report, format)]);
        expect(linesWith(marker, printed.join("\n"))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("is in nothing that is said of a push, or of what is not edited", () => {
    fc.assert(
      fc.property(deck, names, (file, name) => {
        const { now, renames: declared } = caseOf(name);
        const instances = readInstances(file, { format: "deck" });
        const checks = [checkSync(old, now, instances), checkSync(now, old, instances)];
        const open = renderOpenInstances(judgeInstances(old, now, instances, { renames: declared }), old, now);
        const pushed = checks.flatMap((check) => [renderSyncCheck(check, "text"), renderSyncCheck(check, "json")]);
        expect(linesWith(marker, [...open, ...pushed].join("\n"))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it("is in the rewritten file as it was", () => {
    fc.assert(
      fc.property(deck, names, (file, name) => {
        const { now, renames: declared } = caseOf(name);
        const instances = readInstances(file, { format: "deck" });
        const judged = judgeInstances(old, now, instances, { renames: declared });
        const [rewritten] = rewriteInstances(
          [{ text: file }],
          judged.map(({ edit }) => edit),
        );
        const after = readInstances(rewritten?.text ?? "", { format: "deck" });
        const wanted = judged.map(({ edit }) => (edit.need === "edit" ? edit.config : edit.instance.config));
        expect(after.map((instance) => instance.config)).toEqual(wanted);
      }),
      { numRuns: 100 },
    );
  });
});

import { describe, expect, it } from "vitest";
import { schemaOf } from "../../src/lint/example.js";
import type { LintAcceptance, LintFinding } from "../../src/lint/finding.js";
import { lintPlugin, lintPlugins, type LintOptions } from "../../src/lint/lint-plugin.js";

const brief = ({ id, position, accepted }: LintFinding) => ({ id, line: position?.line, reason: accepted?.reason });
const lint = (before: string, options: Partial<LintOptions> = {}) =>
  lintPlugin({ files: { "schema.lua": schemaOf(`{ ttl = { type = "integer" } }`, { before }) }, ...options }).map(
    brief,
  );

const accept = "-- kong-schema-advisor: accept";
const finding = (line: number, reason?: string) => ({ id: "require-in-schema", line, reason });

describe("an acceptance in a comment", () => {
  it.each([
    [
      "on the line itself",
      `local a = require "a" ${accept} require-in-schema because it is a stub`,
      [finding(1, "it is a stub")],
    ],
    [
      "on the line above",
      `${accept} require-in-schema because it is a stub\nlocal a = require "a"`,
      [finding(2, "it is a stub")],
    ],
    [
      "above other comments and empty lines",
      `${accept} require-in-schema because it is a stub\n\n-- the stub\nlocal a = require "a"`,
      [finding(4, "it is a stub")],
    ],
    [
      "over several lines",
      `--[[ kong-schema-advisor: accept require-in-schema because\n  it is a stub\n]]\nlocal a = require "a"`,
      [finding(4, "it is a stub")],
    ],
  ])("holds %s", (_, before, expected) => {
    expect(lint(`${before}\n`)).toEqual(expected);
  });

  it.each([
    [
      "for a later line",
      `${accept} require-in-schema because x\nlocal a = 1\nlocal b = require "b"`,
      [{ id: "unused-acceptance", line: 1, reason: undefined }, finding(3)],
    ],
    [
      "for the next line where code stands beside it",
      `local a = 1 ${accept} require-in-schema because x\nlocal b = require "b"`,
      [{ id: "unused-acceptance", line: 1, reason: undefined }, finding(2)],
    ],
    [
      "for another rule",
      `local a = require "a" ${accept} typedefs-in-schema because x`,
      [finding(1), { id: "unused-acceptance", line: 1, reason: undefined }],
    ],
    [
      "without a reason",
      `local a = require "a" ${accept} require-in-schema`,
      [finding(1), { id: "malformed-acceptance", line: 1, reason: undefined }],
    ],
    [
      "for a rule that there is not",
      `local a = require "a" ${accept} requires because x`,
      [finding(1), { id: "malformed-acceptance", line: 1, reason: undefined }],
    ],
    [
      "where it stands in a text",
      `local s = [[\n${accept} require-in-schema because x]] local a = require "a"`,
      [finding(2)],
    ],
  ])("does not hold %s", (_, before, expected) => {
    expect(lint(`${before}\n`)).toEqual(expected);
  });

  it("is no mistake where its rule does not hold at all", () => {
    const before = `${accept} require-in-schema because x\nlocal a = require "a"\n`;
    expect(lint(before, { hosting: "self-managed-hybrid" })).toEqual([]);
  });
});

describe("an acceptance of the command", () => {
  const two = `local a = require "a"\nlocal b = require "b"\n`;
  const one = (acceptance: Partial<LintAcceptance>): LintAcceptance => ({
    rule: "require-in-schema",
    reason: "r",
    ...acceptance,
  });

  it.each([
    ["everywhere without a path", {}, undefined],
    ["in a file of the plugin", { path: "schema.lua" }, "kong/plugins/x"],
    ["in a file as it is shown", { path: "kong/plugins/x/schema.lua" }, "kong/plugins/x"],
  ])("holds %s", (_, acceptance, folder) => {
    const found = lint(two, { accept: [one(acceptance)], ...(folder === undefined ? {} : { folder }) });
    expect(found).toEqual([finding(1, "r"), finding(2, "r")]);
  });

  it.each([{ path: "handler.lua" }, { path: "ma.lua" }, { rule: "schema-refused" }])(
    "that fits nothing is reported: %o",
    (acceptance) => {
      const found = lintPlugin({
        files: { "schema.lua": schemaOf("{ a = { type = 'string' } }", { before: two }) },
        accept: [one(acceptance)],
      });
      expect(found.map(({ id }) => id)).toEqual(["require-in-schema", "require-in-schema", "unused-acceptance"]);
    },
  );

  it("holds for all plugins of a run, and is unused only where none needs it", () => {
    const files = { "schema.lua": schemaOf("{ a = { type = 'string' } }", { before: `local a = require "a"\n` }) };
    const clean = { "schema.lua": schemaOf("{ a = { type = 'string' } }") };
    const report = lintPlugins([{ files: clean }, { files }], { accept: [one({}), one({ rule: "handler-version" })] });
    expect(report.plugins.map(({ findings }) => findings.map(brief))).toEqual([[], [finding(1, "r")]]);
    expect(report.findings.map(({ message }) => message)).toEqual([
      "handler-version is accepted, and there is no such finding",
    ]);
    expect(report.left).toEqual({ error: 0, warning: 1, note: 0 });
  });
});

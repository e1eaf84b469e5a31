import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createReport, planMigration, readSchema, render } from "../../src/index.js";
import { brief } from "../../src/render/brief.js";
import { wrap } from "../../src/render/layout.js";

const define = 'kong.db.schema.define({["default"]="Strict",["one_of"]={[1]="Strict",[2]="Lax"},["type"]="string"})';

describe("long arguments", () => {
  it.each([
    ["a module.call({1, 2}) as it is", "a module.call({1, 2}) as it is"],
    [
      `x (defined by ${define}) was added`,
      `x (defined by kong.db.schema.define({["default"]="Strict",["…"]="string"})) was added`,
    ],
    [
      `f(${"a".repeat(50)}).g(${"b".repeat(50)})`,
      `f(${"a".repeat(24)}…${"a".repeat(12)}).g(${"b".repeat(24)}…${"b".repeat(12)})`,
    ],
    [`words (${"in brackets ".repeat(9)})`, `words (${"in brackets ".repeat(9)})`],
    [`f(${"(".repeat(60)}`, `f(${"(".repeat(60)}`],
  ])("are shown by their ends: %s", (text, shown) => {
    expect(brief(text)).toBe(shown);
  });

  it("make no text longer, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("f", "(", ")", " ", "x".repeat(30)), maxLength: 60 }), (text) => {
        expect(brief(text).length).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it("stay whole in JSON", () => {
    const source = (lax: string) =>
      `local define = require("kong.db.schema").define
       return { name = "p", fields = { { config = { type = "record", fields = {
         { site = define { type = "string", default = "Strict", one_of = { "Strict", "None", "${lax}" } } } } } } } }`;
    const report = createReport(planMigration(readSchema(source("Lax")), readSchema(source("lax"))));
    const opaque = `kong.db.schema.define({["default"]="Strict",["one_of"]={[1]="Strict",[2]="None",[3]="lax"},["type"]="string"})`;
    expect(JSON.stringify(JSON.parse(render(report, "json")))).toContain(JSON.stringify(opaque).slice(1, -1));
    for (const format of ["text", "markdown", "github"] as const) {
      expect(render(report, format)).not.toContain('[2]="None"');
    }
  });
});

describe("edits that are alike", () => {
  const schema = (words: string, type: string) =>
    readSchema(`return { name = "p", fields = { { config = { type = "record", fields = {
      ${["a", "b", "c", "d"].map((name) => `{ ${name} = { type = "string", description = "${words} ${name}" } }`).join(", ")},
      { n = { type = "${type}" } } } } } } }`);
  const report = createReport(
    planMigration(schema("The description of", "string"), schema("A description of", "number")),
  );

  it("are one row and one annotation", () => {
    expect(render(report, "text")).toContain("5 changes: 1 CP/DP sync, 4 Short\n");
    expect(render(report, "text")).toMatch(/^Short {7}the description of 4 parameters was edited +no row +Short$/m);
    expect(render(report, "text")).toContain("description-changed: config.a, config.b, config.c, config.d");
    expect(render(report, "markdown")).toContain(
      "| Short | the description of 4 parameters was edited | no row | Short |",
    );
    expect(render(report, "github").match(/^::.*description.*$/gm)).toEqual([
      expect.stringContaining(
        "title=Short%3A 4 parameters::the description of 4 parameters was edited: config.a, config.b,",
      ),
    ]);
  });

  it("are counted one by one, and all in JSON", () => {
    expect(report.changes).toHaveLength(5);
    expect(render(report, "markdown")).toContain("### 5 changes: 1 CP/DP sync, 4 Short\n");
  });
});

describe("a line", () => {
  it("is broken inside a word only where the word is longer", () => {
    expect(wrap("a bb config.http_response_header_for_traceid c", 20)).toEqual([
      "a bb",
      "config.http_response",
      "_header_for_traceid",
      "c",
    ]);
    expect(wrap("/some/where/else.lua:10", 15)).toEqual(["/some/where/", "else.lua:10"]);
  });
});

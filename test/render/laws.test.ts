import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { combineReports } from "../../src/render/several.js";
import { groupInstances } from "../../src/render/arrange-instances.js";
import { render, renderRollout } from "../../src/render/render.js";
import { arbitraryReport } from "./arbitrary-report.js";

const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const one = arbitraryReport;
const oneOrSeveral = fc.oneof(
  one,
  fc.array(one, { maxLength: 3 }).map((plugins) =>
    combineReports(plugins, {
      unchanged: ["`a|b`", "\u001b[2J"],
      accept: [{ plugin: "<b>", kind: "@me", path: "a|b", reason: "" }],
    }),
  ),
);
const lines = (rendered: string) => rendered.split("\n");

const schema = JSON.parse(readFileSync("schemas/report-v1.schema.json", "utf8")) as object;
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);

describe("rendering, whatever the report holds,", () => {
  it.each(["text", "markdown", "json", "github"] as const)(
    "never throws and leaves nothing that steers a terminal: %s",
    (format) => {
      fc.assert(
        fc.property(oneOrSeveral, (report) => {
          const rendered = render(report, format) + ("plugins" in report ? "" : renderRollout(report, format));
          expect(lines(rendered).filter((line) => unsafe.test(line.replaceAll("\t", " ")))).toEqual([]);
          if (format !== "github") expect(rendered.endsWith("\n")).toBe(true);
        }),
      );
    },
  );

  it("gives the same text with and without colours", () => {
    const marked = (text: string) => `⟦${text}⟧`;
    const palette = { bold: marked, dim: marked, red: marked, yellow: marked, green: marked, cyan: marked };
    const unmarked = (text: string) => text.replaceAll(/[⟦⟧]/g, "").replaceAll(/ +$/gm, "");
    fc.assert(
      fc.property(one, (report) => {
        expect(unmarked(render(report, "text", { palette }))).toBe(unmarked(render(report, "text")));
      }),
    );
  });

  it("gives JSON that is the report again and satisfies the published schema", () => {
    fc.assert(
      fc.property(oneOrSeveral, (report) => {
        const parsed: unknown = JSON.parse(render(report, "json"));
        validate(parsed);
        expect(validate.errors).toBe(null);
        expect(JSON.stringify(parsed)).toBe(JSON.stringify(report));
      }),
    );
  });

  it("gives one workflow command per change, finding and group of instances, and nothing that GitHub would take for another", () => {
    fc.assert(
      fc.property(one, (report) => {
        const commands = lines(render(report, "github"));
        expect(commands.pop()).toBe("");
        const { instanceReport } = report;
        const groups = instanceReport === undefined ? [] : groupInstances(instanceReport);
        const affected = groups.filter(({ verdict }) => verdict !== "untouched").length;
        const ofInstances = instanceReport === undefined ? 0 : 1 + affected;
        expect(commands).toHaveLength(1 + report.changes.length + report.findings.length + ofInstances);
        for (const command of commands) {
          expect(command).toMatch(/^::(error|warning|notice) ((file=[^:,]*,)line=\d+,col=\d+,)?title=[^:,]*::/);
        }
      }),
    );
  });

  it("gives Markdown without HTML, mentions, references and links of the author", () => {
    fc.assert(
      fc.property(one, (report) => {
        // What stands in code is inert; the test reports have no line that begins with four backticks.
        const prose = render(report, "markdown")
          .replaceAll(/(`{3,})\w*\n[^]*?\n\1\n/g, "")
          .replaceAll(/(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)/g, "");
        const ours = /<\/?(details|summary|strong)>|<!-- -->/g;
        expect(prose.replaceAll(ours, "")).not.toMatch(/<|(?<!\\)[[\]]|(?<!\\)`/);
        expect(prose).not.toMatch(/[@#]\w/);
      }),
    );
  });
});

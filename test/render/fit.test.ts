import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { updatePathNames } from "../../src/kong/update-paths.js";
import { combineReports } from "../../src/render/several.js";
import { createReport, planMigration, readSchema, render, type Report } from "../../src/index.js";
import { mostInMarkdown } from "../../src/render/fit.js";
import { renderRollout } from "../../src/render/render.js";
import { arbitraryReport } from "./arbitrary-report.js";

/** What the tests below look at is outside of blocks of code. */
const withoutCode = (markdown: string) => markdown.replaceAll(/^(`{3,})\w*\n[^]*?^\1$/gm, "");

/** The tables, each as the numbers of cells that its rows have. */
function tables(markdown: string): number[][] {
  return withoutCode(markdown)
    .trimEnd()
    .split(/\n\n/)
    .filter((block) => block.startsWith("|"))
    .map((block) => block.split("\n").map((line) => line.split(/(?<!\\)\|/).length));
}

function expectWhole(markdown: string): void {
  expect(markdown.length).toBeLessThanOrEqual(mostInMarkdown);
  expect(markdown).not.toMatch(/\p{Cs}/u);
  const rest = withoutCode(markdown);
  expect(rest).not.toMatch(/^`{3}/m);
  expect(rest.split("<details>").length).toBe(rest.split("</details>").length);
  for (const cells of tables(markdown)) expect(new Set(cells).size).toBe(1);
}

/** What is longest in Markdown, of what an author can write. */
const stretched = fc
  .record({
    piece: fc.constantFrom("@a", "<", "&", "\ud800", "\u{e0001}", "a5c3785", "`", "|", "x", "GH-1 ", "\n", "f("),
    times: fc.constantFrom(1, 50, 1000),
  })
  .map(({ piece, times }) => piece.repeat(times));
const times = fc.constantFrom(0, 1, 7, 120);

/** The same report with long texts and many of everything. */
const swollen: fc.Arbitrary<Report> = fc
  .record({ report: arbitraryReport, text: stretched, number: times })
  .map(({ report, text, number }) => {
    const many = <T>(things: readonly T[]): T[] =>
      things.flatMap((thing) => Array.from<T>({ length: Math.ceil(number / things.length) }).fill(thing));
    const { instanceReport } = report;
    return {
      ...report,
      plugin: { old: text, new: text },
      reason: report.reason + text,
      version: { ...report.version, reason: text },
      changes: many(report.changes).map((change, index) => ({
        ...change,
        description: `${text}${index}`,
        accepted: { reason: text },
      })),
      findings: many(report.findings).map((finding) => ({ ...finding, message: text })),
      steps: many(report.steps).map((step) => ({ ...step, title: text })),
      instances: report.instances === null ? null : many(report.instances).map((one) => ({ ...one, file: text })),
      ...(instanceReport === undefined
        ? {}
        : {
            instanceReport: {
              ...instanceReport,
              sentence: text,
              instances: many(instanceReport.instances).map((one, index) => ({
                ...one,
                touches: [String(index)],
                sentence: text,
                address: text,
              })),
              rollout:
                instanceReport.rollout === null
                  ? null
                  : {
                      ...instanceReport.rollout,
                      notModelled: many([text]),
                      steps: many(instanceReport.rollout.steps).map((step) => ({
                        ...step,
                        groups: step.groups.map((group) => ({
                          ...group,
                          ifPushed: { verdict: "refused" as const, log: text, instances: [] },
                        })),
                      })),
                    },
            },
          }),
    };
  });

const few = { numRuns: 20 };

describe("Markdown", () => {
  it("has room in a comment whatever the report holds, and is whole", () => {
    fc.assert(
      fc.property(swollen, (report) => {
        const markdown = render(report, "markdown");
        expectWhole(markdown);
        expect(markdown).toContain(`**Update path: ${updatePathNames[report.path]}.**`);
        expectWhole(renderRollout(report, "markdown"));
      }),
      few,
    );
  });

  it("of several plugins has room too, with the strictest path and the strictest plugin", () => {
    const many = fc
      .array(arbitraryReport, { minLength: 1, maxLength: 3 })
      .map((reports) => reports.flatMap((report) => Array.from<Report>({ length: 200 }).fill(report)));
    const several = fc.oneof(fc.array(swollen, { minLength: 1, maxLength: 3 }), many);
    fc.assert(
      fc.property(several, (reports) => {
        const all = combineReports(reports, { unchanged: reports.map(({ plugin }) => plugin.old ?? "") });
        const markdown = render(all, "markdown");
        expectWhole(markdown);
        expect(markdown.startsWith(`**Strictest update path of `)).toBe(true);
        expect(markdown.split("\n")[0]).toContain(updatePathNames[all.path]);
        expect(markdown).toContain(`**Update path: ${updatePathNames[all.path]}.**`);
        expectWhole(renderRollout(all, "markdown"));
      }),
      { numRuns: 5 },
    );
  });
});

const schema = (parameters: readonly string[], name = "p") =>
  readSchema(
    `return { name = "${name}", fields = { { config = { type = "record", fields = { ${parameters.join(", ")} } } } } }`,
  );
const removed = (number: number, name = "p") =>
  createReport(
    planMigration(
      schema(
        Array.from({ length: number }, (_, at) => `{ parameter_${at} = { type = "string", required = ${at < 3} } }`),
        name,
      ),
      schema([], name),
      { trust: "table" },
    ),
  );

const saysLeftOut = (markdown: string) => markdown.match(/^\*(Shortened|Left out: ).*\*$/gm);

describe("a report that is longer than a comment", () => {
  const shortened =
    "*Shortened to what GitHub takes in a comment, 65,536 characters; `--format text` prints everything.*";

  it.each([
    [20, null],
    [300, [shortened, "*Left out: what each step asks for, and its commands.*"]],
    [
      700,
      [
        shortened,
        "*Left out: why the milder changes have their path; the comparison of two ways; what each step asks for, and its commands.*",
      ],
    ],
    [
      1500,
      [
        shortened,
        "*Left out: 1100 more rows.*",
        "*Left out: why the changes have their path; the comparison of two ways; the version; the 6 steps.*",
      ],
    ],
  ])("says what is left out: %i parameters", (number, left) => {
    expect(saysLeftOut(render(removed(number), "markdown"))).toEqual(left);
  });
});

describe("reports of several plugins that are longer than a comment", () => {
  const mild = Array.from({ length: 6 }, (_, at) =>
    createReport(
      planMigration(schema([], `mild-${at}`), schema([`{ added = { type = "string" } }`], `mild-${at}`), {
        trust: "table",
      }),
    ),
  );
  const markdown = render(combineReports([...mild, removed(20, "strict")]), "markdown");

  it("have the strictest first, and say so", () => {
    expect(markdown.split("\n").slice(0, 7)).toEqual([
      "**Strictest update path of 7 plugins: CP/DP sync required.**",
      "",
      "*Shortened to what GitHub takes in a comment, 65,536 characters: the strictest plugins come first and in most detail. `--format text` prints everything, a run for one plugin alone more of it.*",
      "",
      "| Plugin | Changes | Path |",
      "| --- | --- | --- |",
      "| strict: new schema | 20 | CP/DP sync |",
    ]);
    expect(markdown.match(/^## .*/gm)?.[0]).toBe("## strict: new schema");
    expect(markdown.match(/^## .*/gm)).toHaveLength(7);
  });

  it("keep the commands of the strictest", () => {
    const [, first = "", ...others] = markdown.split("\n## ");
    expect(first).toContain("```bash");
    expect(saysLeftOut(first)).toBe(null);
    expect(saysLeftOut(others.at(-1) ?? "")).toEqual(["*Left out: the commands of the steps.*"]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { strictestPath, type UpdatePath, updatePathNames } from "../../src/kong/update-paths.js";
import { combineReports } from "../../src/render/several.js";
import { createReport, planMigration, readSchema, render, type Report } from "../../src/index.js";
import { mostInMarkdown } from "../../src/render/fit.js";
import { renderRollout } from "../../src/render/render.js";
import type { ReportedChange } from "../../src/report.js";
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

function withoutAcceptance(change: ReportedChange): ReportedChange {
  const { accepted, ...rest } = change;
  return accepted === undefined ? change : rest;
}

/** The same report with long texts and many of everything; the last changes are those that nobody accepted. */
const swollen: fc.Arbitrary<Report> = fc
  .record({ report: arbitraryReport, text: stretched, number: times, unaccepted: times })
  .map(({ report, text, number, unaccepted }) => {
    const many = <T>(things: readonly T[]): T[] =>
      things.flatMap((thing) => Array.from<T>({ length: Math.ceil(number / things.length) }).fill(thing));
    const { instanceReport } = report;
    return {
      ...report,
      plugin: { old: text, new: text },
      reason: report.reason + text,
      version: { ...report.version, reason: text },
      changes: many(report.changes.map(withoutAcceptance)).map((change, index, { length }) => ({
        ...change,
        description: `change ${index} ${text}`,
        ...(index < length - unaccepted ? { accepted: { reason: text } } : {}),
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

/** Those of the strictest path: of changes nobody accepted, of plugins without what was accepted. */
function strictest<T>(things: readonly T[], pathOf: (thing: T) => UpdatePath | undefined): T[] {
  const path = strictestPath(things.flatMap((thing) => pathOf(thing) ?? []));
  return things.filter((thing) => pathOf(thing) === path);
}

/** What asks for most of what nobody accepted is shown, whatever else is cut, and what it asks for. */
function expectWhatGates({ path, unacceptedPath, changes }: Report, markdown: string): void {
  const gating = strictest(changes, ({ accepted, updatePath }) => (accepted === undefined ? updatePath : undefined));
  const rows = [...markdown.matchAll(/^\|[^|]*\| change (\d+)/gm)].map(([, index]) => changes[Number(index)]);
  if (gating.length > 0) expect(rows.filter((change) => change && gating.includes(change))).not.toEqual([]);
  expectUnacceptedPath({ path, unacceptedPath }, markdown);
}

function expectUnacceptedPath(report: Pick<Report, "path" | "unacceptedPath">, markdown: string): void {
  if (report.path === report.unacceptedPath || !markdown.includes("\n*Shortened to ")) return;
  expect(markdown).toContain(`\n*Without what was accepted:* ${updatePathNames[report.unacceptedPath]}.\n`);
}

const few = { numRuns: 20 };

describe("Markdown", () => {
  it("has room in a comment whatever the report holds, is whole and shows the strictest change that nobody accepted", () => {
    fc.assert(
      fc.property(swollen, (report) => {
        const markdown = render(report, "markdown");
        expectWhole(markdown);
        expect(markdown).toContain(`**Update path: ${updatePathNames[report.path]}.**`);
        expectWhatGates(report, markdown);
        const rollout = renderRollout(report, "markdown");
        expectWhole(rollout);
        expectUnacceptedPath(report, rollout);
      }),
      few,
    );
  });

  it("of several plugins has room too, with the strictest path and the plugin that is strictest without what was accepted", () => {
    const many = fc
      .array(arbitraryReport, { minLength: 1, maxLength: 3 })
      .map((reports) => reports.flatMap((report) => Array.from<Report>({ length: 200 }).fill(report)));
    const several = fc.oneof(fc.array(swollen, { minLength: 1, maxLength: 3 }), many);
    fc.assert(
      fc.property(several, (some) => {
        const reports = some.map((report, index) => ({ ...report, reason: `plugin ${index} ${report.reason}` }));
        const all = combineReports(reports, { unchanged: reports.map(({ plugin }) => plugin.old ?? "") });
        const markdown = render(all, "markdown");
        expectWhole(markdown);
        expect(markdown.startsWith(`**Strictest update path of `)).toBe(true);
        expect(markdown.split("\n")[0]).toContain(updatePathNames[all.path]);
        const shown = (text: string) =>
          [...text.matchAll(/^\*\*Update path: .*?\.\*\* plugin (\d+)/gm)].map(([, index]) => reports[Number(index)]);
        const gating = strictest(reports, ({ unacceptedPath }) => unacceptedPath);
        const rollout = renderRollout(all, "markdown");
        expectWhole(rollout);
        for (const text of [markdown, rollout]) {
          expect(shown(text).filter((report) => report && gating.includes(report))).not.toEqual([]);
          expectUnacceptedPath(all, text);
        }
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

const mild = Array.from({ length: 6 }, (_, at) =>
  createReport(
    planMigration(schema([], `mild-${at}`), schema([`{ added = { type = "string" } }`], `mild-${at}`), {
      trust: "table",
    }),
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

describe("what was accepted, where not all has room", () => {
  const fields = (number: number, type: string) =>
    Array.from({ length: number }, (_, at) => `{ accepted_${at} = { type = "${type}" } }`);
  const accepting = (number: number, others = [`{ gating = { type = "string" } }`], name = "p") =>
    createReport(
      planMigration(schema([...fields(number, "string"), ...others], name), schema(fields(number, "integer"), name), {
        trust: "table",
        accept: Array.from({ length: number }, (_, at) => ({
          kind: "type-changed",
          path: `config.accepted_${at}`,
          reason: "read nowhere",
        })),
      }),
    );
  const rows = (markdown: string) => markdown.match(/^\| (CP\/DP sync|Long) \|/gm);

  it("comes after what was not", () => {
    const markdown = render(accepting(800), "markdown");
    expect(markdown.split("\n\n")[2]).toBe("*Without what was accepted:* Long.");
    expect(rows(markdown)?.slice(0, 2)).toEqual(["| Long |", "| CP/DP sync |"]);
  });

  it("does not have its reasons in the place of others", () => {
    const markdown = render(accepting(450), "markdown");
    expect(markdown.match(/### Why\n\n(.*)/)?.[1]).toMatch(/^- \*\*Long\*\* field-removed, `config\.gating/);
    expect(rows(markdown)?.at(-1)).toBe("| Long |");
    expect(saysLeftOut(markdown)?.slice(1)).toEqual([
      "*Left out: why the milder or accepted changes have their path; the comparison of two ways; what each step asks for, and its commands.*",
    ]);
  });

  it("does not bring its plugin before others", () => {
    const markdown = render(combineReports([accepting(800, [], "accepted"), ...mild]), "markdown");
    expect(markdown.split("\n\n").slice(0, 4).toSpliced(1, 1)).toEqual([
      "**Strictest update path of 7 plugins: CP/DP sync required.**",
      "*Without what was accepted:* Short.",
      [
        "| Plugin | Changes | Path |",
        "| --- | --- | --- |",
        ...mild.map(({ plugin }) => `| ${plugin.new}: new schema | 1 | Short |`),
        "| accepted: new schema | 800 | CP/DP sync (without what was accepted: none) |",
      ].join("\n"),
    ]);
    expect(markdown.match(/^## .*/gm)?.at(-1)).toBe("## accepted: new schema");
  });

  it("is in its order where all has room", () => {
    const markdown = render(accepting(3), "markdown");
    expect(markdown).not.toContain("Without what was accepted");
    expect(rows(markdown)).toEqual(["| CP/DP sync |", "| CP/DP sync |", "| CP/DP sync |", "| Long |"]);
  });
});

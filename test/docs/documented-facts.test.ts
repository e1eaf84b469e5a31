import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { DocumentedFact } from "../../src/kong/fact.js";
import { updatePathTable } from "../../src/kong/update-paths.js";
import { lintRules } from "../../src/lint/registry.js";
import type { MigrationStep } from "../../src/plan/plan.js";
import { allPlans } from "../plan/all-plans.js";
import { factsByPage } from "./facts.js";

const page = readFileSync("docs/documented-facts.md", "utf8");
const rows = [...page.matchAll(/^\| `([a-z0-9-]+)` \| (.*) \| (.*) \|$/gm)].map(([, id = "", fact = "", by = ""]) => ({
  id,
  fact,
  by: by.split("; "),
}));
const facts: readonly DocumentedFact[] = Object.values(factsByPage).flat();

const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const code = sources.map((file) => readFileSync(`src/${file}`, "utf8")).join("\n");
const errors = readFileSync("docs/errors.md", "utf8");
const reportSchema = readFileSync("schemas/report-v1.schema.json", "utf8");
const plans = new Map(allPlans().map(({ name, plan }) => [name, plan]));

/** The kinds of things that a row can point at, and whether there is such a thing. */
const kinds: readonly (readonly [RegExp, (...names: readonly (string | undefined)[]) => boolean])[] = [
  [/^rule `([\w-]+)`$/, (id) => lintRules.some((rule) => rule.id === id)],
  [/^step `([\w-]+)` of `([\w-]+)`(?:, which [\w ]+)?$/, (id, plan) => stepOf(plan, id) !== undefined],
  [/^precondition of step `([\w-]+)` of `([\w-]+)`$/, (id, plan) => (stepOf(plan, id)?.preconditions.length ?? 0) > 0],
  [/^check of step `([\w-]+)` of `([\w-]+)`$/, (id, plan) => (stepOf(plan, id)?.check.commands.length ?? 0) > 0],
  [/^finding `([\w.-]+)`$/, (id) => code.includes(`id: "${id ?? ""}"`)],
  [/^error `([\w-]+)`$/, (id) => errors.includes(`| \`${id ?? ""}\` |`) && code.includes(`"${id ?? ""}"`)],
  [/^cell `([\w-]+)` `([\w-]+)`$/, (row, column) => cellOf(row, column) !== undefined],
  [/^report `([\w-]+)`$/, (key) => reportSchema.includes(`"${key ?? ""}": {`)],
  [/^command `([\w-]+)`$/, (name) => code.includes(`.command("${name ?? ""}")`)],
];

function stepOf(plan = "", id = ""): MigrationStep | undefined {
  return plans.get(plan)?.steps.find((step) => step.id === id);
}

function cellOf(row = "", column = ""): string | undefined {
  const cells: object = Object.entries(updatePathTable).find(([name]) => name === row)?.[1] ?? {};
  return Object.keys(cells).find((name) => name === column);
}

function exists(reference: string): boolean {
  return kinds.some(([pattern, isThere]) => {
    const match = pattern.exec(reference);
    return match !== null && isThere(...match.slice(1));
  });
}

describe("the table of documented facts", () => {
  it("has a row for every fact, in the words of src/kong, with its source", () => {
    const written = facts.map(({ id, fact, source, basis }) => ({
      id,
      fact: `${fact} [source](${source})${basis === undefined ? "" : `, *${basis}*`}`,
    }));
    expect(rows.map(({ id, fact }) => ({ id, fact }))).toEqual(written);
  });

  it("points at something that exists, in every row", () => {
    const dangling = rows.flatMap(({ id, by }) => by.filter((reference) => !exists(reference)).map((one) => [id, one]));
    expect(dangling).toEqual([]);
  });

  it("names every rule that watches over a documented fact", () => {
    const named = (fact: string, rule: string) =>
      rows.some(({ id, by }) => id === fact && by.includes(`rule \`${rule}\``));
    const missing = lintRules.flatMap(({ id, facts: watched }) =>
      watched.filter((fact) => !named(fact, id)).map((fact) => [fact, id]),
    );
    expect(missing).toEqual([]);
  });

  it("takes no plan, rule or step for covered that is not there", () => {
    for (const reference of [
      "rule `no-such`",
      "step `verify` of `no-such`",
      "step `no-such` of `installed-konnect`",
      "error `x`",
      "nothing",
    ]) {
      expect(exists(reference)).toBe(false);
    }
  });
});

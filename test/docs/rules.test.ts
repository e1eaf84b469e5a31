import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { rulePage, rulesPage } from "../../src/lint/page.js";
import { describedRules } from "../../src/lint/registry.js";

it.each(describedRules.map((rule) => ({ id: rule.id, rule })))(
  "docs/rules/$id.md is the rule's page",
  async ({ id, rule }) => {
    await expect(rulePage(rule)).toMatchFileSnapshot(resolve(`docs/rules/${id}.md`));
  },
);

it("docs/rules/README.md lists all rules", async () => {
  await expect(rulesPage()).toMatchFileSnapshot(resolve("docs/rules/README.md"));
});

it("docs/rules holds no page of a rule that is gone", () => {
  const pages = readdirSync("docs/rules").map((file) => file.replace(/\.md$/, ""));
  expect(pages.sort()).toEqual([...describedRules.map(({ id }) => id), "README"].sort());
});

import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { changeKindList } from "../../src/changes/registry.js";
import { kindPage, kindsPage } from "../../src/classify/kind-page.js";

it.each(changeKindList.map((kind) => ({ id: kind.id, kind })))(
  "docs/changes/$id.md is the kind's page",
  async ({ id, kind }) => {
    await expect(kindPage(kind)).toMatchFileSnapshot(resolve(`docs/changes/${id}.md`));
  },
);

it("docs/changes/README.md lists all kinds", async () => {
  await expect(kindsPage()).toMatchFileSnapshot(resolve("docs/changes/README.md"));
});

it("docs/changes holds no page of a kind that is gone", () => {
  const pages = readdirSync("docs/changes").map((file) => file.replace(/\.md$/, ""));
  expect(pages.sort()).toEqual([...changeKindList.map(({ id }) => id), "README"].sort());
});

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findKind } from "../../src/classify/kind-page.js";
import { readClones } from "../../src/cli/clones.js";
import { lintPlugin, type LintOptions } from "../../src/lint/lint-plugin.js";
import { notChecked } from "../../src/lint/not-checked.js";
import { describedRules, lintRules } from "../../src/lint/registry.js";
import type { RuleDescription } from "../../src/lint/rule.js";
import { lintedFacts } from "../../src/lint/sources.js";
import { markedPlaces, readFolder } from "./plugins.js";

/** Where a rule holds, in the first place. */
function baseOf(rule: RuleDescription, pluginName: string): LintOptions {
  const [where] = rule.appliesTo;
  const hosting = where?.hostings?.[0];
  return {
    files: {},
    pluginName,
    ...(where === undefined ? {} : { distribution: where.distribution }),
    ...(hosting === undefined ? {} : { hosting }),
  };
}

describe("the broken plugins", () => {
  /** What a defect needs beside the files. */
  const given: Readonly<Record<string, Partial<LintOptions>>> = {
    "bundled-name": { pluginName: "rate-limiting" },
    "streamed-name": { pluginName: "Streamed_Name" },
    "taken-name": { knownPluginNames: ["other", "taken-name"] },
    hosting: { hosting: "serverless" },
    "definition-release": { gatewayVersion: "3.14.0.1" },
  };
  /** A file that is large, which is all that is wrong with it. */
  const large = {
    "handler.lua": `-- defect\nreturn { PRIORITY = 1, VERSION = "1.0.0", words = {\n${'  "a word of many",\n'.repeat(6000)}} }\n`,
  };

  it.each(describedRules.map((rule) => ({ id: rule.id, rule })))(
    "$id is found where it is, and nothing else",
    ({ id, rule }) => {
      const folder = `test/lint/broken/${id}`;
      const files: Record<string, string> = { ...readFolder(folder), ...(id === "streamed-file-size" ? large : {}) };
      const clones = files["clones.json"] === undefined ? undefined : readClones(files["clones.json"], "clones.json");
      const found = lintPlugin({
        ...baseOf(rule, id),
        ...given[id],
        ...(clones === undefined ? { files } : { clones }),
      });
      const places = found.map(({ position }) => position && { file: position.file, line: position.line });
      const isAboutAll = ["hosting", "definition-release"].includes(id);
      const isAboutAbsence = id === "schema-in-lua";
      const expected = isAboutAll
        ? [undefined]
        : isAboutAbsence
          ? [{ file: "schema.lua", line: 1 }]
          : clones === undefined
            ? markedPlaces(files)
            : [{ file: "clones.json", line: 1 }];
      expect({ ids: new Set(found.map((finding) => finding.id)), places }).toEqual({
        ids: new Set([id]),
        places: expected,
      });
      for (const { severity, message, remedy } of found) {
        expect(severity).toBe(rule.severity);
        // A sentence for operators: what is wrong, then what to do.
        expect(message).toMatch(/^\S.*[^.]$/s);
        expect(remedy).toMatch(/^[A-Z`].*\.$/s);
      }
    },
  );
});

describe("the clean plugins", () => {
  const names = readdirSync("test/lint/clean");
  it.each(names)("%s has no finding where it is installed on nodes of Konnect", (name) => {
    expect(lintPlugin({ files: readFolder(`test/lint/clean/${name}`), pluginName: name })).toEqual([]);
  });

  it.each(names)("%s has none where it is installed on nodes of a control plane of one's own", (name) => {
    const files = readFolder(`test/lint/clean/${name}`);
    expect(lintPlugin({ files, pluginName: name, hosting: "self-managed-hybrid" })).toEqual([]);
  });

  it.each(["response-tag", "old-school", "sign-body"])("%s has none where it is streamed", (name) => {
    expect(
      lintPlugin({ files: readFolder(`test/lint/clean/${name}`), pluginName: name, distribution: "streamed" }),
    ).toEqual([]);
  });

  it("has five members", () => {
    expect(names).toHaveLength(5);
  });
});

describe("the rules", () => {
  it.each(describedRules.map((rule) => ({ id: rule.id, rule })))(
    "$id has an example of the defect, and one without it",
    ({ id, rule }) => {
      const lint = (example: Partial<LintOptions>) =>
        lintPlugin({ ...baseOf(rule, "example"), ...example }).map((finding) => finding.id);
      expect(lint(rule.example.bad)).toContain(id);
      expect(lint(rule.example.good)).not.toContain(id);
    },
  );

  it("have a file, a broken plugin and a page each", () => {
    const ids = describedRules.map(({ id }) => id).sort();
    const files = readdirSync("src/lint/rules").map((file) => file.replace(/\.ts$/, ""));
    expect(files.sort()).toEqual(lintRules.map(({ id }) => id).sort());
    expect(readdirSync("test/lint/broken").sort()).toEqual(ids);
    expect(readdirSync("docs/rules").filter((file) => file !== "README.md")).toEqual(ids.map((id) => `${id}.md`));
  });

  it("say what Kong says, whose address they give", () => {
    for (const { id, summary, why, remedy, source, facts } of lintRules) {
      for (const sentence of [summary, why, remedy]) expect(sentence, id).toMatch(/^(?:[A-Z`]|schema\.lua).*\.$/);
      if (source !== undefined) expect(source, id).toMatch(/^https:\/\//);
      expect(
        facts.filter((fact) => !lintedFacts.some((known) => known.id === fact)),
        id,
      ).toEqual([]);
    }
  });

  it("watch over every documented requirement, or it is written why not", () => {
    const watched = lintRules.flatMap(({ facts }) => facts);
    const unwatched = lintedFacts.map(({ id }): string => id).filter((id) => !watched.includes(id));
    expect(unwatched.sort()).toEqual(Object.keys(notChecked).sort());
  });

  it("name a requirement with an inferred source as a warning at most", () => {
    const inferred = lintedFacts.flatMap((fact) => ("basis" in fact && fact.basis === "inferred" ? [fact.id] : []));
    const errors = lintRules.filter(
      ({ facts, severity }) => severity === "error" && facts.some((fact) => inferred.some((id) => id === fact)),
    );
    expect(errors).toEqual([]);
  });

  it("share no name with a kind of change, so that `explain` knows what is meant", () => {
    expect(describedRules.filter(({ id }) => findKind(id) !== undefined)).toEqual([]);
  });

  it("have the ids of their files", () => {
    for (const { id } of lintRules) {
      expect(readFileSync(`src/lint/rules/${id}.ts`, "utf8")).toContain(`id: "${id}"`);
    }
  });
});
